// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what the messages of the kernel and of util-linux mean here, and what helps. */
final class Reasons {

    private Reasons() {}

    static String explain(String message) {
        String text = String.valueOf(message).strip();
        if (text.contains("uid_map: Operation not permitted") || (apparmor() && text.contains("ermission denied"))) {
            return text + ". AppArmor lets only known programs make user namespaces here: install podman, or"
                    + " sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0";
        } else if (text.contains("unshare failed: No space left on device")) {
            return text + ". User namespaces are switched off: sudo sysctl user.max_user_namespaces=15000";
        } else if (text.contains("unshare failed: Operation not permitted")) {
            return text
                    + (seccomp()
                            ? ". This process is in a container that forbids namespaces: give that container"
                                    + " --security-opt seccomp=unconfined or --privileged"
                            : ". Either this process lacks the right, or it runs in a chroot, where the kernel makes no user"
                                    + " namespaces");
        } else if (text.contains("wrong fs type")) {
            return text
                    + ". The kernel cannot mount an overlay for this user on this file system (a user needs Linux 5.11,"
                    + " and a store that is not on NFS or another overlay: jlayer.store)";
        } else if (text.contains("open tun")) {
            return text + ". A private network needs /dev/net/tun, open to the user";
        } else if (text.contains("/proc: permission denied")) {
            return text
                    + ". The container that this process is in hides parts of /proc, and a private network and"
                    + " seccomp need a whole one: give it --security-opt unmask=ALL, or use network 'host' or 'none' and no"
                    + " seccomp";
        }
        return text;
    }

    private static boolean apparmor() {
        return read("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").equals("1");
    }

    private static boolean seccomp() {
        return read("/proc/self/status").contains("Seccomp:\t2");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
