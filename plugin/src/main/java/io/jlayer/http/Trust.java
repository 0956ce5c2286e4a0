// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Whose certificates are believed. */
public final class Trust {

    private Trust() {}

    /** Those that this Java believes, and those of a bundle in PEM besides. */
    static SSLContext strict(Optional<Path> bundle) throws IOException {
        try {
            if (bundle.isEmpty()) {
                return SSLContext.getDefault();
            }
            return context(managers(withBundle(bundle.get())));
        } catch (GeneralSecurityException e) {
            String what = bundle.map(path -> "read CA bundle " + path).orElse("set up TLS");
            throw new LocalException(what + ": " + e.getMessage(), e);
        }
    }

    /** Loads what everybody needs who speaks TLS. */
    public static void prepare() {
        try {
            strict(Optional.empty()).createSSLEngine();
        } catch (IOException e) {
            // It is told to who needs it.
        }
    }

    /** Everybody's, whatever name stands in it. */
    static SSLContext lax() throws IOException {
        try {
            return context(new TrustManager[] {new Anybody()});
        } catch (GeneralSecurityException e) {
            throw new LocalException("set up TLS: " + e.getMessage(), e);
        }
    }

    /** What to tell of a handshake that failed. */
    public static IOException failure(String host, int port, SSLException cause) {
        String who = Hosts.bracketed(host) + (port == 443 ? "" : ":" + port);
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof CertificateException) {
                return new FinalException(
                        "the certificate of " + who + " is not trusted: " + mistrust(host, reason), cause);
            }
        }
        // Java has no type for it, only these words.
        return String.valueOf(cause.getMessage()).contains("Unsupported or unrecognized SSL message")
                ? new NoTlsException(who + " does not talk TLS", cause)
                : cause;
    }

    /** Java speaks of paths and targets where nobody signed whom it knows. */
    private static String mistrust(String host, Throwable reason) {
        for (Throwable at = reason; at != null; at = at.getCause()) {
            if (at instanceof CertPathBuilderException) {
                return "nobody signed it whom this Java trusts";
            } else if (at instanceof CertificateExpiredException) {
                return "it has expired; " + at.getMessage();
            } else if (at instanceof CertificateNotYetValidException) {
                return "it is not valid yet; " + at.getMessage();
            }
        }
        // So Java begins when the certificate has other names.
        boolean named = !String.valueOf(reason.getMessage()).startsWith("No ");
        return reason.getCause() == null && !named
                ? "it is not for " + host + "; " + reason.getMessage()
                : reason.getMessage();
    }

    private static SSLContext context(TrustManager[] managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore withBundle(Path bundle) throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int number = 0;
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager own) {
                for (X509Certificate issuer : own.getAcceptedIssuers()) {
                    all.setCertificateEntry("java-" + number++, issuer);
                }
            }
        }
        try (InputStream in = Files.newInputStream(bundle)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                all.setCertificateEntry("bundle-" + number++, certificate);
            }
        } catch (IOException e) {
            throw new LocalException("read CA bundle " + bundle + ": " + e.getMessage(), e);
        }
        return all;
    }

    /** Of the extended kind, so that the names in certificates are left to it too. */
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
