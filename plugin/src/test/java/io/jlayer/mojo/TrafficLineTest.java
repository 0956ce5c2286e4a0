// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Traffic;
import io.jlayer.blob.Traffic.Way;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class TrafficLineTest {

    private final Traffic traffic = new Traffic();
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final TrafficLine line = new TrafficLine(traffic, terminal, () -> 0);

    /** What one sees at the end, if nothing but carriage returns moves the cursor. */
    private String seen() {
        StringBuilder screen = new StringBuilder();
        int column = 0;
        for (char c : terminal.toString(UTF_8).toCharArray()) {
            if (c == '\r') {
                column = 0;
            } else {
                screen.setLength(Math.max(screen.length(), column + 1));
                screen.setCharAt(column++, c);
            }
        }
        return screen.toString().strip();
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            line.tick();
        }
    }

    @Test
    void whatIsSoonThroughShowsNothing() {
        Traffic.Transfer transfer = traffic.begin(Way.PULL);
        ticks(3);
        transfer.close();
        ticks(3);

        assertThat(terminal.size()).isZero();
    }

    @Test
    void whatTakesLongerIsShownAndGoesWithoutATrace() {
        traffic.expect(Way.PULL, 1_000_000);
        Traffic.Transfer transfer = traffic.begin(Way.PULL);
        ticks(4);
        assertThat(seen()).contains("pulled 0 B of 1.0 MB");
        transfer.moved(1_000_000);
        ticks(1);
        assertThat(seen()).contains("pulled 1.0 MB of 1.0 MB").doesNotContain("0 B of");
        transfer.close();
        ticks(1);
        assertThat(seen()).isEmpty();
        assertThat(terminal.toString(UTF_8)).endsWith("\r").doesNotContain("\n");
    }

    @Test
    void makesRoomForALineOfTheLog() {
        List<String> onScreen = new ArrayList<>();
        Log log = line.clearedFor(new SystemStreamLog() {
            @Override
            public void warn(CharSequence content) {
                onScreen.add(seen());
            }
        });
        traffic.begin(Way.PUSH);
        ticks(4);
        assertThat(seen()).isNotEmpty();

        log.warn("look out");

        assertThat(onScreen).containsExactly("");
        ticks(1);
        assertThat(seen()).as("it comes back").contains("pushed");
    }

    @Test
    void whatTheLogThrowsComesThrough() {
        Log log = line.clearedFor(new SystemStreamLog() {
            @Override
            public void info(CharSequence content) {
                throw new IllegalStateException("full");
            }
        });

        assertThatThrownBy(() -> log.info("x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTerminalThatIsGoneFailsNothing() {
        int[] writes = new int[1];
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                writes[0]++;
                throw new IOException("Input/output error");
            }
        };
        TrafficLine line = new TrafficLine(traffic, gone, () -> 0);
        traffic.begin(Way.PUSH);
        for (int i = 0; i < 9; i++) {
            line.tick();
        }
        line.clearedFor(new SystemStreamLog()).debug("x");
        line.close();

        assertThat(writes[0]).isEqualTo(1);
    }

    @Test
    void nothingIsDrawnOnceItIsClosed() {
        traffic.begin(Way.PULL);
        ticks(5);
        line.close();
        assertThat(seen()).isEmpty();
        int size = terminal.size();
        ticks(5);

        assertThat(terminal.size()).isEqualTo(size);
    }
}
