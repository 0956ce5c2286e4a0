# SPDX-License-Identifier: Apache-2.0
"""Whether an image holds what it was given: what skopeo and umoci find in it, compared with the files."""

import shutil

import measured
import scenarios


def read_back(comparison):
    """Builds with every tool, and reads its image by another program; raises Failed if that finds other files than were
    given. Gives the names of the tools."""
    read = []
    if not shutil.which("skopeo"):
        return read
    comparison.tell(scenarios.CHAPTERS[0], round_=0, turn=0)
    for tool in [*comparison.tools, *comparison.peers]:
        measured.run("skopeo", "inspect", "--config", tool.readable)
        copy = comparison.work / f"{comparison.project.name}-{tool.name}-copy"
        measured.run("skopeo", "copy", "-q", "--insecure-policy", tool.readable, f"oci:{copy}:latest")
        if shutil.which("umoci"):
            check_files(comparison, copy)
        read.append(tool.name)
        shutil.rmtree(copy)
        shutil.rmtree(unpacked(copy), ignore_errors=True)
    return read


def unpacked(copy):
    return copy.with_name(copy.name + "-unpacked")


def check_files(comparison, copy):
    """Whether the image has each class and each resource, byte by byte, and as many jars as the project."""
    measured.run("umoci", "unpack", "--rootless", "--image", f"{copy}:latest", unpacked(copy))
    files = [file for file in (unpacked(copy) / "rootfs").rglob("*") if file.is_file()]
    have = {file.read_bytes() for file in files}
    lacking = [file for file in comparison.project.classes.rglob("*") if file.is_file() and file.read_bytes() not in have]
    jars = {file.name.rpartition("/")[2] for file in files if file.suffix == ".jar"}
    wanted = {file.name for file in comparison.context.jars.iterdir()}
    if lacking or len(jars & wanted) < len(wanted):
        raise measured.Failed(f"{copy.name} lacks {lacking[:3]} {sorted(wanted - jars)[:3]}")
