// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes certificates down as a key store of type JKS, which every JDK reads as its {@code cacerts}.
 *
 * <p>By hand, because the JDK's own classes put the time of writing into JKS and random salts into PKCS12, so that no two
 * files would be equal.
 */
final class TrustStore {

    private static final int MAGIC = 0xfeedfeed;
    private static final int VERSION = 2;
    private static final int TRUSTED_CERTIFICATE = 2;
    /** The time of every entry: one second after the start of 1970, in milliseconds. */
    private static final long FIXED_TIME = 1000;
    /** What every JDK's own trust store has; it keeps nothing secret. */
    private static final String PASSWORD = "changeit";
    /** Part of the format. */
    private static final String WHITENER = "Mighty Aphrodite";

    private TrustStore() {}

    /** {@code byAlias} has certificates in DER form; an alias is in lower case. */
    static byte[] jks(SortedMap<String, byte[]> byAlias) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(byAlias.size());
        for (Map.Entry<String, byte[]> certificate : byAlias.entrySet()) {
            out.writeInt(TRUSTED_CERTIFICATE);
            out.writeUTF(certificate.getKey());
            out.writeLong(FIXED_TIME);
            out.writeUTF("X.509");
            out.writeInt(certificate.getValue().length);
            out.write(certificate.getValue());
        }
        out.write(seal(bytes.toByteArray()));
        return bytes.toByteArray();
    }

    private static byte[] seal(byte[] content) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-1");
            hash.update(PASSWORD.getBytes(UTF_16BE));
            hash.update(WHITENER.getBytes(UTF_8));
            return hash.digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("this Java runtime lacks SHA-1", e);
        }
    }
}
