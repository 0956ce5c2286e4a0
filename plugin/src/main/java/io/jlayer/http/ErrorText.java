// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Makes of a refusal what may be shown: no query, no user, nothing but plain text, and not much of it.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes">distribution
 *     specification, Error Codes</a>
 */
public final class ErrorText {

    private static final int LONGEST = 200;

    private ErrorText() {}

    /** An address without what may be secret in it: signed queries, users. */
    public static String of(URI uri) {
        return uri.getScheme() + "://" + Hosts.host(uri) + Hosts.writtenPort(uri) + uri.getRawPath();
    }

    public static RefusalException refusal(String what, Answer refused, Clock clock) {
        RefusalReason said = RefusalReason.of(refused);
        String reason = said.text().isEmpty() ? name(refused.status()) : shortened(refused.masked(said.text()));
        String message = what + ": " + refused.status() + (reason.isEmpty() ? "" : " ") + reason;
        return new RefusalException(message, refused.status(), said.codes(), retryAfter(refused, clock))
                .of(refused.uri(), refused.shown());
    }

    /** A refusal of which nothing but the status counts. */
    public static RefusalException refusal(String what, int status) {
        return new RefusalException(
                (what + ": " + status + " " + name(status)).strip(), status, List.of(), Optional.empty());
    }

    /** A proxy's refusal, with the user that it was shown. */
    static RefusalException proxyRefusal(String what, int status, ProxyServer proxy) {
        String shown = proxy.credential()
                .map(password -> " (with " + password.description() + " for the proxy)")
                .orElse("");
        RefusalException refusal = refusal(what, status);
        return refusal.saying(refusal.getMessage() + shown).ofProxy();
    }

    private static String shortened(String text) {
        String plain = new String(text.getBytes(UTF_8), UTF_8).replaceAll("\\p{Cntrl}+", " ");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }

    private static String name(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 407 -> "Proxy Authentication Required";
            case 413 -> "Too Large";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 415 -> "Unsupported Media Type";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 507 -> "Insufficient Storage";
            default -> "";
        };
    }

    /** Seconds or a date; what is neither is passed over. */
    private static Optional<Duration> retryAfter(Answer refused, Clock clock) {
        Optional<String> header = refused.header("Retry-After").map(String::strip);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (header.get().matches("[0-9]{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(header.get())));
            }
            Instant when = ZonedDateTime.parse(header.get(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration pause = Duration.between(clock.instant(), when);
            return Optional.of(pause.isNegative() ? Duration.ZERO : pause);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
