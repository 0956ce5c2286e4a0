# SPDX-License-Identifier: Apache-2.0
"""Compares the start of /bin/true in a trial with podman and buildah, and unpacking with GNU tar, interleaved.

All run the same image, an OCI layout, from the start to when all is removed again; Maven and the JVM are up already, as
podman's and buildah's programs are on the disk already. Needs root, podman, buildah, skopeo and umoci.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAME = "localhost/jlayer-bench:1"
PODMAN = ["podman", "--runtime", "runc", "--cgroup-manager", "cgroupfs", "run", "--rm", "--network=host",
          "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096", NAME, "/bin/true"]
BUILDAH = ("c=$(buildah from --pull-never " + NAME + ") && buildah run --isolation chroot --network host $c /bin/true"
           " && buildah rm $c")


def quiet(*command, **options):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)


def timed(*command):
    start = time.perf_counter()
    quiet(*command, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


class Image:
    """busybox, and more of this machine's own programs to unpack."""

    def __init__(self, work):
        self.layout = work / "image"
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
        quiet("skopeo", "copy", f"oci:{self.layout}:latest", f"containers-storage:{NAME}")

    def layers(self):
        index = json.loads((self.layout / "index.json").read_text())
        manifest = json.loads(self.blob(index["manifests"][0]).read_text())
        return [self.blob(layer) for layer in manifest["layers"]]

    def blob(self, descriptor):
        return self.layout / "blobs" / descriptor["digest"].replace(":", "/")


class Jlayer:
    """A JVM that waits for orders."""

    def __init__(self, work, image):
        jars = [str(ROOT / "plugin/target/classes"), *class_path(work)]
        source = ROOT / "src/bench/TrialStart.java"
        self.process = subprocess.Popen(
            ["java", "-cp", ":".join(jars), str(source), str(work / "store"), str(image.layout)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def milliseconds(self, order):
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def class_path(work):
    file = work / "class-path"
    quiet("mvn", "-B", "-q", "-pl", "plugin", "dependency:build-classpath", f"-Dmdep.outputFile={file}", cwd=ROOT)
    return file.read_text().strip().split(":")


def tar(image, directory):
    directory.mkdir(parents=True)
    start = time.perf_counter()
    for layer in image.layers():
        quiet("tar", "-xzpf", layer, "-C", directory)
    return (time.perf_counter() - start) * 1000


def compare(work, rounds):
    image = Image(work)
    jlayer = Jlayer(work, image)
    first = jlayer.milliseconds("run")
    times = {"jlayer": [], "podman run": [], "buildah run": [], "jlayer unpacks": [], "GNU tar": []}
    for number in range(rounds):
        times["jlayer"].append(jlayer.milliseconds("run"))
        times["podman run"].append(timed(*PODMAN))
        times["buildah run"].append(timed("sh", "-c", BUILDAH))
        times["jlayer unpacks"].append(jlayer.milliseconds(f"unpack {work}/unpacked-{number}"))
        times["GNU tar"].append(tar(image, work / f"tar-{number}"))
    jlayer.process.stdin.close()
    quiet("buildah", "rmi", NAME, stderr=subprocess.DEVNULL)
    return first, {name: statistics.median(values) for name, values in times.items()}


def lines(work, rounds):
    first, median = compare(work, rounds)
    start, unpack = median["jlayer"], median["jlayer unpacks"]
    return [f"Load {os.getloadavg()[0]:.1f}; the JVM's first trial, unpacking included, took {first:.0f} ms", "",
            "| /bin/true | ms | jlayer's share |", "|---|---|---|",
            f"| jlayer:try | {start:.0f} | |",
            f"| podman run | {median['podman run']:.0f} | {start / median['podman run']:.2f} |",
            f"| buildah run | {median['buildah run']:.0f} | {start / median['buildah run']:.2f} |", "",
            "| unpacking | ms | jlayer's share |", "|---|---|---|",
            f"| jlayer | {unpack:.0f} | |",
            f"| GNU tar | {median['GNU tar']:.0f} | {unpack / median['GNU tar']:.2f} |"]
