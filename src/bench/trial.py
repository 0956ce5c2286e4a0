# SPDX-License-Identifier: Apache-2.0
"""Compares the start of /bin/true in a trial with podman and buildah, and unpacking with GNU tar, interleaved.

All run the same image, an OCI layout, from the start to when all is removed again; Maven and the JVM are up already, as
podman's and buildah's programs are on the disk already. Done as root, as a user with subordinate ids and as one without; the
users exist only in a mount namespace in which other lists of users lie over this machine's. Needs root, podman, buildah,
skopeo and umoci.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAME = "localhost/jlayer-bench:1"
UID = 47110
LIMITS = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096"]
BUILDAH = ("c=$(buildah from --pull-never " + NAME + ") && buildah run --isolation chroot --network host $c /bin/true"
           " && buildah rm $c")
# podman's users get the kernel's own overlay, not copies.
BECOME = """set -e
for f in passwd subuid subgid; do mount --bind "$0/$f" /etc/$f; done
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
exec setpriv --reuid=UID --regid=UID --clear-groups env -i PATH="$PATH" HOME="$0/home" XDG_RUNTIME_DIR="$0/run" \
  python3 "$@"
""".replace("UID", str(UID))


def quiet(*command, **options):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)


def timed(*command):
    start = time.perf_counter()
    quiet(*command, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


def works(*command):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


class Image:
    """busybox, and more of this machine's own programs to unpack."""

    def __init__(self, layout):
        self.layout = layout

    def make(self, work):
        bundle = work / "bundle"
        quiet("umoci", "init", "--layout", self.layout)
        quiet("umoci", "new", "--image", f"{self.layout}:latest")
        quiet("umoci", "unpack", "--image", f"{self.layout}:latest", bundle)
        programs = bundle / "rootfs"
        (programs / "bin").mkdir()
        shutil.copy("/bin/busybox", programs / "bin/busybox")
        (programs / "bin/true").symlink_to("busybox")
        for name in ("usr/lib/git-core", "usr/share/perl", "usr/lib/python3", "usr/share/zoneinfo"):
            if (pathlib.Path("/") / name).is_dir():
                shutil.copytree(pathlib.Path("/") / name, programs / name, symlinks=True)
        quiet("umoci", "repack", "--image", f"{self.layout}:latest", bundle)
        quiet("chmod", "-R", "a+rX", self.layout)

    def layers(self):
        index = json.loads((self.layout / "index.json").read_text())
        manifest = json.loads(self.blob(index["manifests"][0]).read_text())
        return [self.blob(layer) for layer in manifest["layers"]]

    def blob(self, descriptor):
        return self.layout / "blobs" / descriptor["digest"].replace(":", "/")


