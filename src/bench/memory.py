# SPDX-License-Identifier: Apache-2.0
"""Whether memory is bounded, whatever the size of a layer."""

import os

import maven
import measured
import projects


def fits(work):
    """Whether a layer of 1 GiB that cannot be packed passes through a heap of 128 MiB."""
    project = projects.Project("small", work / "memory")
    data = project.directory / "src/main/jlayer"
    data.mkdir(parents=True)
    with open(data / "big", "wb") as big:
        for _ in range(1024):
            big.write(os.urandom(1 << 20))
    jlayer = maven.Jlayer(project, work / "memory")
    try:
        maven.mvn(f"{jlayer.plugin}:build", *jlayer.options(), *jlayer.on(None), cwd=project.directory, options="-Xmx128m")
        return True
    except measured.Failed:
        return False
