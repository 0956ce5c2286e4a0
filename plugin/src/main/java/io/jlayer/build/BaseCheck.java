// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.plan.BuildPlan;
import io.jlayer.plan.PlannedLayer;
import io.jlayer.plan.WebRoot;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out before anything is made whether the application can run on its base, as far as the base says what it is. */
final class BaseCheck {

    /** As the images of all known JDK vendors write it: {@code 17.0.15+6}, {@code jdk-21.0.5+11}, {@code 8u432}; a date is none. */
    private static final Pattern VERSION = Pattern.compile("^(?:jdk-?|java-?)?(?:1\\.)?(\\d{1,3})(?!\\d)");

    private BaseCheck() {}

    static void check(BuildPlan plan, Image base) {
        checkServer(plan, base);
        int layers = base.lowestFirst().size() + plan.lowestFirst().size();
        if (layers > Image.MAX_LAYERS) {
            throw new UserError(
                    "the image would have " + layers + " layers; container engines take at most " + Image.MAX_LAYERS,
                    "the base has " + base.lowestFirst().size() + ", <layering> and <layers> add "
                            + plan.lowestFirst().size(),
                    "use <layering>auto</layering>, or set <maxLayers> to "
                            + Math.max(1, Image.MAX_LAYERS - base.lowestFirst().size() - 8) + " or less");
        }
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

    private static void checkServer(BuildPlan plan, Image base) {
        for (PlannedLayer layer : plan.lowestFirst()) {
            if (layer.place() == PlannedLayer.Place.WEB_ROOT) {
                WebRoot.of(plan.container().appRoot(), plan.from(), base.config());
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
