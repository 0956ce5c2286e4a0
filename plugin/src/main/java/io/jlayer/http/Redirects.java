// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.Optional;

/** Follows redirects, and takes what proves who we are along only to the server that asked for it. */
public final class Redirects {

    private static final int MOST = 5;

    private static final String UNSAFE = "\"<>\\^`{|}";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Http http;

    public Redirects(Http http) {
        this.http = http;
    }

    public Answer send(Call call) throws IOException {
        Call next = call;
        for (int hops = 0; ; hops++) {
            Answer answer = http.send(next);
            Optional<String> location = answer.header("Location").filter(text -> isFollowed(answer, call.method()));
            if (location.isEmpty()) {
                return answer;
            }
            answer.remembered();
            if (hops == MOST) {
                throw new FinalException(call + ": was redirected more than " + MOST + " times");
            }
            URI target = resolved(next.uri(), location.get());
            boolean stays = Hosts.sameOrigin(next.uri(), target);
            if (!stays && call.method().equals("POST") && next.shown().isPresent()) {
                throw new FinalException(call + ": was redirected to another host, which is not told who asks");
            }
            next = (stays ? next : next.toStrangers()).to(target);
        }
    }

    /** Reading may be sent anywhere; what changes something only where the redirect says that it stays what it is. */
    private static boolean isFollowed(Answer answer, String method) {
        return switch (answer.status()) {
            case 301, 302, 303 -> method.equals("GET") || method.equals("HEAD");
            case 307, 308 -> true;
            default -> false;
        };
    }

    /** What no address may hold is written as it should have been; many servers do not care. */
    private static String escaped(String location) {
        StringBuilder text = new StringBuilder(location.length());
        for (int i = 0; i < location.length(); i++) {
            char c = location.charAt(i);
            boolean stray = c == '%' && !isEscape(location, i);
            if (stray || c <= ' ' || c >= 0x7f || UNSAFE.indexOf(c) >= 0) {
                text.append('%').append(HEX.toHexDigits((byte) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static boolean isEscape(String text, int percent) {
        return text.length() > percent + 2
                && HexFormat.isHexDigit(text.charAt(percent + 1))
                && HexFormat.isHexDigit(text.charAt(percent + 2));
    }

    /** Reads a {@code Location}, which may be relative. */
    public static URI resolved(URI base, String location) throws IOException {
        URI target;
        try {
            target = base.resolve(new URI(escaped(location)));
        } catch (URISyntaxException e) {
            // Neither the location nor the cause that repeats it may be told: it may be signed.
            throw new FinalException(ErrorText.of(base) + " points to something that is no address");
        }
        boolean web = "http".equalsIgnoreCase(target.getScheme()) || "https".equalsIgnoreCase(target.getScheme());
        if (!web || Hosts.host(target).isEmpty()) {
            throw new FinalException(ErrorText.of(base) + " points to something that is no address of the web");
        }
        return target;
    }
}
