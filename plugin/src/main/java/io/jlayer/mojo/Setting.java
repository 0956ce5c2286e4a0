// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a goal's field as one that users set, in the POM or by {@code -Djlayer.…}. Maven's own annotation is not kept at
 * run time.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Setting {

    /** The name in the POM, where the field cannot have it. */
    String value() default "";
}
