// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.util.Locale;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.converters.basic.BooleanConverter;

/** Takes {@code true} and {@code false} for what they are, and nothing else for {@code false} as Maven does. */
final class YesOrNo extends BooleanConverter {

    @Override
    public Object fromString(String text) throws ComponentConfigurationException {
        if (!text.isBlank() && !isSaid(text)) { // a property that is empty says nothing, as ever
            throw new ComponentConfigurationException("'" + text + "' is neither true nor false");
        }
        return super.fromString(text.strip());
    }

    /** Whether the text says either. */
    static boolean isSaid(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return word.equals("true") || word.equals("false");
    }
}
