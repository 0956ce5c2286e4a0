// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a trial's processes tell of themselves, line by line; all other lines are what programs complained of.
 *
 * @param mounted what stood in for what usually is mounted: {@code overlay}, {@code fuse}, {@code memory}, {@code process}
 * @param code the program's own exit code; Ctrl-C can hide it from the processes around it
 * @param complaints the other lines
 */
record TrialState(List<String> mounted, OptionalInt code, String complaints) {

    static TrialState parse(String text) {
        List<String> mounted = new ArrayList<>();
        OptionalInt code = OptionalInt.empty();
        StringBuilder complaints = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("mounted ")) {
                mounted.add(line.substring("mounted ".length()));
            } else if (line.matches("code \\d+")) {
                code = OptionalInt.of(Integer.parseInt(line.substring("code ".length())));
            } else {
                complaints.append(line).append('\n');
            }
        }
        return new TrialState(List.copyOf(mounted), code, complaints.toString().strip());
    }
}
