// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.DamagedBlobException;
import io.jlayer.http.Answer;
import io.jlayer.http.Call;
import io.jlayer.http.FinalException;
import io.jlayer.http.RefusalException;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be read of one repository of a registry. Nothing read is checked here but manifests.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pull">distribution specification,
 *     Pull</a>
 */
final class Repository {

    private static final String ACCEPT = Stream.of(
                    MediaType.INDEX, MediaType.MANIFEST, MediaType.DOCKER_INDEX, MediaType.DOCKER_MANIFEST)
            .map(MediaType::name)
            .collect(Collectors.joining(", "));

    private final RegistryEndpoint endpoint;
    private final String name;
    private final Exchange exchange;

    Repository(RegistryEndpoint endpoint, String name, Exchange exchange) {
        this.endpoint = endpoint;
        this.name = name;
        this.exchange = exchange;
    }

    /** The path in the registry. */
    String name() {
        return name;
    }

    RegistryEndpoint endpoint() {
        return endpoint;
    }

    Exchange exchange() {
        return exchange;
    }

    /** Looks which manifest a tag or digest names, if any, without fetching it where the registry can say so. */
    Optional<Descriptor> head(String reference) throws IOException {
        Call call =
                Call.of("HEAD", endpoint.uri(name + "/manifests/" + reference)).with("Accept", ACCEPT);
        try (Answer answer = exchange.send(what("look for", reference), call, List.of(200, 404))) {
            Optional<Descriptor> said = described(answer);
            if (said.isPresent() || answer.status() == 404) {
                return said;
            }
        } catch (RefusalException e) {
            if (e.concernsAll()) {
                throw e; // nor is a wrong password shown twice: that may lock an account
            }
            // Some refuse this alone; and why, no answer to HEAD can say.
        }
        return manifest(reference).map(FetchedManifest::descriptor);
    }

    /** What the headers tell; nothing if that is not enough, or cannot be: the length of what is packed is another. */
    private static Optional<Descriptor> described(Answer answer) {
        if (!answer.header("Content-Encoding").orElse("identity").equalsIgnoreCase("identity")) {
            return Optional.empty();
        }
        try {
            Descriptor said = new Descriptor(
                    new MediaType(answer.header("Content-Type")
                            .orElse("")
                            .replaceFirst(";.*", "")
                            .strip()),
                    Digest.parse(answer.header("Docker-Content-Digest").orElse("")),
                    Long.parseLong(answer.header("Content-Length").orElse("")));
            boolean usable = said.size() > 0
                    && (said.mediaType().isIndex() || said.mediaType().isManifest());
            return Optional.of(said).filter(descriptor -> usable && answer.status() == 200);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the manifest itself will tell
        }
    }

    /** Fetches the manifest or index that a tag or digest names, if there is one. */
    Optional<FetchedManifest> manifest(String reference) throws IOException {
        String what = what("read", reference);
        Call call =
                Call.of("GET", endpoint.uri(name + "/manifests/" + reference)).with("Accept", ACCEPT);
        return exchange.repeat(() -> {
            try (Answer answer = exchange.once(what, call, List.of(200, 404))) {
                return answer.status() == 404 ? Optional.empty() : Optional.of(checked(what, reference, answer));
            }
        });
    }

    private static FetchedManifest checked(String what, String reference, Answer answer) throws IOException {
        byte[] bytes = answer.bytes(OciJson.MAX_DOCUMENT_BYTES);
        Optional<String> contentType = answer.header("Content-Type");
        if (contentType.orElse("").toLowerCase(Locale.ROOT).startsWith("text/html")) {
            throw new NoRegistryException(what + ": what answers there shows pages for people");
        }
        try {
            if (reference.indexOf(':') < 0) {
                return FetchedManifest.of(bytes, contentType);
            }
            Digest digest = Digest.parse(reference);
            if (!digest.matches(digest.newHash().digest(bytes))) {
                throw new DamagedBlobException(digest, what + " gave bytes with another digest");
            }
            return FetchedManifest.of(bytes, contentType, digest);
        } catch (IllegalArgumentException e) {
            throw new FinalException(what + ": " + e.getMessage(), e);
        }
    }

    /** Whether the repository has a blob. */
    boolean hasBlob(Digest digest) throws IOException {
        return exchange.repeat(() -> hasBlobNow(digest));
    }

    /** As {@link #hasBlob}, but asks only once; a registry that does not answer such questions is taken to say no. */
    boolean hasBlobNow(Digest digest) throws IOException {
        Call call = Call.of("HEAD", endpoint.uri(name + "/blobs/" + digest));
        try (Answer answer = exchange.once("look for blob " + digest + " in " + this, call, List.of(200, 404))) {
            return answer.status() == 200;
        } catch (RefusalException e) {
            if (e.concernsAll()) {
                throw e;
            }
            return false;
        }
    }

    /** Opens a blob after its first {@code offset} bytes; where the registry cannot begin there, they are passed over. */
    InputStream openBlob(Digest digest, long offset) throws IOException {
        try {
            Optional<InputStream> opened = openBlob(digest, offset, offset);
            if (opened.isPresent()) {
                return opened.get();
            }
        } catch (RefusalException e) {
            if (offset == 0 || e.status() != 416) {
                throw e;
            }
        }
        return openBlob(digest, offset, 0)
                .orElseThrow(() -> new FinalException("read blob " + digest + " of " + this
                        + ": the answer begins at another byte than was asked for"));
    }

    /** Empty if the answer begins behind the byte that is wanted. */
    private Optional<InputStream> openBlob(Digest digest, long offset, long asked) throws IOException {
        Call call = Call.of("GET", endpoint.uri(name + "/blobs/" + digest));
        if (asked > 0) {
            call = call.with("Range", "bytes=" + asked + "-");
        }
        String what = "read blob " + digest + " of " + this;
        Answer answer = exchange.once(what, call, List.of(200, 206));
        try {
            long start = answer.status() == 206 ? start(answer, offset) : 0;
            if (start > offset) {
                answer.close();
                return Optional.empty();
            }
            answer.body().skipNBytes(offset - start);
            return Optional.of(answer.body());
        } catch (IOException e) {
            answer.close();
            throw e;
        }
    }

    private static long start(Answer partial, long asked) {
        String range = partial.header("Content-Range").orElse("").replaceFirst("^bytes\\s+([0-9]{1,18})-.*", "$1");
        return range.isEmpty() || !Character.isDigit(range.charAt(0)) ? asked : Long.parseLong(range);
    }

    private String what(String verb, String reference) {
        return verb + " manifest " + reference + " of " + this;
    }

    /** Registry and path. */
    @Override
    public String toString() {
        return endpoint.registry() + "/" + name;
    }
}
