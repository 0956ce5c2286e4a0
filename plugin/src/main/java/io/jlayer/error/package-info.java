// SPDX-License-Identifier: Apache-2.0
/**
 * What users are told when something cannot be done: what is wrong, where it was set, and how to mend it.
 */
package io.jlayer.error;
