// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import org.codehaus.plexus.classworlds.realm.ClassRealm;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.ConfigurationListener;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluator;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * Sets a goal's fields as Maven itself does. Where that fails, which Maven tells in the words of its own classes, this
 * says what is wrong, where, and what to write instead. A configuration without a slip is set by Maven alone.
 */
public final class TellingConfigurator extends BasicComponentConfigurator {

    /** By this name, which stands in {@code META-INF/plexus/components.xml} too, goals ask for it. */
    static final String HINT = "jlayer";

    public TellingConfigurator() {
        converterLookup.registerConverter(new YesOrNo());
    }

    @Override
    public void configureComponent(
            Object goal,
            PlexusConfiguration configuration,
            ExpressionEvaluator evaluator,
            ClassRealm realm,
            ConfigurationListener listener)
            throws ComponentConfigurationException {
        try {
            super.configureComponent(goal, configuration, evaluator, realm, listener);
        } catch (ComponentConfigurationException e) {
            String slip = ConfigurationSlip.in(configuration, goal, evaluator, e);
            if (slip.isEmpty()) {
                throw e;
            }
            // As a cause, Maven would print it behind.
            ComponentConfigurationException told = new ComponentConfigurationException(slip);
            told.addSuppressed(e);
            throw told;
        }
    }
}
