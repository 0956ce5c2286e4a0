// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Small things that were learnt once and need not be learnt again: which layer came of which inputs, what a jar holds.
 * Losing one costs time, never correctness.
 *
 * <p>Each record carries the digest of its content, so that one that was cut off or damaged counts as missing. Safe for
 * many threads and processes; the last writer of a name wins.
 */
public final class Records {

    private static final int DIGEST_LENGTH = 64;

    private final Path directory;
    private final Path tmp;

    Records(Path directory, Path tmp) {
        this.directory = directory;
        this.tmp = tmp;
    }

    /** The record, if it is there and sound. */
    public Optional<byte[]> read(Digest key) throws IOException {
        byte[] record;
        try {
            record = Files.readAllBytes(directory.resolve(key.hex()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (record.length < DIGEST_LENGTH) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOfRange(record, DIGEST_LENGTH, record.length);
        boolean sound = Digest.sha256(content).hex().equals(new String(record, 0, DIGEST_LENGTH, ISO_8859_1));
        return sound ? Optional.of(content) : Optional.empty();
    }

    /** Writes or replaces the record, at once or not at all. */
    public void write(Digest key, byte[] content) throws IOException {
        Files.createDirectories(directory);
        Path draft = Files.createTempFile(tmp, "record-", "");
        try {
            byte[] digest = Digest.sha256(content).hex().getBytes(ISO_8859_1);
            byte[] record = Arrays.copyOf(digest, DIGEST_LENGTH + content.length);
            System.arraycopy(content, 0, record, DIGEST_LENGTH, content.length);
            Files.write(draft, record);
            Files.move(
                    draft,
                    directory.resolve(key.hex()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
