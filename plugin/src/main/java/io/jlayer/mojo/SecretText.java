// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.UserError;
import java.util.Map;

/**
 * Secrets in the POM. Maven itself shows under {@code -X} what stands there, {@code ${env.NAME}} replaced by what it
 * stands for; so {@code env:NAME} is understood too, which Maven does not replace.
 */
final class SecretText {

    private static final String VARIABLE = "env:";

    private SecretText() {}

    /**
     * The secret itself.
     *
     * @param where it is set, for the error
     * @throws UserError if it names a variable that is not set
     */
    static String of(String text, Map<String, String> environment, String where) {
        if (!text.startsWith(VARIABLE)) {
            return text;
        }
        String name = text.substring(VARIABLE.length());
        String value = environment.get(name);
        if (value == null) {
            throw new UserError(
                    "the environment has no variable '" + name + "'", where, "set it, or name the one that is set");
        }
        return value;
    }
}
