// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.AtomicFile;
import io.jlayer.blob.FileStates;
import io.jlayer.plan.ImageSettings;
import io.jlayer.project.Application;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What the last build of a project was told, what it looked at, and what it left in {@code target/jlayer}. As long as all
 * three are the same, another build would change nothing, and need not be made; to see that takes a look at each file, and
 * reads those that look otherwise.
 *
 * <p>It is kept beside what it speaks of, so that they go together. Only builds that follow from what can be looked at are
 * remembered: none that asked the network, and none that had something to warn of.
 */
public final class LastBuild {

    static final String FILE = "last-build";

    /** Raised whenever what is remembered, or what equal requests give, changes. */
    private static final int FORM = 7;

    private final Path output;
    private final byte[] request;

    private LastBuild(Path output, byte[] request) {
        this.output = output;
        this.request = request;
    }

    /** The last build for this application, which may have been told something else. */
    public static LastBuild of(Path store, Application application, ImageSettings settings) {
        return new LastBuild(application.output(), BuildRequest.of(store, application, settings));
    }

    /** What it gave, if another build would give the same and leave the same files; then {@code image.json} says so too. */
    public Optional<BuildSummary> unchanged() throws IOException {
        Optional<DataInputStream> record = read();
        if (record.isEmpty()) {
            return Optional.empty();
        }
        DataInputStream in = record.get();
        Instant began = Instant.now();
        if (in.readInt() != FORM || !Arrays.equals(in.readNBytes(in.readInt()), request)) {
            return Optional.empty();
        }
        FileStates states = FileStates.read(in);
        if (!states.hold()) {
            return Optional.empty();
        }
        BuildSummary summary = BuildSummary.read(in);
        byte[] json = in.readNBytes(in.readInt());
        ReportFiles.replace(output.resolve(ReportFiles.REPORT), json);
        if (states.isRefreshed() && states.settledAt(began)) {
            write(summary, json, states);
        }
        return Optional.of(summary);
    }

    /** Its record; a damaged one counts as none. */
    private Optional<DataInputStream> read() throws IOException {
        byte[] record;
        try {
            record = Files.readAllBytes(output.resolve(FILE));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        if (record.length < Long.BYTES || in.readLong() != checksum(record, Long.BYTES)) {
            return Optional.empty();
        }
        return Optional.of(in);
    }

    private static long checksum(byte[] bytes, int from) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, bytes.length - from);
        return crc.getValue();
    }

    /**
     * Remembers a build, unless a file that it looked at was so new that it could change again without showing it.
     *
     * @param began when nothing had been looked at yet
     * @param image what it gave
     * @param json what {@code image.json} would say after another build
     * @param inputs all that was looked at
     * @param outputs all that was left, {@code image.json} apart
     */
    void remember(Instant began, BuildSummary image, byte[] json, FileStates inputs, FileStates outputs)
            throws IOException {
        inputs.look(ownCode());
        if (!inputs.settledAt(began)) {
            return;
        }
        inputs.addAll(outputs);
        write(image, json, inputs);
    }

    private void write(BuildSummary image, byte[] json, FileStates states) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeInt(FORM);
        out.writeInt(request.length);
        out.write(request);
        states.write(out);
        image.write(out);
        out.writeInt(json.length);
        out.write(json);
        write(body.toByteArray());
    }

    /** A new version of jlayer may give another image. */
    private static Path ownCode() {
        CodeSource source = LastBuild.class.getProtectionDomain().getCodeSource();
        URL place = source.getLocation();
        try {
            return Path.of(place.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("find the plugin's jar at " + place, e);
        }
    }

    private void write(byte[] body) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(record);
        out.writeLong(checksum(body, 0));
        out.write(body);
        AtomicFile.write(output.resolve(FILE), record.toByteArray(), AtomicFile.Sync.NONE);
    }
}
