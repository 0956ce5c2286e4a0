// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.Records;
import io.jlayer.blob.Traffic;
import io.jlayer.credential.Credentials;
import io.jlayer.credential.RememberedCredentials;
import io.jlayer.http.Events;
import io.jlayer.http.Hosts;
import io.jlayer.http.Http;
import io.jlayer.http.Redirects;
import io.jlayer.http.Trust;
import io.jlayer.image.Image;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Reaches registries, for one run: its sources and targets share connections, tokens, and what is known about where blobs
 * are. Nothing is asked before a source or a target is used. Safe for many threads.
 */
public final class RegistryClient implements Closeable {

    /** A mirror is given up sooner: there is somewhere else to go. */
    private static final int MIRROR_ATTEMPTS = 2;

    private final RegistrySettings settings;
    private final Events events;
    private final Traffic traffic = new Traffic();
    private final Pace pace;
    private final Http http;
    private final Endpoints endpoints;
    private final Credentials credentials;
    private final Retries retries;
    private final Origins origins = new Origins();
    private final Map<String, RegistryTarget> firsts = new ConcurrentHashMap<>();
    private final Map<RegistryEndpoint, Authorizer> authorizers = new ConcurrentHashMap<>();

    /** Closing lets go of what little is not let go of by itself. */
    public RegistryClient(RegistrySettings settings, Events events) {
        this(settings, events, Pace.REAL);
    }

    RegistryClient(RegistrySettings settings, Events events, Pace pace) {
        this.settings = settings;
        this.events = events;
        this.pace = pace;
        this.http = new Http(settings.http());
        this.endpoints = new Endpoints(http, settings.http());
        this.credentials = new RememberedCredentials(settings.credentials());
        this.retries = new Retries(pace, events);
    }

    /** Does beside other work what Java needs some tenths of a second for before it first speaks TLS with a registry. */
    public static void prepare(ImageRef ref) {
        if (!Hosts.isLoopback(Hosts.withoutPort(ref.registry()))) {
            Thread thread = new Thread(Trust::prepare, "jlayer-prepare");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * An image in a registry.
     *
     * @param resolutions where it is remembered what a tag named
     * @param warnings hears once which digest would pin a tag
     */
    public RegistrySource source(ImageRef ref, Records resolutions, Consumer<String> warnings) {
        return new RegistrySource(this, ref, resolutions, warnings);
    }

    /**
     * A repository to push to; the reference's own tag, if it has one, comes before {@code tags}.
     *
     * @throws IllegalArgumentException if the reference has a digest, which nobody can choose
     */
    public RegistryTarget target(ImageRef ref, List<String> tags) {
        return new RegistryTarget(this, ref, tags);
    }

    /**
     * A repository that serves a fleet as cache of layers.
     *
     * @param key what only the fleet knows
     * @param warnings hears once why the cache is not used
     */
    public RegistryCache cache(ImageRef ref, String key, Consumer<String> warnings) {
        return new RegistryCache(this, ref, key, warnings);
    }

    /** Fetches the layers of an image that are not in {@code store} yet, side by side, for who is going to read them all. */
    public void fetch(Image image, BlobStore store) throws IOException {
        Map<Digest, Layer> layers = new LinkedHashMap<>();
        for (Layer layer : image.lowestFirst()) {
            Descriptor descriptor = layer.descriptor();
            if (layers.put(descriptor.digest(), layer) == null && !store.contains(descriptor.digest())) {
                traffic.expect(Traffic.Way.PULL, descriptor.size());
            }
        }
        SideBySide.run(List.copyOf(layers.values()), settings.parallelism(), layer -> layer.blob()
                .open()
                .close());
    }

    /** Requests that were sent up to now. */
    public int requests() {
        return http.requests();
    }

    /** How registries are reached. */
    public RegistrySettings settings() {
        return settings;
    }

    /** Whether a target was the first of this run to get something for its registry: others can take that from there. */
    boolean isFirstTo(String registry, RegistryTarget target) {
        return firsts.computeIfAbsent(Hosts.canonical(registry), key -> target) == target;
    }

    Pace pace() {
        return pace;
    }

    Events events() {
        return events;
    }

    /** What layers and other blobs of images are on their way. */
    public Traffic traffic() {
        return traffic;
    }

    Origins origins() {
        return origins;
    }

    Retries retries() {
        return retries;
    }

    /** Bytes of bodies that were sent up to now. */
    long sent() {
        return http.sent();
    }

    PullRoute route(ImageRef ref) {
        List<Retries.Action<Repository>> stops = new ArrayList<>();
        for (String mirror : settings.mirrors().getOrDefault(Hosts.canonical(ref.registry()), List.of())) {
            stops.add(() -> mirror(mirror, ref.repository()));
        }
        Access access = Access.pull(ref.repository());
        int attempts = settings.http().patience().attempts();
        stops.add(() -> repository(endpoints.of(ref.registry()), ref.repository(), access, attempts));
        return new PullRoute(ref.registry() + "/" + ref.repository(), stops, retries, attempts, events, traffic);
    }

    /** A cache is neither looked for in mirrors nor waited for. */
    PullRoute cacheRoute(ImageRef ref) {
        Access access = Access.pull(ref.repository());
        int attempts = Math.min(MIRROR_ATTEMPTS, settings.http().patience().attempts());
        Retries.Action<Repository> origin =
                () -> repository(endpoints.of(ref.registry()), ref.repository(), access, attempts);
        return new PullRoute(
                ref.registry() + "/" + ref.repository(), List.of(origin), retries, attempts, events, traffic);
    }

    private Repository mirror(String text, String repository) throws IOException {
        String bare = text.replaceFirst("^https?://", "").replaceFirst("/+$", "");
        int slash = bare.indexOf('/');
        String host = slash < 0 ? bare : bare.substring(0, slash);
        String name = (slash < 0 ? "" : bare.substring(slash + 1) + "/") + repository;
        RegistryEndpoint endpoint = text.contains("://")
                ? new RegistryEndpoint(host, URI.create(text.substring(0, text.indexOf(':')) + "://" + host + "/v2/"))
                : endpoints.of(host);
        int attempts = Math.min(MIRROR_ATTEMPTS, settings.http().patience().attempts());
        return repository(endpoint, name, Access.pull(name), attempts);
    }

    Repository pushTo(ImageRef ref, Iterable<String> mountedFrom) throws IOException {
        return writable(ref, mountedFrom, settings.http().patience().attempts());
    }

    Repository cacheTo(ImageRef ref, Iterable<String> mountedFrom) throws IOException {
        return writable(
                ref,
                mountedFrom,
                Math.min(MIRROR_ATTEMPTS, settings.http().patience().attempts()));
    }

    private Repository writable(ImageRef ref, Iterable<String> mountedFrom, int attempts) throws IOException {
        return repository(
                endpoints.of(ref.registry()), ref.repository(), Access.push(ref.repository(), mountedFrom), attempts);
    }

    private Repository repository(RegistryEndpoint endpoint, String name, Access access, int attempts) {
        Authorizer authorizer = authorizers.computeIfAbsent(
                endpoint, key -> new Authorizer(key, new Redirects(http), credentials, pace.clock()));
        return new Repository(endpoint, name, new Exchange(authorizer, access, retries, attempts, pace.clock()));
    }

    @Override
    public void close() {
        firsts.values().forEach(RegistryTarget::abandon);
        http.close();
    }
}
