// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.blob.DamagedBlobException;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.http.FinalException;
import io.jlayer.http.LocalException;
import io.jlayer.http.OfflineException;
import io.jlayer.http.RefusalException;
import io.jlayer.http.StalledException;
import io.jlayer.oci.ImageRef;
import io.jlayer.registry.NoRegistryException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/** What may help when a registry cannot be reached or says no. What went wrong with a disk is left as it is. */
final class RegistryRemedies {

    private static final String TRY_AGAIN =
            "try again later; the registry failed, or something between here and there, and trying again at once did not"
                    + " help. The registry's log tells more";

    private RegistryRemedies() {}

    /**
     * What to tell of an image that cannot be had.
     *
     * @throws IOException if it was not the registry's fault
     */
    static UserError forPull(TransportName name, ImageUse use, IOException failure) throws IOException {
        ImageRef image = name.reference();
        Optional<String> meant = name.rest().indexOf('/') < 0 ? TransportName.meant(name.rest()) : Optional.empty();
        String remedy = meant.or(() -> remedy(image, failure, false))
                .or(() -> Optional.of(unlike(image)).filter(text -> isOfNetwork(failure)))
                .orElseThrow(() -> failure);
        return use.unusable(name, failure.getMessage(), remedy + engine(name, failure), failure);
    }

    /** Jib calls docker's own images what is the registry's here. */
    private static String engine(TransportName name, IOException failure) {
        boolean unknown =
                failure instanceof RefusalException refusal && (refusal.status() == 404 || refusal.status() == 401);
        return unknown ? "; if docker has it on this machine, write docker-daemon:" + name : "";
    }

    /**
     * What to tell of an image that a registry did not take.
     *
     * @throws IOException if it was not the registry's fault
     */
    static UserError forPush(ImageRef image, IOException failure) throws IOException {
        String remedy = remedy(image, failure, true)
                .or(() -> Optional.of(unlike(image)).filter(text -> !isLocal(failure)))
                .orElseThrow(() -> failure);
        return new UserError(
                "the image is not pushed: " + failure.getMessage(), "<to>" + image + "</to>", remedy, failure);
    }

    /** What may help with an image that cannot be had; empty if it was not the registry's fault. */
    static Optional<String> remedyOfPull(ImageRef image, IOException failure) {
        return remedy(image, failure, false);
    }

    /** Whether it was this machine's fault, or the user's wish. */
    private static boolean isLocal(IOException failure) {
        return Reason.isFullDisk(failure)
                || has(
                        failure,
                        cause -> cause instanceof LocalException
                                || cause instanceof FileSystemException
                                || cause instanceof InterruptedIOException);
    }

    /** Whether it is sure that something was wrong with what came, or did not come. */
    private static boolean isOfNetwork(IOException failure) {
        return !isLocal(failure)
                && has(
                        failure,
                        cause -> cause instanceof FinalException
                                || cause instanceof EOFException
                                || cause instanceof SocketException);
    }

