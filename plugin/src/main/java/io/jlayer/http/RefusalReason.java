// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Why a server refused, as far as it says so.
 *
 * @param codes the specification's, or what else the server uses for such
 * @param text all that it said, untidied; empty if that is nothing
 */
record RefusalReason(List<String> codes, String text) {

    /** Reads the form of the specification, and those of servers of tokens, clouds and proxies. */
    static RefusalReason of(Answer refused) {
        String type = refused.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("text/plain") && !isObject(refused.memory())) {
            return new RefusalReason(List.of(), new String(refused.memory(), UTF_8).strip());
        }
        List<String> codes = new ArrayList<>();
        Set<String> said = new LinkedHashSet<>();
        for (JsonObject error : errors(refused)) {
            textOf(error, "code").or(() -> textOf(error, "error")).ifPresent(code -> {
                codes.add(code);
                said.add(code);
            });
            textOf(error, "message")
                    .or(() -> textOf(error, "error_description"))
                    .ifPresent(said::add);
            detail(error).ifPresent(said::add);
        }
        return new RefusalReason(codes, String.join("; ", said));
    }

    private static boolean isObject(byte[] body) {
        return body.length > 0 && body[0] == '{';
    }

    private static List<JsonObject> errors(Answer refused) {
        try {
            JsonObject body = OciJson.parse(refused.memory());
            List<JsonObject> errors = body.objects("errors");
            return errors.isEmpty() ? List.of(body) : errors;
        } catch (IllegalArgumentException e) {
            return List.of(); // a page for people, or nothing
        }
    }

    /** Some say there what it is really about. */
    private static Optional<String> detail(JsonObject error) {
        if (error.members().get("detail") instanceof JsonObject detail) {
            return textOf(detail, "message")
                    .or(() -> Optional.of(detail).filter(any -> !any.isEmpty()).map(OciJson::write));
        }
        return textOf(error, "detail").or(() -> textOf(error, "details"));
    }

    private static Optional<String> textOf(JsonObject error, String name) {
        return Optional.ofNullable(error.members().get(name))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank());
    }
}
