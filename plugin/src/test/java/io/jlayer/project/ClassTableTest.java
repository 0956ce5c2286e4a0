// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.Digest;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClassTableTest {

    private static final Digest A = Digest.sha256("a");
    private static final Digest B = Digest.sha256("b");
    private static final KnownClasses.Facts LIBRARY = new KnownClasses.Facts(17, "");
    private static final KnownClasses.Facts STARTED = new KnownClasses.Facts(ClassTable.NEWEST, "app.Main");

    private static byte[] written() throws IOException {
        ClassTable table = new ClassTable(3);
        table.add(A, LIBRARY);
        table.add(B, STARTED);
        return table.write();
    }

    @Test
    void comesBackAsItWas() throws IOException {
        ClassTable table = ClassTable.read(written());

        assertThat(table.size()).isEqualTo(2);
        assertThat(table.sha256(0)).isEqualTo(A);
        assertThat(table.facts(0)).isEqualTo(LIBRARY);
        assertThat(table.sha256(1)).isEqualTo(B);
        assertThat(table.facts(1)).isEqualTo(STARTED);
        assertThat(table.write()).isEqualTo(written());
    }

    @Test
    void whatIsCutOffIsEmpty() throws IOException {
        byte[] whole = written();
        for (int length = 0; length < whole.length; length++) {
            ClassTable table = ClassTable.read(Arrays.copyOf(whole, length));
            assertThat(table.size()).as("%d bytes", length).isIn(0, 2);
        }
        assertThat(ClassTable.read(Arrays.copyOf(whole, whole.length - 1)).size())
                .isZero();
    }
}
