// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.blob.Traffic;
import io.jlayer.error.UserError;
import io.jlayer.http.Events;
import io.jlayer.oci.ImageRef;
import io.jlayer.registry.RegistryCache;
import io.jlayer.registry.RegistryClient;
import io.jlayer.registry.RegistrySettings;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The way to registries, made when the first one is needed: most builds need none. For one thread. */
public final class Registries implements Closeable {

    private final Supplier<RegistrySettings> settings;
    private final BooleanSupplier offline;
    private final Events events;
    private final Function<Traffic, Closeable> watcher;
    private RegistryClient client;
    private Closeable watch;

    public Registries(Supplier<RegistrySettings> settings, Events events) {
        this(settings, () -> settings.get().http().offline(), events, traffic -> () -> {});
    }

    /**
     * The way to registries.
     *
     * @param offline whether no other machine may be asked at all, which is known without the settings
     * @param watcher begins to watch what is on its way, as soon as something may be, and ends when it is closed
     */
    public Registries(
            Supplier<RegistrySettings> settings,
            BooleanSupplier offline,
            Events events,
            Function<Traffic, Closeable> watcher) {
        this.offline = offline;
        this.settings = settings;
        this.events = events;
        this.watcher = watcher;
    }

    /** Whether no other machine may be asked. */
    boolean isOffline() {
        return offline.getAsBoolean();
    }

    /**
     * The one client of this run.
     *
     * @throws UserError if the settings are wrong
     */
    RegistryClient client() {
        if (client == null) {
            client = new RegistryClient(settings.get(), events);
            watch = watcher.apply(client.traffic());
        }
        return client;
    }

    /**
     * Where a fleet keeps its layers; nothing if there is no network, or nobody gave the key that seals them.
     *
     * @throws UserError if what is named is no repository
     */
    public Optional<RegistryCache> cache(CacheSettings cache, Consumer<String> warnings) {
        ImageRef place = cache.place();
        if (client().settings().http().offline()) {
            return Optional.empty();
        } else if (cache.key().isEmpty()) {
            warnings.accept("the layer cache " + cache.repository() + " is not used: there is no key; set "
                    + CacheSettings.KEY_VARIABLE + " in the environment");
            return Optional.empty();
        }
        return Optional.of(client().cache(place, cache.key(), warnings));
    }

    @Override
    public void close() throws IOException {
        if (client != null) {
            try {
                client.close();
            } finally {
                watch.close();
            }
        }
    }
}
