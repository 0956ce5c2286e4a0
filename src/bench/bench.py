# SPDX-License-Identifier: Apache-2.0
"""Compares jlayer with jib-maven-plugin on one project, interleaved.

What is timed is the goal: from Maven's line that announces it to the end of the build, as Maven's log dates them. Maven's
start-up and everything before the goal is the same for both and is left out. Ratios of medians are what counts; seconds
are only good for the run that they stand in.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile

import trial

ROOT = pathlib.Path(__file__).resolve().parents[2]
JIB = "com.google.cloud.tools:jib-maven-plugin:3.5.2:buildTar"
JLAYER = "io.jlayer:jlayer-maven-plugin:0.1.0-SNAPSHOT:build"
JLAYER_PUSH = JLAYER.replace(":build", ":push")
JIB_PUSH = JIB.replace(":buildTar", ":build")
LINE = re.compile(r"^(\d+:\d+:\d+\.\d+) \[\w+\] (.*)$")


class Project:
    """A copy of an example that the run may change as it likes."""

    def __init__(self, example, work):
        self.directory = work / example
        shutil.copytree(ROOT / "examples" / example, self.directory, ignore=shutil.ignore_patterns("target"))
        self.store = work / (example + "-store")
        self.jib_caches = [work / (example + "-jib-base"), work / (example + "-jib-application")]
        self.mode = []
        self.maven("package", "-DskipTests")
        for tool in ("jib", "jlayer"):
            self.goal_seconds(tool)  # fetches what the goal needs, so that no download is timed
        self.mode = ["-o"]

    def maven(self, *arguments, options=""):
        environment = dict(os.environ, MAVEN_OPTS=options, LC_ALL="C.UTF-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run(
            ["mvn", "-B", *self.mode, "-Dorg.slf4j.simpleLogger.showDateTime=true",
             "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS", *arguments],
            cwd=self.directory, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if run.returncode != 0:
            sys.exit(run.stdout)
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return run.stdout

    def goal_seconds(self, tool):
        if tool == "jlayer":
            log = self.maven(JLAYER, f"-Djlayer.store={self.store}", "-Djlayer.from=scratch")
            wanted = "jlayer-maven-plugin"
        else:
            log = self.maven(JIB, "-Djib.from.image=scratch", "-Dimage=bench", "-Djib.container.mainClass=Main",
                             f"-Djib.baseImageCache={self.jib_caches[0]}",
                             f"-Djib.applicationCache={self.jib_caches[1]}", "-Djib.disableUpdateChecks=true")
            wanted = "jib-maven-plugin"
        return self.between(log, wanted)

    def push_seconds(self, tool, host, repository):
        if tool == "jlayer":
            log = self.maven(JLAYER_PUSH, f"-Djlayer.store={self.store}", f"-Djlayer.from={host}/base:1",
                             f"-Djlayer.to={host}/jlayer-{repository}:1")
            return self.between(log, "jlayer-maven-plugin")
        log = self.maven(JIB_PUSH, f"-Djib.from.image={host}/base:1", f"-Dimage={host}/jib-{repository}:1",
                         "-Djib.allowInsecureRegistries=true", "-Djib.container.mainClass=Main",
                         f"-Djib.baseImageCache={self.jib_caches[0]}", f"-Djib.applicationCache={self.jib_caches[1]}",
                         "-Djib.disableUpdateChecks=true")
        return self.between(log, "jib-maven-plugin")

    def between(self, log, wanted):
        start = end = None
        for line in log.splitlines():
            match = LINE.match(line)
            if match and match[2].startswith("--- ") and wanted in match[2]:
                start = clock(match[1])
            elif match and "BUILD SUCCESS" in match[2]:
                end = clock(match[1])
        return end - start

    def forget(self):
        for directory in [self.store, *self.jib_caches, self.directory / "target/jlayer"]:
            shutil.rmtree(directory, ignore_errors=True)
        (self.directory / "target/jib-image.tar").unlink(missing_ok=True)

    def change_one_class(self, number):
        source = next((self.directory / "src/main/java").rglob("*Application.java"))
        text = source.read_text().split("\n// The class that changes.")[0]
        source.write_text(f'{text}\n// The class that changes.\nclass Change {{\n    static final String NUMBER = "{number}";\n}}\n')
        self.maven("package", "-DskipTests")


def clock(text):
    hours, minutes, seconds = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def compare(project, rounds):
    table = {}
    for scenario in ("cold", "nothing changed", "one class"):
        seconds = {"jlayer": [], "jib": []}
        if scenario == "nothing changed":
            for tool in seconds:
                project.goal_seconds(tool)
        for number in range(rounds):
            if scenario == "cold":
                project.forget()
            elif scenario == "one class":
                project.change_one_class(number)
            for tool in (("jlayer", "jib") if number % 2 == 0 else ("jib", "jlayer")):
                seconds[tool].append(project.goal_seconds(tool))
        table[scenario] = {tool: statistics.median(values) for tool, values in seconds.items()}
    return table


class Registry:
    """The reference registry on this machine alone, with a base of 40 MB."""

    def __init__(self, work):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.host = "127.0.0.1:%d" % free.getsockname()[1]
        config = work / "registry.yml"
        config.write_text(f"version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\nstorage: {{filesystem: {{rootdirectory: {work}/registry}}}}\n"
                          f"http: {{addr: '{self.host}'}}\n")
        self.process = subprocess.Popen(["docker-registry", "serve", str(config)], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)

    def push_base(self, work):
        files = work / "root/usr/lib"
        files.mkdir(parents=True)
        (files / "base").write_bytes(os.urandom(40_000_000))
        project = Project("hello", work)
        project.mode = ["-nsu"]
        project.maven(JLAYER_PUSH, f"-Djlayer.store={project.store}", f"-Djlayer.from=rootfs:{work}/root",
                      f"-Djlayer.to={self.host}/base:1")


def compare_pushes(project, work, rounds):
    registry = Registry(work)
    try:
        registry.push_base(work)
        project.mode = ["-nsu"]  # a push is not for -o
        for tool in ("jlayer", "jib"):
            project.push_seconds(tool, registry.host, "warm")
        table = {}
        for scenario in ("first push", "push, nothing changed", "push, one class"):
            seconds = {"jlayer": [], "jib": []}
            for number in range(rounds):
                if scenario == "push, one class":
                    project.change_one_class(f"pushed {number}")
                for tool in (("jlayer", "jib") if number % 2 == 0 else ("jib", "jlayer")):
                    if scenario == "first push":
                        project.forget()
                    repository = f"first-{number}" if scenario == "first push" else "warm"
                    seconds[tool].append(project.push_seconds(tool, registry.host, repository))
            table[scenario] = {tool: statistics.median(values) for tool, values in seconds.items()}
            if scenario == "first push":
                for tool in seconds:
                    project.push_seconds(tool, registry.host, "warm")
        return table
    finally:
        registry.process.terminate()


def memory(work):
    """Whether a layer of 1 GiB passes through a heap of 128 MiB."""
    project = Project("hello", work / "memory")
    data = project.directory / "src/main/jlayer"
    data.mkdir(parents=True)
    with open(data / "big", "wb") as big:
        for _ in range(1024):
            big.write(os.urandom(1 << 20))
    log = project.maven(JLAYER, f"-Djlayer.store={project.store}", "-Djlayer.from=scratch", options="-Xmx128m")
    return "BUILD SUCCESS" in log


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each thing is measured (default 5)")
    parser.add_argument("--only", choices=["build", "push"], help="leave the other half out")
    parser.add_argument("--no-build", action="store_true", help="take jlayer as it was installed last")
    parser.add_argument("--results", type=pathlib.Path, help="also write the tables there, as NAME.md and NAME.json")
    parser.add_argument("--trial", action="store_true", help="compare trials with podman, buildah and GNU tar instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jlayer-bench-") as directory:
        work = pathlib.Path(directory)
        if options.trial:
            print("\n".join(trial.lines(work, options.rounds)))
            return
        project = Project("spring-boot", work)
        table = compare(project, options.rounds) if options.only != "push" else {}
        if options.only != "build" and shutil.which("docker-registry"):
            table.update(compare_pushes(project, work, options.rounds))
        fits = options.only == "push" or memory(work)
    lines = [f"{datetime.date.today()}, {os.cpu_count()} cores, Java {java_version()}, {platform.system()} {platform.release()}, "
             f"medians of {options.rounds}, load {os.getloadavg()[0]:.1f}, goal time in seconds, examples/spring-boot on an empty base; "
             "pushes on a base of 40 MB to a registry on this machine, against jib:build", "",
             "| build | jlayer | jib 3.5.2 | ratio |", "|---|---|---|---|"]
    for scenario, row in table.items():
        lines.append(f"| {scenario} | {row['jlayer']:.3f} | {row['jib']:.3f} | {row['jlayer'] / row['jib']:.3f} |")
    if options.only != "push":
        lines += ["", f"A layer of 1 GiB through a heap of 128 MiB: {'yes' if fits else 'no'}"]
    print("\n".join(lines))
    if options.results:
        options.results.with_suffix(".md").write_text("\n".join(lines) + "\n")
        options.results.with_suffix(".json").write_text(json.dumps(table, indent=2) + "\n")


def java_version():
    out = subprocess.run(["java", "-version"], text=True, stderr=subprocess.PIPE).stderr
    return out.split('"')[1]


if __name__ == "__main__":
    main()
