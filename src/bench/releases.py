# SPDX-License-Identifier: Apache-2.0
"""What series of releases cost: bytes that are pushed, and that two kinds of clients pull.

Versions and sizes of jars are those of a real service's history (the data of LayeringReplayTest); which layers jlayer makes
of them says its own planner (Plans.java). Jib's and Spring Boot's splits are modelled after their documentation: all released
dependencies in one layer (Boot's loader in another), and above it resources and classes apart (Jib) or together (Boot). A
layer counts the bytes of its files, padded as in a tar; jars hardly pack any further.
"""

import dataclasses
import gzip
import json
import pathlib
import random
import subprocess

import maven
import measured

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
HISTORY = ROOT / "plugin/src/test/resources/io/jlayer/plan/boot-releases.json.gz"
LAYERINGS = ["auto", "fleet", "simple", "per-dependency"]

BASE = 60_000_000
CLASSES = 1_500_000
RESOURCES = 200_000
LOADER = 220_000
CLASS_PATH = 16_384


@dataclasses.dataclass(frozen=True)
class Release:
    """One state: jars as (name, version, bytes), and which version of all else."""

    jars: frozenset
    base: int = 0
    classes: int = 0

    def bumped(self, jars):
        """With other versions of some jars."""
        names = {name for name, _, _ in jars}
        return dataclasses.replace(self, jars=frozenset(jar for jar in self.jars if jar[0] not in names) | frozenset(jars))

    def coded(self):
        """With a change of the application itself."""
        return dataclasses.replace(self, classes=self.classes + 1)

    def based(self):
        """On the next version of the base."""
        return dataclasses.replace(self, base=self.base + 1)


def history():
    """The releases of the framework, with all jars that the service then had."""
    with gzip.open(HISTORY) as file:
        return [Release(frozenset((name, *jar) for name, jar in release["jars"].items()))
                for release in json.load(file)["releases"]]


def trains(before, after):
    """What changed between two states, by what was released together, in the order of names."""
    changed = {}
    for name, version, size in after.jars - before.jars:
        publisher = ".".join(name.split(":")[0].split(".")[:2])
        changed.setdefault(f"{publisher} {version}", []).append((name, version, size))
    return [changed[train] for train in sorted(changed)]


def without_removed(state, after):
    names = {name for name, _, _ in after.jars}
    return dataclasses.replace(state, jars=frozenset(jar for jar in state.jars if jar[0] in names))


def single_bumps(releases):
    series = [releases[0]]
    for release in releases[1:]:
        state = without_removed(series[-1], release)
        for train in trains(state, release):
            state = state.bumped(train)
            series.append(state)
    return series


def class_changes(releases):
    series = [releases[0]]
    for _ in range(20):
        series.append(series[-1].coded())
    return series


def new_dependencies(releases):
    """The last release without ten of its publishers, which then come one by one."""
    publishers = trains(Release(frozenset()), releases[-1])
    later = random.Random(6).sample(publishers, 10)
    series = [Release(releases[-1].jars - {jar for train in later for jar in train})]
    for train in later:
        series.append(series[-1].bumped(train))
    return series


def base_updates(releases):
    series = [releases[0]]
    for _ in range(10):
        series.append(series[-1].based())
    return series


def service_life(releases):
    """A release each week with changed classes; three of four bump one train as well, the fourth bumps the framework, with
    all that comes with it; each eighth has a new base."""
    series = [releases[0]]
    for number, release in enumerate(releases[1:]):
        state = without_removed(series[-1], release)
        early = trains(state, release)
        random.Random(number).shuffle(early)
        for train in early[:3]:
            state = state.bumped(train).coded()
            series.append(state)
        state = dataclasses.replace(state, jars=release.jars).coded()
        series.append(state.based() if number % 2 else state)
    return series


