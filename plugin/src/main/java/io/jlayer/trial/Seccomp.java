// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.oci.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter of system calls, in the words of the runtime specification: those that are the kernel's or the machine's business
 * fail with EPERM, all others go on as ever. A list of what is forbidden, not of what is allowed, so that a program that runs
 * without it does not end in an error that nobody can explain.
 *
 * @see <a href="https://github.com/opencontainers/runtime-spec/blob/v1.2.0/config-linux.md#seccomp">runtime-spec, seccomp</a>
 */
final class Seccomp {

    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    private static final String MODULES =
            "init_module finit_module delete_module create_module get_kernel_syms query_module";
    private static final String OTHER_KERNEL = "kexec_load kexec_file_load reboot";
    private static final String KEYS = "add_key request_key keyctl";
    private static final String TRACING = "bpf perf_event_open userfaultfd lookup_dcookie kcmp pidfd_getfd syslog";
    private static final String MOUNTS =
            "mount umount umount2 pivot_root move_mount open_tree open_tree_attr fsopen fsconfig"
                    + " fsmount fspick mount_setattr";
    private static final String NAMESPACES = "unshare setns sethostname setdomainname";
    private static final String FILES_BY_HANDLE = "open_by_handle_at name_to_handle_at fanotify_init";
    private static final String MACHINE = "swapon swapoff acct quotactl quotactl_fd iopl ioperm settimeofday stime"
            + " clock_settime clock_settime64 vhangup vm86 vm86old";
    private static final String OLD = "nfsservctl _sysctl sysfs ustat uselib";
    private static final String IO_URING = "io_uring_setup io_uring_enter io_uring_register";

    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
    private static final List<Long> NEW_NAMESPACES =
            List.of(0x20000L, 0x2000000L, 0x4000000L, 0x8000000L, 0x10000000L, 0x20000000L, 0x40000000L);

    private Seccomp() {}

    /** The filter, for programs of this machine. */
    static JsonObject filter() {
        List<JsonObject> rules = new ArrayList<>();
        rules.add(rule(
                String.join(
                        " ",
                        MODULES,
                        OTHER_KERNEL,
                        KEYS,
                        TRACING,
                        MOUNTS,
                        NAMESPACES,
                        FILES_BY_HANDLE,
                        MACHINE,
                        OLD,
                        IO_URING),
                EPERM));
        for (long flag : NEW_NAMESPACES) {
            rules.add(rule("clone", EPERM).with("args", List.of(has(flag))));
        }
        // Its flags are in memory, where no filter looks; libraries fall back to clone if there is none.
        rules.add(rule("clone3", ENOSYS));
        return JsonObject.EMPTY
                .with("defaultAction", "SCMP_ACT_ALLOW")
                .withUnlessEmpty("architectures", architectures())
                .with("syscalls", rules);
    }

    private static JsonObject rule(String names, int error) {
        return JsonObject.EMPTY
                .with("names", List.of(names.split(" ", -1)))
                .with("action", "SCMP_ACT_ERRNO")
                .with("errnoRet", error);
    }

    private static JsonObject has(long flag) {
        // On s390 the stack comes first.
        return JsonObject.EMPTY
                .with("index", System.getProperty("os.arch").equals("s390x") ? 1 : 0)
                .with("value", flag)
                .with("valueTwo", flag)
                .with("op", "SCMP_CMP_MASKED_EQ");
    }

    /** Else what runs as another kind of program of this machine would have no filter. */
    private static List<String> architectures() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");
            case "aarch64" -> List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
            default -> List.of();
        };
    }
}