    private static boolean has(Throwable failure, Predicate<Throwable> sign) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (sign.test(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Of what is no refusal and not as registries do. */
    private static String unlike(ImageRef image) {
        return "try again, and see that " + image.registry()
                + " is a registry; if that stays so, the reason above is what it,"
                + " or something between here and there, does: tell whoever runs it, whose log tells more, or name another";
    }

    private static Optional<String> remedy(ImageRef image, IOException failure, boolean push) {
        Optional<String> mistrust = mistrust(failure);
        if (mistrust.isPresent()) {
            return mistrust;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusalException refusal) {
                return Optional.of(refused(image, refusal, push));
            } else if (cause instanceof OfflineException) {
                return Optional.of("run once without -o, so that it is fetched and remembered");
            } else if (cause instanceof DamagedBlobException) {
                return Optional.of(
                        "try again; if that stays so, the registry, or a mirror or proxy before it, gives other"
                                + " bytes than it names: use another, or have it mended. Nothing of it was kept");
            } else if (cause instanceof NoRegistryException) {
                return Optional.of(
                        "name host and port where the registry itself answers; often that is not where its pages"
                                + " for people are");
            } else if (cause instanceof SSLException) {
                return Optional.of(
                        "if " + image.registry() + " talks plain HTTP, allow that: -Djlayer.insecureRegistries="
                                + image.registry() + ", or <insecureRegistries>");
            } else if (cause instanceof ConnectException) {
                return Optional.of(
                        "correct the name, or start what it names; if a proxy is needed to get there, set or correct the"
                                + " <proxy> in settings.xml or HTTPS_PROXY");
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

    /** What helps where a certificate is not believed; empty if it was none. The most particular cause comes last. */
    private static Optional<String> mistrust(Throwable failure) {
        Optional<String> remedy = Optional.empty();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return Optional.of("have it renewed, or set this machine's clock if that is wrong");
            } else if (cause instanceof CertificateException
                    && cause.getCause() == null
                    && !String.valueOf(cause.getMessage()).startsWith("No ")) {
                remedy = Optional.of("have the host given a certificate that is made for servers like it");
            } else if (cause instanceof CertificateException && cause.getCause() == null) {
                remedy = Optional.of(
                        "reach the host by a name that stands in the certificate, or have the certificate made for the name that you use");
            } else if (cause instanceof CertificateException) {
                remedy = Optional.of(
                        "name the certificate of who signed it, in PEM: -Djlayer.caBundle=FILE, or <caBundle>");
            }
        }
        return remedy;
    }

    private static String refused(ImageRef image, RefusalException refusal, boolean push) {
        String host = image.registry();
        if (refusal.byProxy() && refusal.status() != 407) {
            return "have " + host
                    + " allowed by the proxy, or, if none is needed to get there, name it in NO_PROXY, or in"
                    + " <nonProxyHosts> in settings.xml";
        } else if (push && isFixedTag(refusal)) {
            return "push under another tag: this one may not be moved there";
        } else if (push && isUnknownFormat(refusal)) {
            return "if " + host
                    + " is too old for OCI images or for zstd, give it what it knows: -Djlayer.format=docker,"
                    + " -Djlayer.compression=gzip";
        } else if (push && isForgetful(refusal)) {
            return "try again; " + host
                    + " lost what it had taken before: where several servers stand behind that name,"
                    + " they must share their storage and their secret. Its log tells more";
        }
        return switch (refusal.status()) {
            case 401, 403 -> refusedToAsker(image, refusal, push);
            case 404 ->
                push
                        ? "make the repository " + image.repository() + " there first; this registry does not by itself"
                        : "correct the name, or log in if the image is there: many registries say this to everybody whom"
                                + " they do not know";
            case 405 ->
                push
                        ? "push to another registry, or have this one changed: it takes no images; perhaps it is a mirror,"
                                + " or under maintenance"
                        : own(host);
            case 407 ->
                "give, or correct, user and password of the proxy, in <proxies> in settings.xml or in HTTPS_PROXY";
            case 413 -> "have the limit of what stands before the registry raised, or split the layer";
            case 429 -> "try again later, or log in: registries let users do more than strangers; or name a <mirror>";
            default -> refusal.status() >= 500 ? TRY_AGAIN : own(host);
        };
    }

    private static String own(String host) {
        return "the reason above is that of " + host + "; if it tells too little, ask whoever runs it";
    }

    /** Registries have no common code for it. */
    private static boolean isFixedTag(RefusalException refusal) {
        String said = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        return refusal.status() < 500
                && (said.contains("immutab") || said.contains("overwrit") || said.contains("does not allow updating"));
    }

    private static boolean isUnknownFormat(RefusalException refusal) {
        return refusal.status() == 415
                || (refusal.status() == 400 && refusal.codes().contains("MANIFEST_INVALID"));
    }

    /** Uploads that it began, or blobs that it said it has. */
    private static boolean isForgetful(RefusalException refusal) {
        return !Collections.disjoint(
                refusal.codes(),
                List.of("BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID", "BLOB_UNKNOWN", "MANIFEST_BLOB_UNKNOWN"));
    }

    private static String refusedToAsker(ImageRef image, RefusalException refusal, boolean push) {
        String host = image.registry();
        if (refusal.anonymous()) {
            return logIn(host);
        } else if (refusal.shown().isEmpty()
                && !refusal.host().isEmpty()
                && !refusal.host().equals(host)) {
            return host + " sent us on to " + refusal.host()
                    + ", which gets no credentials of yours, so only they can mend it: try again, or tell whoever runs "
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
        return "renew user name and password for " + host + "; the first that is found is taken, in this order:"
                + " <credentials>, <credentialHelper>, settings.xml, podman's and docker's login, the environment";
    }
}
