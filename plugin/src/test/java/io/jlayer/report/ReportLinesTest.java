// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.ImageRef;
import io.jlayer.registry.PushReport;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class ReportLinesTest {

    private final List<String> lines = new ArrayList<>();
    private final Log log = new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add(line.toString());
        }
    };

    @Test
    void targetsThatWereNotWrittenAreToldWithHowTheyAre() {
        new ReportLines(log, false).showTargets(List.of("oci-archive:app.tar", "registry.example.com/shop/app"), false);

        assertThat(lines)
                .containsExactly(
                        "also in oci-archive:app.tar",
                        "not pushed to registry.example.com/shop/app: mvn jlayer:push does that, or -Djlayer.push here");
    }

    @Test
    void ofTargetsThatWerePushedThePushItselfTells() {
        new ReportLines(log, false).showTargets(List.of("registry.example.com/shop/app", "oci:images"), true);

        assertThat(lines).containsExactly("also in oci:images");
    }

    @Test
    void whatWasPushedIsNamedAsOthersPullIt() {
        ImageRef image = ImageRef.parse("registry.example.com/shop/app:1");
        new ReportLines(log, false).showPush(new PushReport(image, List.of("1", "latest"), new TreeMap<>(), 7, 3));

        assertThat(lines)
                .containsExactly("Pushed registry.example.com/shop/app:1, registry.example.com/shop/app:latest:"
                        + " 7 B sent, 0 blobs sent, 0 mounted, 0 present, 3 requests");
    }

    @Test
    void sizesAreInPowersOfAThousand() {
        assertThat(List.of(999L, 1_000L, 12_340_000L, 2_500_000_000L))
                .extracting(ReportLines::size)
                .containsExactly("999 B", "1.0 kB", "12.3 MB", "2.5 GB");
    }
}
