// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.http.Credential;
import io.jlayer.http.Events;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsReaderTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "JLAYER_REGISTRY_USERNAME", "ann",
            "JLAYER_REGISTRY_PASSWORD", "secret",
            "REGISTRY_AUTH_FILE", "/nowhere/auth.json",
            "DOCKER_CONFIG", "/nowhere");

    private final BuildMojo goal = new BuildMojo();

    /** What the environment's general variables give for a registry. */
    private Optional<Credential> shownTo(String registry) throws IOException {
        return new RegistrySettingsReader(goal, nothingIsEncrypted(), ENVIRONMENT, Events.NONE)
                .read()
                .credentials()
                .find(registry, "library/x");
    }

    @SuppressWarnings("deprecation") // the only session that can be made without a container
    private RegistrySettingsReaderTest to(String... targets) {
        goal.to = new ToParameters();
        goal.to.images = new ArrayList<>(List.of(targets));
        goal.session =
                new MavenSession(null, null, new DefaultMavenExecutionRequest(), new DefaultMavenExecutionResult()) {
                    @Override
                    public Settings getSettings() {
                        return new Settings();
                    }
                };
        return this;
    }

    private static SettingsDecrypter nothingIsEncrypted() {
        SettingsDecryptionResult nothing = (SettingsDecryptionResult) Proxy.newProxyInstance(
                SettingsDecryptionResult.class.getClassLoader(),
                new Class<?>[] {SettingsDecryptionResult.class},
                (self, method, arguments) -> List.of());
        return request -> nothing;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oci:out",
                "oci-archive:app.tar",
                "docker-archive:app.tar",
                "docker-daemon:hello",
                "containers-storage:hello",
                "docker-daemon:shop/app:1.0",
                "rootfs:tree",
                "jdk:",
                "scratch",
                "oci-archve:app.tar",
                "hello"
            })
    void noTransportButARegistryIsGivenTheGeneralPassword(String target) throws IOException {
        assertThat(to(target).shownTo("docker.io")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann/app", "docker.io/ann/app:1", "docker://ann/app", "docker://docker.io/ann/app"})
    void namesInDockersRegistryAreOfARegistry(String target) throws IOException {
        assertThat(to(target).shownTo("docker.io")).isPresent();
        assertThat(to(target).shownTo("other.example")).isEmpty();
    }

    @Test
    void aCacheIsWrittenToAsWell() throws IOException {
        goal.cache.registry = "cache.example/layers";
        assertThat(to("oci:out").shownTo("cache.example")).isPresent();
        assertThat(to("oci:out").shownTo("docker.io")).isEmpty();
        goal.cache.registry = "docker-daemon:hello";
        assertThat(to("oci:out").shownTo("docker.io")).isEmpty();
    }
}
