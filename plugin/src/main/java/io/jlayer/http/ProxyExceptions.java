// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is reached without a proxy. Names are not looked up. */
public final class ProxyExceptions {

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[?[0-9a-fA-F:]*:[0-9a-fA-F:.]*]?");

    private final List<Predicate<URI>> exceptions;

    private ProxyExceptions(List<Predicate<URI>> exceptions) {
        this.exceptions = exceptions;
    }

    /** Reads {@code NO_PROXY}: commas; domains with all below them; {@code *}; addresses and blocks of them; ports. */
    public static ProxyExceptions commas(String list) {
        return new ProxyExceptions(
                parts(list, "[,\\s]+").map(ProxyExceptions::domain).toList());
    }

    /** Reads Maven's {@code nonProxyHosts}: bars, with {@code *} for any text. */
    public static ProxyExceptions bars(String list) {
        return new ProxyExceptions(
                parts(list, "[|,\\s]+").map(ProxyExceptions::glob).toList());
    }

    private static Stream<String> parts(String list, String separator) {
        return Pattern.compile(separator)
                .splitAsStream(list.toLowerCase(Locale.ROOT))
                .filter(part -> !part.isEmpty());
    }

    boolean matches(URI uri) {
        return exceptions.stream().anyMatch(exception -> exception.test(uri));
    }

    private static Predicate<URI> glob(String pattern) {
        Pattern regex = Pattern.compile(Stream.of(pattern.split("\\*", -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + ".*" + b)
                .orElseThrow());
        return uri -> regex.matcher(host(uri)).matches();
    }

    private static Predicate<URI> domain(String entry) {
        if (entry.equals("*")) {
            return uri -> true;
        }
        if (entry.matches("[0-9a-f.:]+/[0-9]{1,3}")) {
            return block(entry);
        }
        boolean hasPort = entry.matches("[^:]+:[0-9]+|\\[.*]:[0-9]+");
        int port = hasPort ? Integer.parseInt(entry.substring(entry.lastIndexOf(':') + 1)) : -1;
        String name = (hasPort ? entry.substring(0, entry.lastIndexOf(':')) : entry).replaceFirst("^\\*?\\.", "");
        return uri -> (port < 0 || port == Hosts.port(uri))
                && (host(uri).equals(name) || host(uri).endsWith("." + name));
    }

    private static Predicate<URI> block(String entry) {
        String network = entry.substring(0, entry.indexOf('/'));
        int prefix = Integer.parseInt(entry.substring(entry.indexOf('/') + 1));
        if (!ADDRESS.matcher(network).matches()) {
            return uri -> false;
        }
        return uri -> ADDRESS.matcher(host(uri)).matches() && sameBlock(host(uri), network, prefix);
    }

    private static boolean sameBlock(String host, String network, int prefix) {
        try {
            byte[] a = InetAddress.getByName(host).getAddress();
            byte[] b = InetAddress.getByName(network).getAddress();
            int rest = a.length * 8 - prefix;
            return a.length == b.length
                    && rest >= 0
                    && new BigInteger(1, a).shiftRight(rest).equals(new BigInteger(1, b).shiftRight(rest));
        } catch (UnknownHostException e) {
            return false; // looks like an address, but is none
        }
    }

    private static String host(URI uri) {
        return Hosts.host(uri).toLowerCase(Locale.ROOT);
    }
}
