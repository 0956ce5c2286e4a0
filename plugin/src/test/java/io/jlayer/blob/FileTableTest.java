// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FileTableTest {

    private static final FileState STATE = new FileState(1, -2, Long.MAX_VALUE, 4);

    private static byte[] written() throws IOException {
        FileTable table = new FileTable(3);
        table.add("/a\nb", STATE, Digest.sha256("a").toBytes());
        table.add("/\u00e9\u4e2d\ud83d\ude00", new FileState(-1, 0, 0, 0), null);
        table.add("", STATE.withoutChanged(), Digest.sha256("").toBytes());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static FileTable read(byte[] bytes) throws IOException {
        return FileTable.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void givesBackWhatWasPutIn() throws IOException {
        FileTable table = read(written());
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.name(0)).isEqualTo("/a\nb");
        assertThat(table.state(0)).isEqualTo(STATE);
        assertThat(table.sha256(0)).isEqualTo(Digest.sha256("a").toBytes());
        assertThat(table.name(1)).isEqualTo("/\u00e9\u4e2d\ud83d\ude00");
        assertThat(table.state(1)).isEqualTo(new FileState(-1, 0, 0, 0));
        assertThat(table.sha256(1)).isNull();
        assertThat(table.name(2)).isEmpty();
        assertThat(table.state(2)).isEqualTo(STATE.withoutChanged());
    }

    /** Nothing but an exception of the one kind that its readers take for damage, and no memory for what is not there. */
    @Test
    void oneThatIsCutOffOrDamagedIsToldFromASoundOne() throws IOException {
        byte[] whole = written();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatIOException().isThrownBy(() -> read(cut));
        }
        for (int at = 0; at < 8; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0x55;
            assertThatIOException().isThrownBy(() -> read(damaged));
        }
    }
}
