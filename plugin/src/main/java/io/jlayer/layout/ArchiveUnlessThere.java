// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.FileState;
import io.jlayer.blob.FileStates;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageTarget;
import io.jlayer.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes an archive unless the file still is the one that was written for the same image under the same names, as far as
 * the file system tells: size, times, inode. What else is put there, and what is written into it, shows.
 *
 * @param target the archive
 * @param store remembers which archives were written
 */
public record ArchiveUnlessThere(ArchiveTarget target, Store store) implements ImageTarget {

    /** Raised whenever an archive of the same image gets other bytes. */
    private static final String KIND = "written-v2";

    @Override
    public void write(ImageDocuments image) throws IOException {
        String file = target.file().toAbsolutePath().normalize().toString();
        Records records = store.records(KIND);
        Digest key = Store.key(file);
        Digest content = content(image);
        Optional<byte[]> record = records.read(key);
        if (record.isPresent() && holds(record.get(), content)) {
            return;
        }
        Optional<FileState> written = target.replace(image);
        if (written.isPresent()) {
            FileStates state = new FileStates();
            state.add(file, written.get());
            records.write(key, record(content, state));
        }
    }

    private Digest content(ImageDocuments image) {
        List<String> parts = new ArrayList<>(target.names());
        parts.add(target.getClass().getSimpleName());
        parts.add(image.root().digest().toString());
        return Store.key(parts.toArray(new String[0]));
    }

    private static byte[] record(Digest content, FileStates state) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(record);
        out.writeUTF(content.toString());
        state.write(out);
        return record.toByteArray();
    }

    private static boolean holds(byte[] record, Digest content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        return in.readUTF().equals(content.toString()) && FileStates.read(in).hold();
    }
}