SERIES = {
    "class changes": (class_changes, "only classes change"),
    "single bumps": (single_bumps, "the history, each train of jars bumped alone"),
    "framework bumps": (lambda releases: releases, "the history, each release of the framework with all that it brings"),
    "new dependencies": (new_dependencies, "publishers that come one by one"),
    "base updates": (base_updates, "nothing but the base changes"),
    "a service's life": (service_life, " ".join(service_life.__doc__.split()).rstrip(".")),
}


class Refused(Exception):
    """The planner does not split these dependencies so."""


class Planner:
    """jlayer's own planner in a JVM, asked line by line."""

    def __init__(self, work):
        classes = work / "plans"
        path = ROOT / "plugin/target/classes"
        measured.run("javac", "-nowarn", "-proc:none", "-cp", path, "-d", classes, HERE / "Plans.java")
        self.process = subprocess.Popen(["java", "-cp", f"{path}:{classes}:{libraries(work)}", "io.jlayer.plan.Plans"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def layers(self, layering, jars):
        """Sets of jars, lowest first."""
        ordered = sorted(jars)
        words = [layering, *(f"{name}:{version} {size}" for name, version, size in ordered)]
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise measured.Failed("the planner gave up; its error stands above")
        if answer.startswith("refused"):
            raise Refused(answer)
        return [frozenset(ordered[int(number)] for number in layer.split(",")) for layer in answer.strip().split("\t")]


def libraries(work):
    """What the planner needs besides its own classes."""
    file = work / "planner-class-path"
    maven.mvn("-q", "-nsu", "-pl", "plugin", f"{maven.DEPENDENCY_PLUGIN}:build-classpath", f"-Dmdep.outputFile={file}",
              cwd=ROOT)
    return file.read_text().strip()


def base(release):
    return (("base", release.base), BASE)


def is_base(content):
    return isinstance(content, tuple) and content[0] == "base"


def jar_layer(jars):
    return (jars, sum(size for _, _, size in jars))


def jlayer(planner, layering):
    def layers(release):
        planned = [jar_layer(jars) for jars in planner.layers(layering, release.jars)]
        return [base(release), *planned, (("resources",), RESOURCES), (("class path", release.jars), CLASS_PATH),
                (("classes", release.classes), CLASSES)]
    return layers


def jib(release):
    return [base(release), jar_layer(release.jars), (("resources",), RESOURCES), (("classes", release.classes), CLASSES),
            (("class path", release.jars), CLASS_PATH)]


def boot(release):
    loader = {version for name, version, _ in release.jars if name == "org.springframework.boot:spring-boot"}
    return [base(release), jar_layer(release.jars), (("loader", *loader), LOADER),
            (("application", release.classes, release.jars), CLASSES + RESOURCES)]


def cost(series, split):
    """Bytes of all releases after the first, and the most layers above the base.

    Pushed: layers that no earlier release had; bases are in the registry already. Kept: what a client pulls that keeps every
    blob. Chain: what one pulls that knows a layer only by all that lies below it, as Docker's graph drivers do.
    """
    held, chains = set(), set()
    pushed = kept = chain = most = 0
    for number, release in enumerate(series):
        layers = split(release)
        most = max(most, len(layers) - 1)
        below = ()
        for content, size in layers:
            below = hash((below, content))
            if number:
                pushed += size if content not in held and not is_base(content) else 0
                kept += size if content not in held else 0
                chain += size if below not in chains else 0
            held.add(content)
            chains.add(below)
    return {"layers": most, "pushed": pushed, "kept": kept, "chain": chain}


def count(work):
    """By series: what it is, and what each plan costs."""
    releases = history()
    counted = {}
    with Planner(work) as planner:
        plans = {f"jlayer, {layering}": jlayer(planner, layering) for layering in LAYERINGS}
        plans |= {"jib": jib, "boot": boot}
        for name, (make, about) in SERIES.items():
            series = make(releases)
            counted[name] = {"about": f"{len(series) - 1} releases; {about}."}
            for plan, split in plans.items():
                try:
                    counted[name][plan] = cost(series, split)
                except Refused:
                    counted[name]["about"] += f" {plan}: refused, since that takes too many layers for one of them."
    return counted
