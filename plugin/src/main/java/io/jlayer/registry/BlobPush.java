// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Blob;
import io.jlayer.blob.Traffic;
import io.jlayer.http.Events;
import io.jlayer.http.LocalException;
import io.jlayer.http.RefusalException;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Sees to it that a repository has a blob, in the cheapest way: it has it, it can take it from a neighbour, it gets it. */
final class BlobPush {

    private final Repository repository;
    private final RepositoryWriter writer;
    private final Origins origins;
    private final Events events;
    private final Traffic traffic;

    BlobPush(Repository repository, RegistryClient client) {
        this.repository = repository;
        this.writer = new RepositoryWriter(repository);
        this.origins = client.origins();
        this.events = client.events();
        this.traffic = client.traffic();
    }

    /** Pushes one blob; {@code blob} is opened only if it must be sent. */
    Outcome push(Descriptor descriptor, Blob blob) throws IOException {
        Digest digest = descriptor.digest();
        if (repository.hasBlob(digest)) {
            return Outcome.PRESENT;
        }
        Optional<String> neighbour = origins.repository(repository.endpoint().registry(), digest)
                .filter(name -> !name.equals(repository.name()));
        Optional<UploadSession> begun = Optional.empty();
        if (neighbour.isPresent()) {
            try {
                RepositoryWriter.Mount mount = writer.mount(digest, neighbour.get());
                if (mount.done()) {
                    return Outcome.MOUNTED;
                }
                begun = mount.begun();
            } catch (RefusalException e) {
                if (e.status() == 401 || e.status() == 403 || e.status() == 405) {
                    origins.close(repository.endpoint().registry(), neighbour.get());
                }
                events.debug(e.getMessage()); // who may not mount may still send
            }
        }
        send(descriptor, blob, begun);
        return Outcome.SENT;
    }

    private void send(Descriptor descriptor, Blob blob, Optional<UploadSession> begun) throws IOException {
        // Bytes that are not here yet are fetched now: no registry keeps an upload open for as long as that may take.
        try {
            blob.open().close();
        } catch (IOException e) {
            throw new LocalException("read blob " + descriptor.digest() + ": " + e.getMessage(), e);
        }
        try (Traffic.Transfer transfer = traffic.begin(Traffic.Way.PUSH)) {
            Attempt attempt = new Attempt(descriptor, blob, begun, transfer);
            repository.exchange().repeat(() -> {
                attempt.run();
                return true;
            });
        }
    }

    /** Each run but the first looks whether the one before was successful after all, and begins anew. */
    private final class Attempt {

        private final Descriptor descriptor;
        private final Blob blob;
        private final Traffic.Transfer transfer;
        private Optional<UploadSession> begun;
        private boolean again;

        Attempt(Descriptor descriptor, Blob blob, Optional<UploadSession> begun, Traffic.Transfer transfer) {
            this.descriptor = descriptor;
            this.blob = blob;
            this.begun = begun;
            this.transfer = transfer;
        }

        void run() throws IOException {
            if (again && repository.hasBlobNow(descriptor.digest())) {
                return;
            }
            again = true;
            UploadSession session = begun.isPresent() ? begun.get() : writer.begin(descriptor.digest());
            begun = Optional.empty();
            writer.put(session, descriptor, () -> counted(blob.open()));
        }

        /** Opened once for each time that the bytes go out. */
        private InputStream counted(InputStream in) {
            transfer.startOver();
            return new FilterInputStream(in) {
                @Override
                public int read() throws IOException {
                    int one = super.read();
                    transfer.moved(one < 0 ? 0 : 1);
                    return one;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = super.read(bytes, offset, length);
                    transfer.moved(Math.max(count, 0));
                    return count;
                }
            };
        }
    }
}
