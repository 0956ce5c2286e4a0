// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import io.jlayer.oci.ImageRef;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of hosts mean: which is this machine, and which are Docker's own under other names. */
public final class Hosts {

    /** Docker's key for its own registry in configurations and helpers. */
    public static final String DOCKER_KEY = "https://index.docker.io/v1/";

    private static final String DOCKER_SERVER = "registry-1.docker.io";

    private static final List<String> DOCKER_ALIASES =
            List.of(ImageRef.DEFAULT_REGISTRY, "index.docker.io", DOCKER_SERVER, "registry.hub.docker.com");

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private Hosts() {}

    /** The host that serves a registry. */
    public static String server(String registry) {
        return registry.equals(ImageRef.DEFAULT_REGISTRY) ? DOCKER_SERVER : registry;
    }

    /** The name that stands for all names of the same registry. */
    public static String canonical(String registry) {
        String lower = registry.toLowerCase(Locale.ROOT);
        return DOCKER_ALIASES.contains(lower) ? ImageRef.DEFAULT_REGISTRY : lower;
    }

    /** Whether nobody but this machine hears what is said to the host; names are not looked up. */
    public static boolean isLoopback(String host) {
        String bare = host.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
        return bare.equals("localhost")
                || bare.endsWith(".localhost")
                || bare.matches("127(?:\\.[0-9]{1,3}){3}")
                || (bare.indexOf(':') >= 0 && isLoopbackAddress(bare));
    }

    /** Of an address with colons, which has many spellings; what is none is not looked up. */
    private static boolean isLoopbackAddress(String literal) {
        try {
            return InetAddress.getByName("[" + literal + "]").isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** {@code host} or {@code host:port} without its port. */
    public static String withoutPort(String authority) {
        return authority.replaceAll(":[0-9]+$", "");
    }

    /**
     * The host of an address, in brackets where it has colons; empty if there is none. Names of containers may hold {@code _},
     * which {@link URI} does not take for a host's.
     */
    public static String host(URI uri) {
        if (uri.getHost() != null) {
            return uri.getHost();
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        String name = PORT.matcher(authority.substring(authority.lastIndexOf('@') + 1))
                .replaceFirst("");
        return name.matches("[A-Za-z0-9._-]+") ? name : "";
    }

    /** The port that stands in an address, behind its colon; empty if none does. */
    static String writtenPort(URI uri) {
        if (uri.getHost() != null) {
            return uri.getPort() < 0 ? "" : ":" + uri.getPort();
        }
        Matcher port = PORT.matcher(uri.getRawAuthority() == null ? "" : uri.getRawAuthority());
        return port.find() ? port.group() : "";
    }

    /** Whether a list names a host, with its port or for all ports. */
    public static boolean named(Collection<String> list, URI uri) {
        return named(list, host(uri), port(uri));
    }

    public static boolean named(Collection<String> list, String host, int port) {
        String name = bracketed(host.toLowerCase(Locale.ROOT));
        for (String entry : list) {
            String lower = entry.toLowerCase(Locale.ROOT);
            if (lower.equals(name) || lower.equals(name + ":" + port)) {
                return true;
            }
        }
        return false;
    }

    /** An address that has colons of its own, as it stands before a port. */
    static String bracketed(String host) {
        return host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
    }

    static String authority(URI uri) {
        return host(uri).toLowerCase(Locale.ROOT) + writtenPort(uri);
    }

    /** Whether both addresses are the same server: what may be told to one may be told to the other. */
    public static boolean sameOrigin(URI a, URI b) {
        return a.getScheme().equalsIgnoreCase(b.getScheme()) && host(a).equalsIgnoreCase(host(b)) && port(a) == port(b);
    }

    static int port(URI uri) {
        String written = writtenPort(uri);
        if (!written.isEmpty()) {
            return Integer.parseInt(written.substring(1));
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
