# SPDX-License-Identifier: Apache-2.0
"""The two Maven plugins, run as users run them: a Maven each time.

What counts as time is the goal: from Maven's line that announces it to the end of the build, as Maven's log dates them.
Maven's own start and the resolving of dependencies come before and are the same for both. CPU and memory are those of the
whole process.
"""

import dataclasses
import os
import re
import shutil

import measured

DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
LINE = re.compile(r"^(\d+:\d+:\d+\.\d+) \[\w+\] (.*)$")


def environment(options=""):
    """The caller's, with his local repository, and more options for the JVM."""
    return dict(os.environ, LC_ALL="C.UTF-8", MAVEN_OPTS=f"{os.environ.get('MAVEN_OPTS', '')} {options}".strip())


def mvn(*arguments, cwd, options=""):
    return measured.run("mvn", "-B", "-Dorg.slf4j.simpleLogger.showDateTime=true",
                        "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS", *arguments, cwd=cwd, env=environment(options))


class Tool:
    """A plugin with caches of its own, which no other project and no earlier run has filled."""

    def __init__(self, project, work):
        self.project = project
        self.caches = work / f"{project.name}-{self.name}-caches"

    def forget(self):
        """As on a machine that never built this project; what lies in target/ goes with that."""
        shutil.rmtree(self.caches, ignore_errors=True)

    def build(self, base=None):
        """Builds the image, on nothing or on an image in a registry on this machine."""
        mode = "-nsu" if base else "-o"
        return self.goal(mode, self.build_goal, *self.on(base))

    def push(self, image, base=None):
        """Builds the image and pushes it."""
        return self.goal("-nsu", self.push_goal, *self.on(base), *self.to(image))

    def fetch(self):
        """Fetches what the goal needs, so that no download is timed."""
        self.goal("-nsu", self.build_goal, *self.on(None))

    def goal(self, mode, goal, *arguments):
        cost = mvn(mode, f"{self.plugin}:{goal}", *arguments, *self.options(), cwd=self.project.directory)
        return dataclasses.replace(cost, seconds=self.between(cost.output))

    def between(self, log):
        start = end = None
        for line in log.splitlines():
            match = LINE.match(line)
            if match and match[2].startswith("--- ") and self.plugin.split(":")[1] in match[2]:
                start = seconds(match[1])
            elif match and "BUILD SUCCESS" in match[2]:
                end = seconds(match[1])
        if start is None or end is None:
            raise measured.Failed(f"Maven's log does not say when {self.plugin} began or ended:\n{log}")
        return (end - start) % 86400

    def bytes(self):
        """Bytes of the image as it was written."""
        return measured.bytes_below(self.output)


class Jlayer(Tool):
    name = "jlayer"
    plugin = "io.jlayer:jlayer-maven-plugin:0.1.0-SNAPSHOT"
    build_goal = "build"
    push_goal = "push"

    @property
    def output(self):
        return self.project.directory / "target/jlayer"

    @property
    def readable(self):
        return f"oci:{self.output}/image:latest"

    def bytes(self):
        return measured.bytes_below(self.output / "image")

    def options(self):
        return [f"-Djlayer.store={self.caches}", "-Djlayer.container.mainClass=app.Main"]

    def on(self, base):
        return [f"-Djlayer.from={base or 'scratch'}"]

    def to(self, image):
        return [f"-Djlayer.to={image}"]


class Jib(Tool):
    name = "jib"
    version = "3.5.2"
    plugin = f"com.google.cloud.tools:jib-maven-plugin:{version}"
    build_goal = "buildTar"
    push_goal = "build"

    @property
    def output(self):
        return self.project.directory / "target/jib-image.tar"

    @property
    def readable(self):
        return f"docker-archive:{self.output}"

    def options(self):
        return [f"-Djib.baseImageCache={self.caches}/base", f"-Djib.applicationCache={self.caches}/application",
                "-Djib.disableUpdateChecks=true", "-Djib.container.mainClass=app.Main",
                "-Djib.allowInsecureRegistries=true"]

    def on(self, base):
        return [f"-Djib.from.image={base or 'scratch'}", "-Dimage=bench"]

    def to(self, image):
        return [f"-Dimage={image}"]


def seconds(text):
    hours, minutes, rest = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def jars(project, work):
    """A directory with the project's run-time dependencies, as Maven resolves them."""
    directory = work / f"{project.name}-jars"
    shutil.rmtree(directory, ignore_errors=True)
    mvn("-q", f"{DEPENDENCY_PLUGIN}:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={directory}",
        cwd=project.directory)
    return directory


def alone(project):
    """What Maven costs when it does nothing."""
    return mvn("-o", "validate", cwd=project.directory)
