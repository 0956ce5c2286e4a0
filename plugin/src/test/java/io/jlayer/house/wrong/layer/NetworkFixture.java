// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house.wrong.layer;

import java.net.Socket;
import java.net.SocketException;

/** Reaches for the network, which has its door elsewhere. */
public record NetworkFixture(Socket socket, SocketException harmless) {}
