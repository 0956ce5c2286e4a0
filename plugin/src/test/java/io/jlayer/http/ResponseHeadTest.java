// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ResponseHeadTest {

    @Test
    void anAnswerOfTwoLengthsIsTheLastOfItsConnection() throws IOException {
        ResponseHead head = ResponseHead.read(new ByteArrayInputStream(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8)));
        assertThat(head.isChunked()).isTrue();
        assertThat(head.keepsOpen()).isFalse();
    }
}
