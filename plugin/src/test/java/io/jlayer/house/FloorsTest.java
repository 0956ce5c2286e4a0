// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jlayer.house.wrong.attic.HomelessFixture;
import io.jlayer.house.wrong.layer.DoorFixture;
import io.jlayer.house.wrong.layer.NetworkFixture;
import io.jlayer.house.wrong.layout.CircleFixture;
import io.jlayer.house.wrong.local.SidewaysFixture;
import io.jlayer.house.wrong.oci.UpwardFixture;
import org.junit.jupiter.api.Test;

class FloorsTest {

    private static final Floors WRONG = new Floors("io.jlayer.house.wrong");

    @Test
    void everyPackageSeesOnlyFloorsBelow() {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.jlayer");
        new Floors("io.jlayer").check(ours);
    }

    @Test
    void anUpwardArrowIsNamed() {
        refuses(UpwardFixture.class, "upward: oci.UpwardFixture -> layer.DoorFixture");
    }

    @Test
    void anArrowAlongAFloorIsNamed() {
        refuses(SidewaysFixture.class, "sideways: local.SidewaysFixture -> layout.CircleFixture");
    }

    @Test
    void aLibraryOutsideItsDoorIsNamed() {
        refuses(DoorFixture.class, "not its door: layer.DoorFixture -> com.fasterxml.jackson.core.JsonFactory");
    }

    @Test
    void theNetworkOutsideItsDoorIsNamed() {
        refuses(NetworkFixture.class, "not its door: layer.NetworkFixture -> java.net.Socket");
        assertThatThrownBy(() -> WRONG.check(new ClassFileImporter().importClasses(NetworkFixture.class)))
                .hasMessageNotContaining("SocketException");
    }

    @Test
    void aPackageWithoutAFloorIsNamed() {
        refuses(HomelessFixture.class, "package 'attic' is on no floor: attic.HomelessFixture");
    }

    @Test
    void aCircleInsideAFloorIsNamed() {
        JavaClasses wrong = new ClassFileImporter().importPackagesOf(CircleFixture.class);
        assertThatThrownBy(() -> WRONG.check(wrong))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected")
                .hasMessageContaining("CircleFixture");
    }

    private static void refuses(Class<?> fixture, String message) {
        JavaClasses wrong = new ClassFileImporter().importClasses(fixture);
        assertThatThrownBy(() -> WRONG.check(wrong))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
