// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.layer.FileContent;
import io.jlayer.oci.Digest;
import io.jlayer.project.Dependency;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The planner itself, for releases.py: how jlayer splits dependencies into layers.
 *
 * <p>Each line asks: a layering, a tab, and dependencies with tabs between them, each {@code group:artifact:version bytes}.
 * Each answer is a line: layers, lowest first, with tabs between them, each the numbers of its dependencies with commas;
 * or "refused: " and why. In this package, and compiled into the planner's own class loader, since the planner is not public.
 */
final class Plans {

    private Plans() {}

    public static void main(String... args) throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
        String question;
        while ((question = questions.readLine()) != null) {
            String answer;
            try {
                answer = answer(question.split("\t"));
            } catch (IllegalArgumentException e) {
                answer = "refused: " + e.getMessage();
            }
            System.out.println(answer);
        }
    }

    private static String answer(String... question) throws IOException {
        List<Dependency> dependencies = new ArrayList<>();
        for (String jar : List.of(question).subList(1, question.length)) {
            dependencies.add(dependency(jar));
        }
        List<String> layers = new ArrayList<>();
        for (DependencyLayer layer : new Layering(question[0], OptionalInt.empty()).split(dependencies)) {
            List<String> numbers = new ArrayList<>();
            for (Dependency dependency : layer.dependencies()) {
                numbers.add(Integer.toString(dependencies.indexOf(dependency)));
            }
            layers.add(String.join(",", numbers));
        }
        return String.join("\t", layers);
    }

    private static Dependency dependency(String jar) {
        String[] words = jar.split(" ");
        String[] coordinates = words[0].split(":");
        FileContent content = new Sized(words[0], Long.parseLong(words[1]));
        return new Dependency(coordinates[0], coordinates[1], coordinates[2], "", "jar", false, content);
    }

    /** A jar of which only the size is known. */
    private record Sized(String name, long size) implements FileContent {

        @Override
        public Digest digest() {
            return Digest.sha256(name);
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    }
}
