// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What other processes do with a store that is pruned; started by {@link PrunedWhileUsedTest} and {@link StoreUsersTest}. */
final class StoreUserProcess {

    private static final int BLOBS = 30;
    private static final PruneRule ALL = new PruneRule(Optional.of(Duration.ZERO), OptionalLong.empty());

    private StoreUserProcess() {}

    /** What to do and the store; a seed, and for how many milliseconds. */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[1]);
        if (args[0].equals("look")) {
            look(root);
            return;
        } else if (args[0].equals("oldest")) {
            StoreUsers.of(root).alone(oldest -> System.out.println(oldest.isPresent() ? "present" : "empty"));
            return;
        }
        Random random = new Random(Long.parseLong(args[2]));
        Instant end = Instant.now().plusMillis(Long.parseLong(args[3]));
        int done = 0;
        while (Instant.now().isBefore(end)) {
            done += args[0].equals("prune") ? prune(root) : use(root, random);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(40))); // so that at times nobody works
        }
        System.out.println(args[0] + " " + done);
    }

    /** Says whether the store has the blobs that it is asked for, line by line. */
    private static void look(Path root) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        System.out.println("begins");
        in.readLine();
        try (Store store = Store.open(root)) {
            System.out.println("open");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(store.blobs().contains(Digest.parse(line)));
            }
        }
    }

    /** As a build: what was found to be there is relied on until the end. */
    private static int use(Path root, Random random) throws IOException {
        int found = 0;
        try (Store store = Store.open(root)) {
            List<Digest> there = new ArrayList<>();
            for (int i = 0; i < BLOBS / 2; i++) {
                byte[] content = content(random.nextInt(BLOBS));
                Descriptor blob = Descriptor.of(MediaType.CONFIG, content);
                if (store.blobs().contains(blob.digest())) {
                    found++;
                } else if (random.nextInt(3) > 0) {
                    store.blobs().put(MediaType.CONFIG, content);
                } else {
                    continue;
                }
                there.add(blob.digest());
            }
            for (Digest digest : there) {
                try (InputStream in = store.blobs().get(digest).open()) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                Path link =
                        root.resolveSibling("link-" + ProcessHandle.current().pid());
                Files.createLink(link, store.blobs().file(digest));
                Files.delete(link);
            }
        }
        return found;
    }

    /** As if all had been used a year ago. */
    private static int prune(Path root) throws IOException {
        StoreContent content = StoreContent.of(root);
        List<StoreItem> items = new ArrayList<>(content.drafts());
        items.addAll(content.blobs(Set.of()));
        PruneReport report = Pruning.run(root, items, ALL, Instant.now().plus(Duration.ofDays(366)));
        if (!report.failures().isEmpty()) {
            throw new IOException(report.failures().toString());
        }
        return report.gone(StoreItem.Kind.BLOBS).count();
    }

    private static byte[] content(int number) {
        return ("content " + number + " ").repeat(200).getBytes(UTF_8);
    }
}
