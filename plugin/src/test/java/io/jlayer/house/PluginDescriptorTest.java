// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Goals, parameters and defaults are what users write against: a change of them is a change of the golden file. */
class PluginDescriptorTest {

    private static final Path DESCRIPTOR = Path.of("target/classes/META-INF/maven/plugin.xml");
    private static final Path CLASSES = Path.of("target/classes/io/jlayer/mojo");
    private static final Path GOLDEN = Path.of("src/test/resources/io/jlayer/house/plugin-descriptor.txt");

    @Test
    void goalsAndParametersAreThoseOfTheGoldenFile() throws Exception {
        String actual = String.join("\n", describe()) + "\n";
        if (Boolean.getBoolean("jlayer.renewGolden")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, actual);
        }
        assertThat(actual)
                .as(
                        "goals and parameters, as in %s; if the change is meant, write it anew with"
                                + " mvn -pl plugin test -Dtest=PluginDescriptorTest -Djlayer.renewGolden=true"
                                + " and say so in CHANGELOG.md",
                        GOLDEN)
                .isEqualTo(Files.readString(GOLDEN));
    }

    private static List<String> describe() throws Exception {
        Element plugin = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new File(DESCRIPTOR.toString()))
                .getDocumentElement();
        List<String> goals = new ArrayList<>();
        for (Element mojo : children(child(plugin, "mojos"))) {
            goals.add(describe(mojo));
        }
        goals.sort(null);
        goals.addAll(describeElements());
        return goals;
    }

    /** Elements within a parameter, which the descriptor does not list. */
    private static List<String> describeElements() throws Exception {
        List<Path> classes;
        try (Stream<Path> all = Files.list(CLASSES)) {
            classes = all.filter(file -> file.toString().endsWith("Parameters.class"))
                    .sorted()
                    .toList();
        }
        List<String> elements = new ArrayList<>();
        for (Path file : classes) {
            Class<?> type = Class.forName(
                    "io.jlayer.mojo." + file.getFileName().toString().replace(".class", ""));
            elements.add(type.getSimpleName());
            Arrays.stream(type.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .map(field -> "  " + field.getName() + " : "
                            + field.getGenericType().getTypeName())
                    .sorted()
                    .forEach(elements::add);
        }
        return elements;
    }

    private static String describe(Element mojo) {
        List<String> lines = new ArrayList<>();
        Element configuration = child(mojo, "configuration");
        for (Element parameter : children(child(mojo, "parameters"))) {
            String name = text(parameter, "name");
            Element value = configuration == null ? null : child(configuration, name);
            lines.add("  " + name + " : " + text(parameter, "type")
                    + (text(parameter, "required").equals("true") ? ", required" : "")
                    + (text(parameter, "editable").equals("false") ? ", read-only" : "")
                    + (value == null || value.getTextContent().isEmpty() ? "" : ", from " + value.getTextContent())
                    + (value == null || !value.hasAttribute("default-value")
                            ? ""
                            : ", else " + value.getAttribute("default-value")));
        }
        lines.sort(null);
        lines.add(
                0,
                text(mojo, "goal") + " at " + text(mojo, "phase") + ", resolves "
                        + text(mojo, "requiresDependencyResolution") + ", thread-safe " + text(mojo, "threadSafe"));
        return String.join("\n", lines);
    }

    private static String text(Element parent, String name) {
        Element child = child(parent, name);
        return child == null ? "-" : child.getTextContent();
    }

    private static Element child(Element parent, String name) {
        return children(parent).stream()
                .filter(child -> child.getTagName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }
}
