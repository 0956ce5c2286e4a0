// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.plan.BuildPlan;
import io.jlayer.plan.PlannedLayer;
import io.jlayer.plan.WebRoot;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out before anything is made whether the application can run on its base, as far as the base says what it is. */
final class BaseCheck {

    /** As the images of all known JDK vendors write it: {@code 17.0.15+6}, {@code jdk-21.0.5+11}, {@code 8u432}; a date is none. */
    private static final Pattern VERSION = Pattern.compile("^(?:jdk-?|java-?)?(?:1\\.)?(\\d{1,3})(?!\\d)");

    /** The origins of the layers that {@code <maxLayers>} is about. */
    private static final Set<String> DEPENDENCIES = Set.of("dependencies", "snapshots", "modules");

    private BaseCheck() {}

    static void check(BuildPlan plan, Image base) {
        checkServer(plan, base);
        checkCount(plan, base.lowestFirst().size());
        OptionalInt offered = javaRelease(base);
        if (plan.javaRelease().isPresent()
                && offered.isPresent()
                && offered.getAsInt() < plan.javaRelease().getAsInt()) {
            throw new UserError(
                    "the classes need Java " + plan.javaRelease().getAsInt() + " and the base image has Java "
                            + offered.getAsInt(),
                    "<from>" + plan.from() + "</from>",
                    (plan.from().startsWith("jdk") ? "build with" : "choose a base with") + " Java "
                            + plan.javaRelease().getAsInt() + " or newer, or set <maven.compiler.release>"
                            + offered.getAsInt()
                            + "</maven.compiler.release> and compile again");
        }
    }

    private static void checkCount(BuildPlan plan, int base) {
        int added = plan.lowestFirst().size();
        if (base + added <= Image.MAX_LAYERS) {
            return;
        }
        int dependencies = (int) plan.lowestFirst().stream()
                .filter(layer -> DEPENDENCIES.contains(layer.origin()))
                .count();
        int room = Image.MAX_LAYERS - base - (added - dependencies);
        boolean fewer = dependencies > 1 && room > 0;
        int most = Math.max(0, Image.MAX_LAYERS - (added - dependencies) - Math.min(dependencies, 1));
        throw new UserError(
                "the image would have " + (base + added) + " layers; container engines take at most "
                        + Image.MAX_LAYERS,
                "the base has " + base + ", <layering> and <layers> add " + added,
                fewer
                        ? "use <layering>auto</layering>, or set <maxLayers> to " + room + " or less"
                        : "the base has too many: name one with " + most
                                + " at most, or make one layer of this one's, as" + " podman build --squash-all does");
    }

    private static void checkServer(BuildPlan plan, Image base) {
        for (PlannedLayer layer : plan.lowestFirst()) {
            if (layer.place() == PlannedLayer.Place.WEB_ROOT) {
                WebRoot.of(plan.container(), plan.from(), base.config());
            }
        }
    }

    /** What the base says in {@code JAVA_VERSION}. */
    private static OptionalInt javaRelease(Image base) {
        for (String line : base.config().execution().texts("Env")) {
            if (line.startsWith("JAVA_VERSION=")) {
                Matcher version = VERSION.matcher(line.substring("JAVA_VERSION=".length()));
                return version.find() ? OptionalInt.of(Integer.parseInt(version.group(1))) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }
}
