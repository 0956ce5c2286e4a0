// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ConfigurationFieldsTest {

    private static final File DESCRIPTOR = new File("target/classes/META-INF/maven/plugin.xml");

    /** What Maven takes from a POM, the command line takes too, and nothing else. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                BuildMojo.class,
                DiffMojo.class,
                InspectMojo.class,
                LoadMojo.class,
                PruneMojo.class,
                PushMojo.class,
                SaveMojo.class,
                TryMojo.class,
                TrialsMojo.class,
                VerifyMojo.class
            })
    void settingsOfAGoalAreItsParameters(Class<?> goal) throws Exception {
        assertThat(ConfigurationFields.of(goal).keySet()).isEqualTo(parameters(goal));
    }

    private static SortedSet<String> parameters(Class<?> goal) throws Exception {
        NodeList mojos = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(DESCRIPTOR)
                .getElementsByTagName("mojo");
        SortedSet<String> names = new TreeSet<>();
        for (int i = 0; i < mojos.getLength(); i++) {
            Element mojo = (Element) mojos.item(i);
            NodeList parameters = mojo.getElementsByTagName("parameter");
            for (int j = 0; text(mojo, "implementation").equals(goal.getName()) && j < parameters.getLength(); j++) {
                Element parameter = (Element) parameters.item(j);
                if (text(parameter, "editable").equals("true")) {
                    names.add(text(parameter, "name"));
                }
            }
        }
        return names;
    }

    private static String text(Element in, String name) {
        return in.getElementsByTagName(name).item(0).getTextContent();
    }
}
