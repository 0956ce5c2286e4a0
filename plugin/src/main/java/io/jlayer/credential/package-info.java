// SPDX-License-Identifier: Apache-2.0
/**
 * Who one is to a registry: from the POM, settings.xml, the files of docker and podman, helper programs and the environment.
 * Secrets are handed on and never shown.
 */
package io.jlayer.credential;
