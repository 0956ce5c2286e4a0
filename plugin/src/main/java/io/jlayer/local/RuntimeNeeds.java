// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a linked Java runtime asks of the system around it.
 *
 * @param wide whether its programs are of the 64-bit class
 * @param machine the processor, by ELF's number
 * @param interpreter the path of the loader
 * @param required libraries without which no program starts
 * @param optional libraries that only some classes load
 * @param certificates whether it lacks a trust store of its own
 */
record RuntimeNeeds(
        boolean wide,
        int machine,
        String interpreter,
        List<String> required,
        List<String> optional,
        boolean certificates) {

    /**
     * What is needed though no file names it: how names of users and hosts are looked up, which the C library loads by
     * name, and so the unwinder when a thread ends; and what the native code in dependencies' jars is most often linked
     * with. Much of that was built when threads, clocks and loading were libraries apart; newer C libraries have them
     * themselves, and empty files of those names for such programs, which no JDK built on them asks for.
     */
    private static final List<String> LOADED_BY_NAME = List.of(
            "libnss_files.so.2",
            "libnss_dns.so.2",
            "libresolv.so.2",
            "libdl.so.2",
            "libpthread.so.0",
            "librt.so.1",
            "libutil.so.1",
            "libgcc_s.so.1",
            "libm.so.6",
            "libstdc++.so.6",
            "libz.so.1");

    static RuntimeNeeds of(
            ElfFile program, Collection<String> required, Collection<String> optional, boolean certificates) {
        List<String> more = new ArrayList<>(optional);
        more.addAll(LOADED_BY_NAME);
        return new RuntimeNeeds(
                program.wide(),
                program.machine(),
                program.interpreter().orElse(""),
                required.stream().sorted().distinct().toList(),
                more.stream().sorted().distinct().toList(),
                certificates);
    }

    /** Whether a library can be loaded into the runtime's processes. */
    boolean fits(ElfFile library) {
        return library.wide() == wide && library.machine() == machine;
    }

    /**
     * Reads what {@link #toBytes} gave.
     *
     * @throws IOException if it is something else
     */
    static RuntimeNeeds ofBytes(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        boolean wide = in.readBoolean();
        int machine = in.readInt();
        String interpreter = in.readUTF();
        List<String> required = readNames(in);
        return new RuntimeNeeds(wide, machine, interpreter, required, readNames(in), in.readBoolean());
    }

    private static List<String> readNames(DataInputStream in) throws IOException {
        List<String> names = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            names.add(in.readUTF());
        }
        return names;
    }

    /** The same for equal needs. */
    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBoolean(wide);
        out.writeInt(machine);
        out.writeUTF(interpreter);
        writeNames(required, out);
        writeNames(optional, out);
        out.writeBoolean(certificates);
        return bytes.toByteArray();
    }

    private static void writeNames(List<String> names, DataOutputStream out) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }
}
