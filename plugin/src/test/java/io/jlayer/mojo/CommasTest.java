// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommasTest {

    @Test
    void spacesAndEmptyItemsDoNotCount() {
        assertThat(Commas.split(" a , b,,c ,")).containsExactly("a", "b", "c");
        assertThat(Commas.split("")).isEmpty();
        assertThat(Commas.split(" , ")).isEmpty();
    }

    @Test
    void aBackslashMakesACommaPartOfAnItem() {
        assertThat(Commas.split("-agentlib:jdwp=transport=dt_socket\\,server=y,-Xmx1g"))
                .containsExactly("-agentlib:jdwp=transport=dt_socket,server=y", "-Xmx1g");
        assertThat(Commas.split("C:\\x, D:\\,y\\")).containsExactly("C:\\x", "D:,y\\");
        assertThat(Commas.split("\\,")).containsExactly(",");
    }

    @Test
    void appendingLeavesTheListAlone() {
        List<String> list = List.of("a");
        assertThat(Commas.append(list, "b")).containsExactly("a", "b");
        assertThat(list).hasSize(1);
    }
}
