// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.StringReader;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.classworlds.realm.ClassRealm;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluator;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationSlipTest {

    /** Knows one property, and leaves what is no property as it is. */
    private static final ExpressionEvaluator EVALUATOR = new ExpressionEvaluator() {
        @Override
        public Object evaluate(String expression) {
            return expression.equals("${most}") ? "many" : expression.startsWith("${") ? null : expression;
        }

        @Override
        public File alignToBaseDirectory(File file) {
            return file;
        }
    };

    private static BuildMojo configured(String xml) throws Exception {
        BuildMojo goal = new BuildMojo();
        ClassRealm realm = new ClassWorld("test", ConfigurationSlipTest.class.getClassLoader()).getRealm("test");
        new TellingConfigurator()
                .configureComponent(
                        goal,
                        new XmlPlexusConfiguration(
                                Xpp3DomBuilder.build(new StringReader("<configuration>" + xml + "</configuration>"))),
                        EVALUATOR,
                        realm,
                        null);
        return goal;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            <try><timout>1s</timout></try> | there is no setting <timout> in <try> | did you mean <timeout>?
            <container><mainclass>A</mainclass></container> | <mainclass> in <container> | did you mean <mainClass>?
            <layers><layer><nme>a</nme></layer></layers> | <nme> in <layers><layer> | did you mean <name>?
            <container><banana/></container> | <banana> in <container> | its settings are appRoot, args, created
            <to><imag>a/b</imag></to> | <imag> in <to> | did you mean <image>?
            <container>A</container> | <container> has text in place of elements | write them within: appRoot, args
            <container><labels>a=b</labels></container> | has text in place | write <container><labels><NAME>value</NAME>
            <layers>conf</layers> | <layers> has text in place of elements | write an element for each of the <layers>
            <store><at>a</at></store> | there is no <at> in <store> | write text alone in <store>
            <maxLayers>many</maxLayers> | 'many' is not a whole number (<maxLayers>) | write digits alone, as 64
            <maxLayers>${most}</maxLayers> | 'many' is not a whole number (<maxLayers>) | write digits alone, as 64
            <push>yes</push> | 'yes' is neither true nor false | write true or false
            <skip>maybe</skip> | 'maybe' is neither true nor false (<skip> or -Djlayer.skip) | write one of the two
            <try><shell>yes</shell></try> | (<try><shell> or -Djlayer.try.shell) | write one of the two
            """)
    void whatIsWrongIsToldWithItsPlaceAndWhatHelps(String xml, String what, String remedy) {
        assertThatExceptionOfType(ComponentConfigurationException.class)
                .isThrownBy(() -> configured(xml))
                .withMessageContaining(what)
                .withMessageContaining("To fix: ")
                .withMessageContaining(remedy)
                .withNoCause();
    }

    @Test
    void whatMavenAloneKnowsIsToldInItsOwnWords() {
        assertThatExceptionOfType(ComponentConfigurationException.class)
                .isThrownBy(() -> configured("<banana/>"))
                .withMessageContaining("Cannot find 'banana'");
    }

    @Test
    void withoutASlipTheFieldsAreSet() throws Exception {
        BuildMojo goal = configured("<to>a.io/b</to><maxLayers>7</maxLayers><push/><compressionLevel>${unset}"
                + "</compressionLevel><container><labels><a.b>c</a.b></labels></container><skip> TRUE </skip><timings>${empty}</timings>"
                + "<try><shell>true</shell><readOnly>${unset}</readOnly></try>");
        assertThat(goal.targets()).containsExactly("a.io/b");
        assertThat(goal.maxLayers).isEqualTo(7);
        assertThat(goal.compressionLevel).isNull();
        assertThat(goal.container.labels).containsEntry("a.b", "c");
        assertThat(goal.skip).isTrue();
        assertThat(goal.timings).isFalse();
        assertThat(goal.trial.shell).isTrue();
        assertThat(goal.trial.readOnly).isFalse();
    }
}
