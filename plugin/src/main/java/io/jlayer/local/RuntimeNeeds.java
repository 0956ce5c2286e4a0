// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.oci.JsonObject;
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
     * with.
     */
    private static final List<String> LOADED_BY_NAME = List.of(
            "libnss_files.so.2",
            "libnss_dns.so.2",
            "libresolv.so.2",
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

    static RuntimeNeeds fromJson(JsonObject json) {
        return new RuntimeNeeds(
                json.flag("wide").orElseThrow(),
                json.number("machine").orElseThrow().intValue(),
                json.requiredText("interpreter"),
                json.texts("required"),
                json.texts("optional"),
                json.flag("certificates").orElseThrow());
    }

    JsonObject toJson() {
        return JsonObject.EMPTY
                .with("wide", wide)
                .with("machine", machine)
                .with("interpreter", interpreter)
                .with("required", required)
                .with("optional", optional)
                .with("certificates", certificates);
    }
}
