// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Traffic;
import io.jlayer.http.Events;
import io.jlayer.http.RefusalException;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a repository is read: its mirrors in turn, then itself. A mirror that does not have something is passed over; one
 * that fails is not asked again, and one that gave wrong bytes for a blob is not asked for that again. What comes from a
 * mirror is checked as if it came from anywhere.
 */
final class PullRoute {

    private final String name;
    private final List<Stop> stops;
    private final Retries retries;
    private final int attempts;
    private final Events events;
    private final Traffic traffic;

    /** What is asked of each; nothing means that it is not there. */
    private interface Question<T> {
        Optional<T> ask(Stop stop) throws IOException;
    }

    /** A repository that is looked for when it is first asked: who is not asked need not be there. */
    private static final class Stop {

        private final Retries.Action<Repository> finder;
        private final Set<Digest> damaged = ConcurrentHashMap.newKeySet();
        private volatile boolean failed;
        private Repository found;

        Stop(Retries.Action<Repository> finder) {
            this.finder = finder;
        }

        synchronized Repository repository() throws IOException {
            found = found == null ? finder.run() : found;
            return found;
        }
    }

    /**
     * A route.
     *
     * @param stops find the mirrors, and the repository itself as the last
     */
    PullRoute(
            String name,
            List<Retries.Action<Repository>> stops,
            Retries retries,
            int attempts,
            Events events,
            Traffic traffic) {
        this.name = name;
        this.stops = stops.stream().map(Stop::new).toList();
        this.retries = retries;
        this.attempts = attempts;
        this.events = events;
        this.traffic = traffic;
    }

    /** Begins to fetch something. */
    Traffic.Transfer begin() {
        return traffic.begin(Traffic.Way.PULL);
    }

    /** How often a thing is tried. */
    int attempts() {
        return attempts;
    }

    /** What a tag or digest names. */
    Optional<Descriptor> head(String reference) throws IOException {
        return first(stop -> stop.repository().head(reference));
    }

    Optional<FetchedManifest> manifest(String reference) throws IOException {
        return first(stop -> stop.repository().manifest(reference));
    }

    boolean hasBlob(Digest digest) throws IOException {
        return first(stop -> stop.repository().hasBlob(digest) ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /** Begins to read a blob, from wherever it is had. */
    BlobPull pull(Digest digest) {
        return new BlobPull(digest);
    }

    /** One reading of a blob, for one thread: knows who had a part in it. */
    final class BlobPull {

        private final Digest digest;
        private final Set<Stop> givers = new LinkedHashSet<>();

        private BlobPull(Digest digest) {
            this.digest = digest;
        }

        Digest digest() {
            return digest;
        }

        PullRoute route() {
            return PullRoute.this;
        }

        /** Opens the blob after its first {@code offset} bytes, without trying again. */
        InputStream open(long offset) throws IOException {
            return first(stop -> {
                        if (stop.damaged.contains(digest)) {
                            return Optional.empty();
                        }
                        InputStream opened = stop.repository().openBlob(digest, offset);
                        givers.add(stop);
                        return Optional.of(opened);
                    })
                    .orElseThrow();
        }

        /**
         * Takes note that what was read is not what the digest says: mirrors that gave some of it are not asked for it again.
         *
         * @return whether there were any, so that it may be had whole from elsewhere
         */
        boolean isDamagedByMirror() throws IOException {
            boolean found = false;
            for (Stop mirror : stops.subList(0, stops.size() - 1)) {
                if (givers.contains(mirror)) {
                    mirror.damaged.add(digest);
                    events.info("the mirror " + mirror.repository() + " gave wrong bytes for blob " + digest
                            + "; it is fetched from elsewhere");
                    found = true;
                }
            }
            return found;
        }
    }

    /** Runs something that consists of more than one call until it succeeds, within the usual bounds. */
    <T> T repeat(Retries.Action<T> action) throws IOException {
        return retries.run(attempts, action);
    }

    /** Says in one line if requests had to be tried again. */
    void summarize(String what) {
        retries.summarize(what);
    }

    private <T> Optional<T> first(Question<T> question) throws IOException {
        for (Stop mirror : stops.subList(0, stops.size() - 1)) {
            if (mirror.failed) {
                continue;
            }
            try {
                Optional<T> answer = question.ask(mirror);
                if (answer.isPresent()) {
                    return answer;
                }
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                events.debug("mirror: " + e.getMessage());
                mirror.failed = !(e instanceof RefusalException refusal && refusal.status() == 404);
            }
        }
        return question.ask(stops.get(stops.size() - 1));
    }

    @Override
    public String toString() {
        return name;
    }
}
