// SPDX-License-Identifier: Apache-2.0
/**
 * From an application and settings to a plan: what lies in which layer, and what runs. All is decided here before anything is
 * written; {@link io.jlayer.plan.Layering} is how dependencies are split.
 */
package io.jlayer.plan;
