// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import java.util.List;
import java.util.TreeSet;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;

class ConfigurationCheckTest {

    private final ConfigurationCheck check =
            new ConfigurationCheck(new TreeSet<>(List.of("from", "layering", "to")), TryMojo.class);

    private static Xpp3Dom configuration(String... elements) {
        Xpp3Dom dom = new Xpp3Dom("configuration");
        for (String element : elements) {
            dom.addChild(new Xpp3Dom(element));
        }
        return dom;
    }

    private static Plugin plugin(Xpp3Dom whole, Xpp3Dom ofExecution) {
        Plugin plugin = new Plugin();
        plugin.setConfiguration(whole);
        PluginExecution execution = new PluginExecution();
        execution.setConfiguration(ofExecution);
        plugin.addExecution(execution);
        return plugin;
    }

    @Test
    void knownElementsPass() {
        assertThatCode(() -> {
                    check.check(plugin(configuration("from", "to"), configuration("layering")));
                    check.check(plugin(null, null));
                    check.check(new Plugin());
                })
                .doesNotThrowAnyException();
    }

    @Test
    void unknownElementsAreErrorsThatOfferTheNearest() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> check.check(plugin(configuration("layring"), null)))
                .withMessageContaining("there is no setting <layring> (<configuration> of jlayer-maven-plugin)")
                .withMessageContaining("did you mean <layering>?");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> check.check(plugin(null, configuration("banana"))))
                .withMessageContaining("the settings are annotations, caBundle, ")
                .withMessageContaining(", timings, to, try");
    }

    @Test
    void settingsOfAnotherElementAreToldWithIt() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> check.check(plugin(configuration("mainClass"), null)))
                .withMessageContaining("did you mean <container><mainClass>?");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> check.check(plugin(configuration("user"), null)))
                .withMessageContaining("did you mean <container><user> or <try><user>?");
    }
}
