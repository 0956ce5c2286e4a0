# SPDX-License-Identifier: Apache-2.0
"""buildah and umoci, given the same job as far as they can do it.

The same jars, resources and classes go into three layers, one for each kind, packed with gzip, and into an OCI layout. Both
run as one would write them in a script: buildah builds a Containerfile with its cache of layers (--layers) and then pushes to
the layout; umoci inserts one directory after another, and after a change only from the lowest changed one on, since the image
up to there has a tag of its own. Neither starts a JVM, and what is timed is their commands from start to end. Files are laid
out for them beforehand, which costs them nothing.
"""

import os
import shutil

import measured

KINDS = ["jars", "resources", "classes"]
PLACES = {"jars": "/app/lib", "resources": "/app/resources", "classes": "/app/classes"}


class Context:
    """The project's files, in a directory for each kind of layer."""

    def __init__(self, project, jars, work):
        self.project = project
        self.jars = jars
        self.directory = work / f"{project.name}-context"

    def lay_out(self):
        shutil.rmtree(self.directory, ignore_errors=True)
        shutil.copytree(self.jars, self.directory / "jars", copy_function=os.link)
        self.copy("resources", lambda name: not name.endswith(".class"))
        self.copy("classes", lambda name: name.endswith(".class"))

    def copy(self, kind, wanted):
        """Only what is another file, so that what did not change keeps its times."""
        for file in self.project.classes.rglob("*"):
            if file.is_file() and wanted(file.name):
                copy = self.directory / kind / file.relative_to(self.project.classes)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, copy)


class Buildah:
    name = "buildah"
    needed = ["buildah"]

    def __init__(self, context, work):
        self.context = context
        self.storage = work / f"{context.project.name}-buildah"
        self.output = work / f"{context.project.name}-buildah-image"

    @property
    def readable(self):
        return f"oci:{self.output}:latest"

    def forget(self):
        if self.storage.exists():
            self.buildah("rmi", "--all", "--force")
        shutil.rmtree(self.storage, ignore_errors=True)
        shutil.rmtree(self.output, ignore_errors=True)

    def build(self, changed):
        """Finds itself what changed; also when all did."""
        copies = [f"COPY {kind} {PLACES[kind]}\n" for kind in KINDS if (self.context.directory / kind).exists()]
        (self.context.directory / "Containerfile").write_text(
            "FROM scratch\n" + "".join(copies) + 'ENTRYPOINT ["java", "-cp", "/app/classes:/app/lib/*", "app.Main"]\n')
        return (self.buildah("bud", "--layers", "--timestamp", "1", "-q", "-t", "bench", self.context.directory)
                + self.buildah("push", "-q", "bench", f"oci:{self.output}:latest"))

    def buildah(self, *arguments):
        return measured.run("buildah", "--root", self.storage / "root", "--runroot", self.storage / "run", *arguments)

    def bytes(self):
        return measured.bytes_below(self.output)


class Umoci:
    name = "umoci"
    needed = ["umoci"]

    def __init__(self, context, work):
        self.context = context
        self.output = work / f"{context.project.name}-umoci-image"

    @property
    def readable(self):
        return f"oci:{self.output}:latest"

    def forget(self):
        shutil.rmtree(self.output, ignore_errors=True)

    def build(self, changed):
        """Inserts the kinds from the lowest changed one on, and sets what runs."""
        cost = measured.Cost(0, 0, 0, "")
        if not self.output.exists():
            cost += self.umoci("init", "--layout", self.output) + self.umoci("new", "--image", f"{self.output}:up-to-nothing")
        below = "nothing"
        for kind in KINDS:
            if not (self.context.directory / kind).exists():
                continue
            if KINDS.index(kind) >= KINDS.index(changed):
                cost += self.umoci("insert", "--image", f"{self.output}:up-to-{below}", "--tag", f"up-to-{kind}",
                                   self.context.directory / kind, PLACES[kind])
            below = kind
        return cost + self.umoci("config", "--image", f"{self.output}:up-to-{below}", "--tag", "latest",
                                 "--config.entrypoint", "java", "--config.cmd", "app.Main")

    def umoci(self, *arguments):
        return measured.run("umoci", *arguments)

    def bytes(self):
        return measured.bytes_below(self.output)


def installed(context, work):
    """The peers that are on this machine."""
    return [peer(context, work) for peer in (Buildah, Umoci) if all(map(shutil.which, peer.needed))]


def missing():
    """The names of those that are not."""
    return [peer.name for peer in (Buildah, Umoci) if not all(map(shutil.which, peer.needed))]
