// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP/1.1 over plain sockets: connections that are kept, TLS, proxies, redirects, answers that come early or never. The door
 * to the network. Knows nothing of registries but how their refusals are worded.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
 */
package io.jlayer.http;
