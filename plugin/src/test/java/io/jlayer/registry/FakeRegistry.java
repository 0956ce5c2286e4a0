// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A registry in this process, strict where real ones are: a manifest needs its blobs, an upload session serves once. Faults
 * can be planted, and every request is kept.
 */
public final class FakeRegistry implements AutoCloseable {

    private static final Pattern PATH =
            Pattern.compile("/v2/(?<repo>.+?)/(?<kind>manifests|blobs|blobs/uploads)/(?<what>[^/]*)");

    final List<FakeRequest> requests = new CopyOnWriteArrayList<>();
    final Set<Object> connections = ConcurrentHashMap.newKeySet();
    final FakeAuth auth = new FakeAuth(this);
    volatile boolean ranges = true;
    volatile boolean mounts = true;
    volatile boolean headDigests = true;
    volatile boolean relativeLocations = true;
    volatile boolean headLengths = true;
    volatile int headStatus = 200;
    volatile int putStatus = 201;
    volatile boolean cookies;

    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(String mediaType, byte[] bytes) {}

    private record Planted(Predicate<FakeRequest> when, Fault fault, AtomicInteger left) {}

    private final Map<String, Map<String, byte[]>> blobs = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, Stored>> manifests = new ConcurrentSkipListMap<>();
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<Planted> faults = new CopyOnWriteArrayList<>();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final String scheme;

    static {
        // Else each answer waits for what TCP delays.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    public FakeRegistry() throws IOException {
        this(Optional.empty());
    }

    /** One that talks TLS where {@code tls} is given. */
    FakeRegistry(Optional<SSLContext> tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls.isPresent()) {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
            server = secure;
        } else {
            server = HttpServer.create(address, 0);
        }
        scheme = tls.isPresent() ? "https" : "http";
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    public String host() {
        return "localhost:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return scheme + "://" + host();
    }

    /** Plants a fault for the next {@code times} requests that fit. */
    public void fail(int times, Predicate<FakeRequest> when, Fault fault) {
        faults.add(new Planted(when, fault, new AtomicInteger(times)));
    }

    void clearFaults() {
        faults.clear();
    }

    void putBlob(String repository, byte[] content) {
        blobs(repository).put(Digest.sha256(content).toString(), content);
    }

    /** Under a digest of another kind. */
    void putBlob(String repository, Digest digest, byte[] content) {
        blobs(repository).put(digest.toString(), content);
    }

    void putManifest(String repository, String reference, String mediaType, byte[] content) {
        manifests(repository).put(reference, new Stored(mediaType, content));
        manifests(repository).put(Digest.sha256(content).toString(), new Stored(mediaType, content));
    }

    boolean hasBlob(String repository, Digest digest) {
        return blobs(repository).containsKey(digest.toString());
    }

    void dropBlob(String repository, Digest digest) {
        blobs(repository).remove(digest.toString());
    }

    Optional<byte[]> manifest(String repository, String reference) {
        return Optional.ofNullable(manifests(repository).get(reference)).map(Stored::bytes);
    }

    long count(Predicate<FakeRequest> which) {
        return requests.stream().filter(which).count();
    }

    private Map<String, byte[]> blobs(String repository) {
        return blobs.computeIfAbsent(repository, key -> new ConcurrentHashMap<>());
    }

    private Map<String, Stored> manifests(String repository) {
        return manifests.computeIfAbsent(repository, key -> new ConcurrentHashMap<>());
    }

