// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

/**
 * A TCP port of this machine that leads to one of the trial's.
 *
 * @param host on this machine
 * @param container in the trial
 */
public record PublishedPort(int host, int container) {

    public PublishedPort {
        check(host);
        check(container);
    }

    /**
     * Reads {@code HOST:CONTAINER}, or one number for both.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static PublishedPort parse(String text) {
        String[] parts = text.split(":", -1);
        try {
            return switch (parts.length) {
                case 1 -> new PublishedPort(Integer.parseInt(parts[0]), Integer.parseInt(parts[0]));
                case 2 -> new PublishedPort(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
                default -> throw new IllegalArgumentException("'" + text + "' is not HOST:CONTAINER");
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:CONTAINER, two numbers of ports", e);
        }
    }

    private static void check(int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(port + " is not a port: 1 to 65535");
        }
    }
}
