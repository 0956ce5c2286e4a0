// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.blob.PruneRule;
import io.jlayer.error.UserError;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PruneParametersTest {

    private final PruneParameters parameters = new PruneParameters();

    private void rule(Optional<Duration> olderThan, OptionalLong keep) {
        assertThat(parameters.toRule()).isEqualTo(new PruneRule(olderThan, keep));
    }

    @Test
    void whatNobodyUsedForAMonthGoesIfNothingIsSaid() {
        rule(Optional.of(Duration.ofDays(30)), OptionalLong.empty());
    }

    @Test
    void aSizeAloneDecidesAlone() {
        parameters.keep = "10GB";
        rule(Optional.empty(), OptionalLong.of(10_000_000_000L));
        parameters.olderThan = "12h";
        rule(Optional.of(Duration.ofHours(12)), OptionalLong.of(10_000_000_000L));
    }

    @Test
    void nothingIsClearAndAnotherBareNumberIsNot() {
        parameters.olderThan = " 0 ";
        rule(Optional.of(Duration.ZERO), OptionalLong.empty());
        parameters.olderThan = "30";
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(parameters::toRule)
                .withMessageContaining("'30' may be seconds, hours or days")
                .withMessageContaining("-Djlayer.prune.olderThan")
                .withMessageContaining("write 30d or 30h");
    }

    @Test
    void sizesAreAsPeopleWriteThem() {
        assertThat(Sizes.parse("0", "")).isZero();
        assertThat(Sizes.parse("12 B", "")).isEqualTo(12);
        assertThat(Sizes.parse("500MB", "")).isEqualTo(500_000_000);
        assertThat(Sizes.parse("1.5 gb", "")).isEqualTo(1_500_000_000);
        assertThat(Sizes.parse("2G", "")).isEqualTo(2_000_000_000);
        assertThat(Sizes.parse("2GiB", "")).isEqualTo(2L << 30);
        assertThat(Sizes.parse("999999999999999t", "")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsNoSizeIsRefused() {
        for (String text : new String[] {"", "10", "GB", "-1GB", "1,5GB", "1ib", "10 GB now"}) {
            assertThatExceptionOfType(UserError.class)
                    .as(text)
                    .isThrownBy(() -> Sizes.parse(text, "<prune><keep>"))
                    .withMessageContaining("'" + text + "' is not a size (<prune><keep>)");
        }
    }
}
