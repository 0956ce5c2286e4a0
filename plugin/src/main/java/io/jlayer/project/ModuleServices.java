// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.layer.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Services that a project's {@code module-info} provides and its {@code META-INF/services} does not. An image, as
 * {@code java -jar}, runs on the class path, where the first counts for nothing.
 */
public final class ModuleServices {

    public static final String MODULE = "module-info.class";
    private static final String SERVICES = "META-INF/services/";

    private ModuleServices() {}

    /** The names of such services, sorted; {@code own} are the project's files by their path. */
    public static List<String> missing(FileContent moduleInfo, Set<String> own) throws IOException {
        List<String> missing = new ArrayList<>();
        try (InputStream in = moduleInfo.open()) {
            for (ModuleDescriptor.Provides provided : ModuleDescriptor.read(in).provides()) {
                if (!own.contains(SERVICES + provided.service())) {
                    missing.add(provided.service());
                }
            }
        } catch (InvalidModuleDescriptorException ofALaterJava) {
            return List.of();
        }
        Collections.sort(missing);
        return missing;
    }
}
