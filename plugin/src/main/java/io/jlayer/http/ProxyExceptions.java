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

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

    /** What cannot be taken for a name: whoever reads one of these looks nothing up. */
    private static final Pattern ADDRESS =
            Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}|[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*");

    private static final int MOST_BITS = 128;

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
        return uri -> regex.matcher(host(uri)).matches()
                || regex.matcher("[" + host(uri) + "]").matches();
    }

    private static Predicate<URI> domain(String entry) {
        if (entry.equals("*")) {
            return uri -> true;
        }
        int slash = entry.indexOf('/');
        if (slash > 0 && entry.substring(slash + 1).matches("[0-9]{1,3}")) {
            return block(bare(entry.substring(0, slash)), Integer.parseInt(entry.substring(slash + 1)));
        }
        boolean hasPort = entry.matches("[^:]+:[0-9]+|\\[.*]:[0-9]+");
        int colon = entry.lastIndexOf(':');
        Predicate<URI> host = host(bare(hasPort ? entry.substring(0, colon) : entry));
        if (!hasPort) {
            return host;
        }
        String port = entry.substring(colon + 1).replaceFirst("^0+(?=.)", "");
        return uri -> port.equals(Integer.toString(Hosts.port(uri))) && host.test(uri);
    }

    /** An address, however it is spelled, or a name with all below it. */
    private static Predicate<URI> host(String entry) {
        if (ADDRESS.matcher(entry).matches()) {
            return block(entry, MOST_BITS);
        }
        String name = entry.replaceFirst("^\\*?\\.", "");
        return uri -> host(uri).equals(name) || host(uri).endsWith("." + name);
    }

    private static Predicate<URI> block(String network, int prefix) {
        if (!ADDRESS.matcher(network).matches()) {
            return uri -> false;
        }
        return uri -> ADDRESS.matcher(host(uri)).matches() && sameBlock(host(uri), network, prefix);
    }

    private static boolean sameBlock(String host, String network, int prefix) {
        try {
            byte[] a = InetAddress.getByName(host).getAddress();
            byte[] b = InetAddress.getByName(network).getAddress();
            int rest = Math.max(0, a.length * 8 - prefix);
            return a.length == b.length
                    && new BigInteger(1, a).shiftRight(rest).equals(new BigInteger(1, b).shiftRight(rest));
        } catch (UnknownHostException e) {
            return false; // looks like an address, but is none
        }
    }

    /** The host alone, an IPv6 address without the brackets that it has in an address of the web. */
    private static String host(URI uri) {
        return bare(Hosts.host(uri).toLowerCase(Locale.ROOT));
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
