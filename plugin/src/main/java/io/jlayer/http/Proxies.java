// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which proxy a request goes through. What was configured comes before what the environment says; this machine is never
 * reached through a proxy.
 */
public final class Proxies {

    /** Goes through none. */
    public static final Proxies NONE = new Proxies(List.of());

    private final List<Rule> rules;

    /**
     * A proxy and when it is used.
     *
     * @param scheme of the requests: {@code http} or {@code https}
     * @param server the proxy
     * @param except what is reached without it
     */
    public record Rule(String scheme, ProxyServer server, ProxyExceptions except) {}

    private Proxies(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads the environment's variables after the configured rules.
     *
     * @throws IllegalArgumentException if a variable does not name a proxy; its value, which may hold a password, is not
     *     told
     */
    public static Proxies of(List<Rule> configured, Map<String, String> environment) {
        List<Rule> rules = new ArrayList<>(configured);
        ProxyExceptions except = ProxyExceptions.commas(variable(environment, "NO_PROXY"));
        for (String scheme : List.of("https", "http")) {
            String name = scheme.toUpperCase(Locale.ROOT) + "_PROXY";
            String value = variable(environment, name);
            String used = value.isEmpty() ? "ALL_PROXY" : name;
            value = value.isEmpty() ? variable(environment, used) : value;
            if (!value.isEmpty()) {
                rules.add(new Rule(scheme, server(used, value), except));
            }
        }
        return new Proxies(rules);
    }

    /**
     * The rules that a proxy of Maven's settings stands for. Its protocol is that of the requests that go through it, and
     * the proxy is talked to in HTTP; or it is SOCKS, which takes all.
     *
     * @param server makes the proxy of the kind that it is found to be
     * @throws IllegalArgumentException if the protocol is none of these
     */
    public static List<Rule> rules(
            String protocol, Function<ProxyServer.Kind, ProxyServer> server, ProxyExceptions except) {
        String lower = protocol == null ? "http" : protocol.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "http", "https" -> List.of(new Rule(lower, server.apply(ProxyServer.Kind.HTTP), except));
            case "socks5", "socks_5", "socks5h" -> {
                ProxyServer proxy =
                        server.apply(lower.equals("socks5h") ? ProxyServer.Kind.SOCKS_NAMES : ProxyServer.Kind.SOCKS);
                yield List.of(new Rule("https", proxy, except), new Rule("http", proxy, except));
            }
            default ->
                throw new IllegalArgumentException("the proxy " + server.apply(ProxyServer.Kind.HTTP)
                        + " has the protocol '" + protocol + "', which is none of http, https, socks5, socks5h");
        };
    }

    /** Small letters first: it is these that all programs agree on. */
    private static String variable(Map<String, String> environment, String name) {
        String small = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        return (small.isEmpty() ? environment.getOrDefault(name, "") : small).strip();
    }

    private static ProxyServer server(String variable, String value) {
        try {
            URI uri = new URI(value.contains("://") ? value : "http://" + value);
            Optional<ProxyServer.Kind> kind = ProxyServer.Kind.of(uri.getScheme());
            if (kind.isPresent() && !Hosts.host(uri).isEmpty()) {
                int port = Hosts.writtenPort(uri).isEmpty() ? kind.get().defaultPort() : Hosts.port(uri);
                return new ProxyServer(kind.get(), Hosts.host(uri), port, credential(uri));
            }
        } catch (URISyntaxException e) {
            // The cause repeats the value, password and all.
        }
        throw new IllegalArgumentException("the environment's " + variable
                + " names no proxy that can be used: expected http://, https://, socks5:// or socks5h://host:port");
    }

    private static Optional<Credential.Password> credential(URI uri) {
        int end = uri.getRawAuthority().lastIndexOf('@');
        if (end < 0) {
            return Optional.empty();
        }
        String user = uri.getRawAuthority().substring(0, end);
        int colon = user.indexOf(':');
        return Optional.of(new Credential.Password(
                decoded(colon < 0 ? user : user.substring(0, colon)),
                colon < 0 ? "" : decoded(user.substring(colon + 1))));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The proxy for a request, if it goes through one. */
    Optional<ProxyServer> find(URI uri) {
        if (Hosts.isLoopback(Hosts.host(uri))) {
            return Optional.empty();
        }
        return rule(uri.getScheme())
                // As Maven: what serves http serves https too, unless something is said for that.
                .or(() -> uri.getScheme().equals("https") ? rule("http") : Optional.empty())
                .filter(rule -> !rule.except().matches(uri))
                .map(Rule::server);
    }

    private Optional<Rule> rule(String scheme) {
        return rules.stream().filter(rule -> rule.scheme().equals(scheme)).findFirst();
    }
}