    private void handle(HttpExchange exchange) throws IOException {
        FakeRequest request = FakeRequest.of(exchange);
        requests.add(request);
        connections.add(exchange.getRemoteAddress());
        try (exchange) {
            FakeAnswer answer = new FakeAnswer(exchange);
            Optional<Fault> fault = planted(request);
            if (fault.isPresent()) {
                fault.get().strike(request, answer, () -> serve(request, answer));
            } else {
                serve(request, answer);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private synchronized Optional<Fault> planted(FakeRequest request) {
        return faults.stream()
                .filter(planted -> planted.left().get() > 0 && planted.when().test(request))
                .findFirst()
                .map(planted -> {
                    planted.left().decrementAndGet();
                    return planted.fault();
                });
    }

    private void serve(FakeRequest request, FakeAnswer answer) throws IOException {
        if (request.path().equals("/token")) {
            auth.giveToken(request, answer);
            return;
        }
        Matcher path = PATH.matcher(request.path());
        boolean known = path.matches();
        if (!auth.allows(request, known ? path.group("repo") : "")) {
            auth.challenge(known ? path.group("repo") : "", answer);
        } else if (request.path().equals("/v2/")) {
            answer.send(200, "{}".getBytes(UTF_8));
        } else if (!known) {
            answer.refuse(404, "UNSUPPORTED");
        } else if (path.group("kind").equals("manifests")) {
            manifest(request, path.group("repo"), path.group("what"), answer);
        } else if (path.group("kind").equals("blobs")) {
            blob(request, path.group("repo"), path.group("what"), answer);
        } else {
            upload(request, path.group("repo"), path.group("what"), answer);
        }
    }

    private void manifest(FakeRequest request, String repository, String reference, FakeAnswer answer)
            throws IOException {
        if (request.method().equals("PUT")) {
            store(request, repository, reference, answer);
            return;
        }
        Stored stored = manifests(repository).get(reference);
        if (stored == null) {
            answer.refuse(404, "MANIFEST_UNKNOWN");
            return;
        }
        if (request.method().equals("HEAD") && headStatus != 200) {
            answer.send(headStatus, new byte[0]);
            return;
        }
        answer.header("Content-Type", stored.mediaType());
        if (!headLengths) {
            answer.omitLength();
        }
        if (headDigests) {
            answer.header("Docker-Content-Digest", Digest.sha256(stored.bytes()).toString());
        }
        answer.send(200, stored.bytes());
    }

    private void store(FakeRequest request, String repository, String reference, FakeAnswer answer) throws IOException {
        Matcher digests =
                Pattern.compile("\"digest\":\"(sha256:[a-f0-9]{64})\"").matcher(new String(request.body(), UTF_8));
        while (digests.find()) {
            String digest = digests.group(1);
            if (!blobs(repository).containsKey(digest) && !manifests(repository).containsKey(digest)) {
                answer.refuse(400, "MANIFEST_BLOB_UNKNOWN");
                return;
            }
        }
        putManifest(repository, reference, request.header("Content-Type"), request.body());
        if (headDigests) {
            answer.header("Docker-Content-Digest", Digest.sha256(request.body()).toString());
        }
        answer.send(putStatus, new byte[0]);
    }

    private void blob(FakeRequest request, String repository, String digest, FakeAnswer answer) throws IOException {
        byte[] content = blobs(repository).get(digest);
        if (request.method().equals("HEAD") && headStatus != 200) {
            answer.send(headStatus, new byte[0]);
        } else if (content == null) {
            answer.refuse(404, "BLOB_UNKNOWN");
        } else {
            give(request, content, answer);
        }
    }

    private void give(FakeRequest request, byte[] content, FakeAnswer answer) throws IOException {
        Matcher range = Pattern.compile("bytes=([0-9]+)-").matcher(request.header("Range"));
        if (ranges && range.matches()) {
            int from = Integer.parseInt(range.group(1));
            answer.header("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            answer.send(206, Arrays.copyOfRange(content, from, content.length));
        } else {
            answer.send(200, content);
        }
    }

    private void upload(FakeRequest request, String repository, String session, FakeAnswer answer) throws IOException {
        Map<String, String> query = request.query();
        if (request.method().equals("POST")) {
            byte[] mounted =
                    mounts ? blobs(query.getOrDefault("from", "-")).get(query.getOrDefault("mount", "-")) : null;
            if (mounted != null && auth.mayRead(request, query.get("from"))) {
                blobs(repository).put(query.get("mount"), mounted);
                answer.send(201, new byte[0]);
                return;
            }
            String id = "s" + numbers.incrementAndGet();
            sessions.put(id, repository);
            String path = "/v2/" + repository + "/blobs/uploads/" + id + "?_state=a%2Fb";
            answer.header("Location", relativeLocations ? path : url() + path);
            answer.header("OCI-Chunk-Min-Length", "5242880"); // for who sends chunks
            if (cookies) {
                answer.header("Set-Cookie", "server=" + id + "; Path=/; HttpOnly");
                answer.header("Set-Cookie", "other=1");
            }
            answer.send(202, new byte[0]);
        } else if (!repository.equals(sessions.put(session, "used"))
                || !request.uri().getRawQuery().contains("_state=a%2Fb")
                || (cookies && !request.header("Cookie").equals("server=" + session + "; other=1"))) {
            answer.refuse(404, "BLOB_UPLOAD_UNKNOWN");
        } else if (!isDigest(query.getOrDefault("digest", ""), request.body())) {
            answer.refuse(400, "DIGEST_INVALID");
        } else {
            putBlob(repository, Digest.parse(query.get("digest")), request.body());
            answer.send(putStatus, new byte[0]);
        }
    }

    private static boolean isDigest(String text, byte[] content) {
        return !text.isEmpty()
                && Digest.parse(text).matches(Digest.parse(text).newHash().digest(content));
    }

    /** All requests, a line each, without the one that finds out how the registry listens. */
    List<String> log() {
        return requests.stream()
                .filter(request -> !request.path().equals("/v2/"))
                .map(FakeRequest::toString)
                .toList();
    }

    /** What each repository has. */
    Map<String, Set<String>> contents() {
        Map<String, Set<String>> all = new TreeMap<>();
        blobs.forEach((repository, map) -> all.put(repository, Set.copyOf(map.keySet())));
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
