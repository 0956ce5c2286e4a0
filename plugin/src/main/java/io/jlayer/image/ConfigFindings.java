// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.oci.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with how a config says that its image is run. Clients read these members into fixed types, and refuse the
 * image if one is of another.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties">config.md, Properties</a>
 */
final class ConfigFindings {

    private static final List<String> TEXTS = List.of("User", "WorkingDir", "StopSignal");
    private static final List<String> LISTS = List.of("Env", "Entrypoint", "Cmd");
    private static final List<String> SETS = List.of("ExposedPorts", "Volumes");

    private final JsonObject execution;
    private final List<String> errors = new ArrayList<>();

    private ConfigFindings(JsonObject execution) {
        this.execution = execution;
    }

    /** What makes clients refuse it, each in half a sentence. */
    static List<String> errors(JsonObject execution) {
        ConfigFindings findings = new ConfigFindings(execution);
        TEXTS.forEach(name -> findings.check(() -> execution.text(name)));
        LISTS.forEach(name -> findings.check(() -> execution.texts(name)));
        SETS.forEach(name -> findings.check(() -> findings.set(name)));
        findings.check(() -> execution.textMap("Labels"));
        return findings.errors;
    }

    private void set(String name) {
        for (Map.Entry<String, Object> member :
                execution.object(name).orElse(JsonObject.EMPTY).members().entrySet()) {
            if (member.getValue() != null && !(member.getValue() instanceof JsonObject)) {
                throw new IllegalArgumentException("'" + name + "." + member.getKey() + "' is not an object");
            }
        }
    }

    private void check(Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            errors.add("how the image is run cannot be read: " + e.getMessage());
        }
    }

    /** What clients take each in another way. */
    static List<String> warnings(JsonObject execution) {
        Object env = execution.members().get("Env");
        List<String> warnings = new ArrayList<>();
        for (Object line : env instanceof List<?> lines ? lines : List.of()) {
            if (line instanceof String text && text.indexOf('=') <= 0) {
                warnings.add("'" + text + "' in its environment is no NAME=VALUE");
            }
        }
        return warnings;
    }
}
