// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.DamagedBlobException;
import io.jlayer.oci.ImageRef;
import io.jlayer.registry.OfflineException;
import io.jlayer.registry.RegistryException;
import io.jlayer.registry.StalledException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What may help when a registry cannot be reached or says no. What went wrong with a disk is left as it is. */
final class RegistryRemedies {

    private static final String TRY_AGAIN =
            "try again later; the registry failed, or something between here and there, and trying again at once did not"
                    + " help";

    private RegistryRemedies() {}

    /**
     * What to tell of an image that cannot be had.
     *
     * @throws IOException if it was not the registry's fault
     */
    static UserError forPull(TransportName name, ImageUse use, IOException failure) throws IOException {
        ImageRef image = name.reference();
        Optional<String> meant = name.rest().indexOf('/') < 0 ? TransportName.meant(name.rest()) : Optional.empty();
        String remedy = meant.or(() -> remedy(image, failure, false)).orElseThrow(() -> failure);
        return use.unusable(name, failure.getMessage(), remedy, failure);
    }

    /**
     * What to tell of an image that a registry did not take.
     *
     * @throws IOException if it was not the registry's fault
     */
    static UserError forPush(ImageRef image, IOException failure) throws IOException {
        String remedy = remedy(image, failure, true).orElseThrow(() -> failure);
        return new UserError(
                "the image is not pushed: " + failure.getMessage(), "<to>" + image + "</to>", remedy, failure);
    }

    private static Optional<String> remedy(ImageRef image, IOException failure, boolean push) {
        if (isMistrusted(failure)) {
            return Optional.of("name the certificate of who signed it, in PEM: -Djlayer.caBundle=FILE, or <caBundle>");
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryException refusal) {
                return Optional.of(refused(image, refusal, push));
            } else if (cause instanceof OfflineException) {
                return Optional.of("run once without -o, so that it is fetched and remembered");
            } else if (cause instanceof DamagedBlobException) {
                return Optional.of(
                        "try again; if that stays so, the registry, or a mirror or proxy before it, gives other"
                                + " bytes than it names: use another, or have it mended. Nothing of it was kept");
            } else if (cause instanceof SSLException) {
                return Optional.of(
                        "if " + image.registry() + " talks plain HTTP, allow that: -Djlayer.insecureRegistries="
                                + image.registry() + ", or <insecureRegistries>");
            } else if (cause instanceof ConnectException) {
                return Optional.of(
                        "correct the name, start what it names, or set a <proxy> in settings.xml or HTTPS_PROXY"
                                + " if one is needed to get there");
            } else if (cause instanceof UnknownHostException) {
                return Optional.of("see that the host's name is spelt right and that this machine has a network; if a"
                        + " proxy leads there, set a <proxy> in settings.xml or HTTPS_PROXY"
                        + (push ? "" : "; without a network, -o takes what was fetched before"));
            } else if (cause instanceof StalledException) {
                return Optional.of(TRY_AGAIN);
            }
        }
        return Optional.empty();
    }

    private static boolean isMistrusted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static String refused(ImageRef image, RegistryException refusal, boolean push) {
        String host = image.registry();
        return switch (refusal.status()) {
            case 401, 403 -> refusedToAsker(image, refusal, push);
            case 404 ->
                push
                        ? "make the repository " + image.repository() + " there first; this registry does not by itself"
                        : "correct the name, or log in if the image is there: many registries say this to whom they do not"
                                + " know";
            case 407 -> "give user and password of the proxy, in <proxies> in settings.xml or in HTTPS_PROXY";
            case 413 -> "have the limit of what stands before the registry raised, or split the layer";
            case 429 -> "try again later, or log in: registries let users do more than strangers; or name a <mirror>";
            default -> refusal.status() >= 500 ? TRY_AGAIN : "read what " + host + " says to it";
        };
    }

    private static String refusedToAsker(ImageRef image, RegistryException refusal, boolean push) {
        String host = image.registry();
        if (refusal.anonymous()) {
            return logIn(host);
        } else if (refusal.shown().isEmpty()
                && !refusal.host().isEmpty()
                && !refusal.host().equals(host)) {
            return refusal.host() + " is where " + host
                    + " led, and gets no credentials, so that is between the two: try" + " again, or tell who runs "
                    + host;
        } else if (refusal.status() == 401) {
            return renew(host);
        }
        return "have the right to " + (push ? "push to " : "pull ") + host + "/" + image.repository()
                + " given to the user that Maven logs in as, or name another repository";
    }

    private static String logIn(String host) {
        String variable = "JLAYER_REGISTRY_" + host.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_";
        return "log in: docker login " + host + ", or podman login " + host + "; or a <server> with <id>" + host
                + "</id> in settings.xml; or " + variable + "USERNAME and " + variable + "PASSWORD in the environment";
    }

    private static String renew(String host) {
        return "renew user name and password for " + host + "; the first is taken of <credentials>,"
                + " <credentialHelper>, settings.xml, podman's and docker's login, the environment";
    }
}