class Jlayer:
    """A JVM that waits for orders."""

    def __init__(self, work, code, image):
        java = (code / "java").read_text()
        self.process = subprocess.Popen(
            [java, "-cp", f"{code}/*:{code}/classes", "TrialStart", str(work / "store"), str(image.layout)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def milliseconds(self, order):
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def compile_code(work):
    """All classes in a directory that users can read."""
    file, code = work / "class-path", work / "code"
    quiet("mvn", "-B", "-q", "-pl", "plugin", "dependency:build-classpath", f"-Dmdep.outputFile={file}", cwd=ROOT)
    shutil.copytree(ROOT / "plugin/target/classes", code / "classes")
    for jar in file.read_text().strip().split(":"):
        shutil.copy(jar, code)
    shutil.copy(__file__, code / "trial.py")
    (code / "java").write_text(os.path.realpath(shutil.which("java")))
    quiet("javac", "-cp", f"{code}/classes:{code}/*", "-d", code / "classes", ROOT / "src/bench/TrialStart.java")
    return code


def tar(image, directory):
    directory.mkdir(parents=True)
    start = time.perf_counter()
    for layer in image.layers():
        quiet("tar", "-xzpf", layer, "-C", directory)
    return (time.perf_counter() - start) * 1000


def podman():
    """podman's own runtimes from the faster on, with the rights that this user has; none if it cannot run the image."""
    for runtime in ("crun", "runc"):
        for cgroups in ("enabled", "disabled"):
            command = ["podman", "--runtime", runtime, "--cgroup-manager", "cgroupfs", "run", "--rm", "--network=host",
                       f"--cgroups={cgroups}", *LIMITS, NAME, "/bin/true"]
            if works(*command):
                return command
    return None


def measure(work, code, image, rounds):
    """The medians of one user, who this process runs as, and which podman it was."""
    works("skopeo", "copy", f"oci:{image.layout}:latest", f"containers-storage:{NAME}")
    jlayer = Jlayer(work, code, image)
    first = jlayer.milliseconds("run")
    runs = {"jlayer:try": lambda n: jlayer.milliseconds("run")}
    run = podman()
    if run:
        runs[f"podman run ({run[2]})"] = lambda n: timed(*run)
    if works("sh", "-c", BUILDAH):
        runs["buildah from, run, rm (chroot)"] = lambda n: timed("sh", "-c", BUILDAH)
    if os.getuid() == 0:
        runs["jlayer unpacks"] = lambda n: jlayer.milliseconds(f"unpack {work}/unpacked-{n}")
        runs["GNU tar"] = lambda n: tar(image, work / f"tar-{n}")
    times = {name: [] for name in runs}
    for number in range(rounds):
        for name, once in runs.items():
            times[name].append(once(number))
    jlayer.process.stdin.close()
    works("buildah", "rmi", NAME)
    return {"first": first, **{name: statistics.median(values) for name, values in times.items()}}


def as_user(work, code, image, rounds, ids):
    """The same as a user who has nothing but these subordinate ids."""
    own = work / ("ids" if ids else "none")  # short: with longer paths podman takes 20 s more to see its end
    for name in ("home", "run"):
        (own / name).mkdir(parents=True)
        os.chown(own / name, UID, UID)
    passwd = pathlib.Path("/etc/passwd").read_text()
    (own / "passwd").write_text(f"{passwd}tryu:x:{UID}:{UID}::{own}/home:/bin/sh\n")
    for name in ("subuid", "subgid"):
        (own / name).write_text(ids)
    settings = own / "home/.config/containers"
    settings.mkdir(parents=True)
    (settings / "storage.conf").write_text('[storage]\ndriver = "overlay"\n')
    for directory in (settings.parent, settings):
        os.chown(directory, UID, UID)
    try:
        return json.loads(subprocess.run(
            ["unshare", "--mount", "sh", "-c", BECOME, own, code / "trial.py", own / "home", code, image.layout, str(rounds)],
            check=True, stdout=subprocess.PIPE, cwd=own / "home").stdout)
    finally:
        works("pkill", "--uid", str(UID))  # podman leaves a process that keeps its namespaces


def table(title, median):
    start = median["jlayer:try"]
    rows = [f"| {title} | ms | jlayer's share |", "|---|---|---|", f"| jlayer:try | {start:.0f} | |"]
    rows += [f"| {name} | {value:.0f} | {start / value:.2f} |" for name, value in median.items()
             if name.startswith(("podman", "buildah"))]
    return rows + [f"| its first, with unpacking | {median['first']:.0f} | |", ""]


def lines(work, rounds):
    work.chmod(0o755)
    image = Image(work / "image")
    image.make(work)
    code = compile_code(work)
    root = measure(work, code, image, rounds)
    result = [f"Load {os.getloadavg()[0]:.1f}", "", *table("/bin/true, root", root)]
    for title, ids in (("with subordinate ids", "tryu:300000:65536\n"), ("without", "")):
        result += table(f"/bin/true, user {title}", as_user(work, code, image, rounds, ids))
    unpack, peer = root["jlayer unpacks"], root["GNU tar"]
    return result + ["| unpacking, root | ms | jlayer's share |", "|---|---|---|", f"| jlayer | {unpack:.0f} | |",
                     f"| GNU tar | {peer:.0f} | {unpack / peer:.2f} |"]


if __name__ == "__main__":
    home, code, layout = map(pathlib.Path, sys.argv[1:4])
    print(json.dumps(measure(home, code, Image(layout), int(sys.argv[4]))))
