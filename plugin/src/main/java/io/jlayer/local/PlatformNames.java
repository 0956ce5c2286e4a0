// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which packages of the Java platform a class file names. They decide which modules it needs, change far less often than
 * the class does, and are found without a JDK tool's start.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4">JVMS 4.4, The Constant Pool</a>
 */
final class PlatformNames {

    /** The packages that JDKs have, by how they begin. Others are an application's or a library's. */
    private static final String[] ROOTS = {
        "java/",
        "javax/",
        "jdk/",
        "com/sun/",
        "sun/",
        "org/ietf/jgss/",
        "org/w3c/dom/",
        "org/xml/sax/",
        "netscape/javascript/"
    };

    /** Classes whose use asks for more than the module they are in; named beside the packages. */
    private static final Set<String> TELLING = Set.of("java/util/Locale", "java/nio/charset/Charset");

    private static final int MAGIC = 0xCAFEBABE;

    private final SortedSet<String> names = new TreeSet<>();

    private PlatformNames() {}

    /**
     * Reads a class file.
     *
     * @return packages and a few classes, with dots
     * @throws IOException if it is not a class file
     */
    static SortedSet<String> of(byte[] classFile) throws IOException {
        PlatformNames found = new PlatformNames();
        try (InputStream bytes = new ByteArrayInputStream(classFile);
                DataInputStream in = new DataInputStream(bytes)) {
            if (in.readInt() != MAGIC) {
                throw new IOException("it is not a class file");
            }
            in.readInt();
            int count = in.readUnsignedShort();
            for (int index = 1; index < count; index++) {
                index += found.constant(in);
            }
        }
        return found.names;
    }

    /** Reads one constant; 1 if it takes the place of two. */
    private int constant(DataInputStream in) throws IOException {
        int tag = in.readUnsignedByte();
        switch (tag) {
            case 1 -> text(in.readUTF());
            case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
            case 15 -> in.skipNBytes(3);
            case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
            case 5, 6 -> in.skipNBytes(8);
            default -> throw new IOException("it has a constant of an unknown kind, " + tag);
        }
        return tag == 5 || tag == 6 ? 1 : 0;
    }

    /**
     * Names of classes stand alone or, in descriptors and signatures, after an {@code L}. Text of the program may look like
     * either; taking too much costs nothing but time.
     */
    private void text(String text) {
        int from = 0;
        while (from < text.length()) {
            for (String root : ROOTS) {
                if (text.startsWith(root, from)) {
                    name(text, from);
                }
            }
            from = text.indexOf('L', from) + 1;
            if (from == 0) {
                return;
            }
        }
    }

    private void name(String text, int from) {
        int to = from;
        while (to < text.length() && (text.charAt(to) == '/' || Character.isJavaIdentifierPart(text.charAt(to)))) {
            to++;
        }
        String name = text.substring(from, to);
        int slash = name.lastIndexOf('/');
        names.add(name.substring(0, slash).replace('/', '.'));
        if (TELLING.contains(name)) {
            names.add(name.replace('/', '.'));
        }
    }
}
