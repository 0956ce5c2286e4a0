// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where what a trial wrote may go is known before it runs, since it is lost if it cannot go there. */
class TrialImageTest {

    @ParameterizedTest
    @ValueSource(strings = {"name", "with-1.0_x", "oci-archive:app.tar", "oci:directory:tag", "docker-archive:a.tar"})
    void namesAndTargetsOnThisMachineAreTaken(String name) {
        assertThatCode(() -> TrialImage.checkCommit(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:5000/shop/app:1", "registry.example.com/shop/app", "shop/app"})
    void registriesAreRefusedWithAWayThere(String name) {
        assertThatThrownBy(() -> TrialImage.checkCommit(name))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not pushed to " + name)
                .hasMessageContaining("skopeo copy oci:target/jlayer/commits:NAME docker://" + name);
    }
}
