// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.registry.Events;
import io.jlayer.registry.RegistryClient;
import io.jlayer.registry.RegistrySettings;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Supplier;

/** The way to registries, made when the first one is needed: most builds need none. For one thread. */
public final class Registries implements Closeable {

    private final Supplier<RegistrySettings> settings;
    private final Events events;
    private RegistryClient client;

    public Registries(Supplier<RegistrySettings> settings, Events events) {
        this.settings = settings;
        this.events = events;
    }

    /**
     * The one client of this run.
     *
     * @throws UserError if the settings are wrong
     */
    RegistryClient client() {
        if (client == null) {
            client = new RegistryClient(settings.get(), events);
        }
        return client;
    }

    @Override
    public void close() throws IOException {
        if (client != null) {
            client.close();
        }
    }
}
