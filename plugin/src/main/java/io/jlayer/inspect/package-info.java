// SPDX-License-Identifier: Apache-2.0
/**
 * An image as people look at it: what runs, what each layer holds, what is in it for nothing; as facts and as a page. Text
 * of others is masked where it looks like a secret, and still theirs: who shows it on a terminal uses {@code VisibleText}.
 */
package io.jlayer.inspect;
