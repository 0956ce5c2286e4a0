// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Blob;
import io.jlayer.http.Answer;
import io.jlayer.http.Call;
import io.jlayer.http.FinalException;
import io.jlayer.http.Hosts;
import io.jlayer.http.Redirects;
import io.jlayer.http.RefusalException;
import io.jlayer.http.UploadBody;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;

/**
 * What can be written to one repository of a registry. A blob goes out in one piece, of which the registry knows the
 * length beforehand; a session that failed is never used again, since nobody knows what it took in.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#push">distribution specification,
 *     Push</a>
 */
final class RepositoryWriter {

    private final Repository repository;
    private final RegistryEndpoint endpoint;
    private final Exchange exchange;

    RepositoryWriter(Repository repository) {
        this.repository = repository;
        this.endpoint = repository.endpoint();
        this.exchange = repository.exchange();
    }

    /** Begins an upload. */
    UploadSession begin(Digest digest) throws IOException {
        String what = "begin to upload blob " + digest + " to " + repository;
        Call call = Call.of("POST", uploads(""));
        try (Answer answer = exchange.once(what, call, List.of(200, 201, 202))) {
            return session(answer)
                    .orElseThrow(() -> new NoRegistryException(what + ": the answer does not say where to upload to"));
        }
    }

    /** What became of the wish to take a blob from elsewhere: it is there, or an upload has begun, or neither. */
    record Mount(boolean done, Optional<UploadSession> begun) {}

    /** Asks to take the blob from another repository. */
    Mount mount(Digest digest, String from) throws IOException {
        String what = "mount blob " + digest + " from " + from + " in " + repository;
        Call call = Call.of("POST", uploads("?mount=" + encoded(digest.toString()) + "&from=" + encoded(from)));
        try (Answer answer = exchange.send(what, call, List.of(200, 201, 202, 204))) {
            boolean done = answer.status() == 201;
            return new Mount(done, done ? Optional.empty() : session(answer));
        }
    }

    private URI uploads(String query) {
        return endpoint.uri(repository.name() + "/blobs/uploads/" + query);
    }

    private Optional<UploadSession> session(Answer answer) throws IOException {
        Optional<String> location = answer.header("Location");
        if (location.isEmpty()) {
            return Optional.empty();
        }
        URI uri = endpoint.own(Redirects.resolved(answer.uri(), location.get()));
        boolean own = Hosts.sameOrigin(uri, answer.uri());
        return Optional.of(new UploadSession(uri, own ? UploadSession.cookie(answer.headers("Set-Cookie")) : ""));
    }

    /**
     * Sends the blob and ends the upload.
     *
     * @throws IOException if that failed; unless it is a {@link FinalException} or a refusal for good, another upload may
     *     fare better
     */
    void put(UploadSession session, Descriptor descriptor, Blob blob) throws IOException {
        String what = "upload blob " + descriptor.digest() + " to " + repository;
        Call call = session.put(encoded(descriptor.digest().toString())).with(new UploadBody(blob, descriptor.size()));
        try {
            exchange.once(what, call, List.of(200, 201, 202, 204)).close();
        } catch (RefusalException e) {
            // The session is lost or took in something else: that is nothing that a fresh one would repeat.
            boolean session404 = e.status() == 400 || e.status() == 404 || e.status() == 416;
            throw session404 ? new IOException(e.getMessage(), e) : e;
        }
    }

    /** Stores a manifest or an index under a tag or its digest; what it points to must be there. */
    void putManifest(String reference, Descriptor descriptor, Blob manifest) throws IOException {
        String what = "push manifest " + reference + " to " + repository;
        byte[] bytes;
        try (InputStream in = manifest.open()) {
            bytes = in.readAllBytes();
        }
        Call call = Call.of("PUT", endpoint.uri(repository.name() + "/manifests/" + reference))
                .with("Content-Type", descriptor.mediaType().name())
                .with(UploadBody.of(bytes));
        try (Answer answer = exchange.send(what, call, List.of(200, 201, 202, 204))) {
            Optional<String> stored = answer.header("Docker-Content-Digest");
            if (stored.isPresent() && !stored.get().equals(descriptor.digest().toString())) {
                throw new FinalException(what + ": the registry stored something else");
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
