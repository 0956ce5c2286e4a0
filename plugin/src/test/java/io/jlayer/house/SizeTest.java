// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How big files are, and what no file may say. */
class SizeTest {

    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");

    private static final int LONGEST = 400;
    private static final int LONG = 250;
    /** "Few" in numbers: of a hundred files, so many may be longer than {@link #LONG}. */
    private static final int FEW_PERCENT = 7;

    private static final int MEDIAN = 100;

    private static final Pattern FORBIDDEN_NAME =
            Pattern.compile("(Abstract.*|.*(Utils?|Helper|Manager|Impl|Const(ants)?|Step))\\.java");
    /** Written so that this file does not find itself. */
    private static final Pattern PUT_OFF = Pattern.compile("TO" + "DO(?!.*#\\d)");

    private static final Pattern AUTHOR = Pattern.compile("@" + "author");

    /** Faults on the way come out of these unchecked. A walk with a visitor throws what it says. */
    private static final Pattern LISTS = Pattern.compile("\\bFiles\\.(newDirectoryStream|walk|list|find)\\(");

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void filesAreShort(Path root) {
        SortedMap<Path, List<String>> files = files(root);
        assertThat(which(files, lines -> lines.size() > LONGEST)).isEmpty();
        assertThat(which(files, lines -> lines.size() > LONG))
                .as("files of more than %s lines", LONG)
                .hasSizeLessThanOrEqualTo(files.size() * FEW_PERCENT / 100);
    }

    @Test
    void theUsualFileFitsOnAPage() {
        List<Integer> sizes =
                files(MAIN).values().stream().map(List::size).sorted().toList();
        assertThat(sizes.get(sizes.size() / 2)).as("median of lines").isLessThanOrEqualTo(MEDIAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void everyFileNamesItsLicenseFirst(Path root) {
        assertThat(which(
                        files(root),
                        lines -> lines.isEmpty() || !lines.get(0).equals("// SPDX-License-Identifier: Apache-2.0")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void nobodySignsAndNothingIsPutOffWithoutAnIssue(Path root) {
        assertThat(which(files(root), lines -> lines.stream().anyMatch(AUTHOR.asPredicate())))
                .isEmpty();
        assertThat(which(files(root), lines -> lines.stream().anyMatch(PUT_OFF.asPredicate())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void namesSayWhatAThingIs(Path root) {
        assertThat(files(root).keySet())
                .map(file -> file.getFileName().toString())
                .noneMatch(FORBIDDEN_NAME.asMatchPredicate());
    }

    @Test
    void directoriesAreListedInOnePlace() {
        Predicate<List<String>> lists = lines -> lines.stream().anyMatch(LISTS.asPredicate());
        assertThat(which(files(MAIN), lists)).containsExactly(MAIN.resolve("io/jlayer/blob/Listing.java"));
    }

    @Test
    void everyPackageSaysWhatItHolds() {
        assertThat(files(MAIN).keySet().stream().map(Path::getParent).distinct())
                .allMatch(directory -> Files.exists(directory.resolve("package-info.java")));
    }

    @Test
    void everyTestIsInAPackageOfTheHouse() {
        assertThat(files(TEST).keySet()).allMatch(file -> file.startsWith(TEST.resolve("io/jlayer")));
    }

    private static List<Path> which(SortedMap<Path, List<String>> files, Predicate<List<String>> wanted) {
        return files.keySet().stream()
                .filter(file -> wanted.test(files.get(file)))
                .toList();
    }

    private static SortedMap<Path, List<String>> files(Path root) {
        SortedMap<Path, List<String>> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".java")).toList()) {
                files.put(file, Files.readAllLines(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
