// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.layer.LayerPath;
import io.jlayer.oci.JsonObject;
import io.jlayer.overlay.HostPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The program as crun is told of it, which gives it what no program of util-linux's does: a {@link Seccomp} filter. The root
 * file system and what is mounted there is in place already, but for /proc.
 *
 * @param process what runs
 * @param root where the root file system is
 * @param terminal whether the program gets one
 * @see <a href="https://github.com/opencontainers/runtime-spec/blob/v1.2.0/config.md">runtime-spec, config.json</a>
 */
record RuntimeBundle(ContainerProcess process, Path root, boolean terminal) {

    /** The name of its file in the directory that is the bundle. */
    static final String CONFIG = "config.json";

    /** Where crun puts a terminal besides. */
    static final LayerPath CONSOLE = LayerPath.of("dev/console");

    private static final String RUNTIME = "crun";

    /** Sees that crun is there. */
    static void check() throws IOException {
        if (HostPrograms.find(RUNTIME).isEmpty()) {
            throw new TrialException(
                    "seccomp needs crun, which is not installed", "seccomp", "install crun, or leave seccomp out");
        }
    }

    /**
     * Shell lines that end in the program; the bundle is the directory above the shell's. Control groups are not crun's
     * business here, so it sees none: those of both versions at once it refuses.
     */
    static List<String> lines(String name) throws IOException {
        return List.of(
                "mount -n -t proc proc /proc",
                "[ ! -d /sys/fs/cgroup ] || mount -n -t tmpfs -o ro tmpfs /sys/fs/cgroup",
                "exec 2>&3 3>&-",
                "exec " + HostPrograms.require(RUNTIME) + " --cgroup-manager=disabled --root \"$PWD/../runtime\" run"
                        + " --bundle \"$PWD/..\" " + name);
    }

    JsonObject config() {
        return JsonObject.EMPTY
                .with("ociVersion", "1.0.2")
                .with("root", JsonObject.EMPTY.with("path", root.toString()))
                .with("process", program())
                .with(
                        "mounts",
                        List.of(
                                // Said to be bound, crun leaves it as it is.
                                mount("/dev", "bind", root.resolve("dev").toString(), List.of("rbind")),
                                mount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev"))))
                .with(
                        "linux",
                        JsonObject.EMPTY
                                .with("namespaces", List.of(namespace("pid"), namespace("mount")))
                                .with("maskedPaths", Mounts.maskedPaths())
                                .with("readonlyPaths", Mounts.readOnlyPaths())
                                .with("seccomp", Seccomp.filter()));
    }

    private JsonObject program() {
        ContainerUser user = process.user();
        List<String> environment = new ArrayList<>();
        process.environment().forEach((name, value) -> environment.add(name + "=" + value));
        return JsonObject.EMPTY
                .with("terminal", terminal)
                .with(
                        "user",
                        JsonObject.EMPTY
                                .with("uid", user.uid())
                                .with("gid", user.gid())
                                .withUnlessEmpty("additionalGids", List.copyOf(user.groups())))
                .with("args", process.command())
                .with("env", environment)
                .with("cwd", process.directory().toString())
                .with("capabilities", capabilities(user.uid() == 0))
                .with("noNewPrivileges", true);
    }

    private static JsonObject capabilities(boolean root) {
        List<String> names = ProgramCommand.CAPABILITIES.stream()
                .map(name -> "CAP_" + name.toUpperCase(Locale.ROOT))
                .toList();
        JsonObject bounding = JsonObject.EMPTY.with("bounding", names);
        return root ? bounding.with("effective", names).with("permitted", names) : bounding;
    }

    private static JsonObject mount(String target, String type, String source, List<String> options) {
        return JsonObject.EMPTY
                .with("destination", target)
                .with("type", type)
                .with("source", source)
                .with("options", options);
    }

    private static JsonObject namespace(String type) {
        return JsonObject.EMPTY.with("type", type);
    }
}
