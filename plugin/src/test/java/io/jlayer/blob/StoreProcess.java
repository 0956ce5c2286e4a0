// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Random;

/** What another process does with a store; started by {@link ManyProcessesTest}. */
final class StoreProcess {

    static final int BLOBS = 40;

    private StoreProcess() {}

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "put" -> put(Path.of(args[1]));
            case "hang" -> hang(Path.of(args[1]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void put(Path root) throws IOException {
        for (int number = 0; number < BLOBS; number++) {
            FileBlobStore store = Store.open(root).blobs();
            try (BlobDraft draft = store.draft()) {
                draft.write(content(number));
                draft.commit(MediaType.LAYER_TAR);
            }
        }
    }

    /** Writes half a blob, says so, and waits to be killed. */
    private static void hang(Path root) throws IOException {
        BlobDraft draft = Store.open(root).blobs().draft();
        draft.write("half a blob".getBytes(UTF_8));
        System.out.println("ready");
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    static byte[] content(int number) {
        byte[] content = new byte[200_000];
        new Random(number).nextBytes(content);
        return content;
    }
}
