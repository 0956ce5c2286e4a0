# SPDX-License-Identifier: Apache-2.0
"""What happens to a project, and what each tool then costs.

A round is a story that begins with empty caches and has each chapter once, so that every change is new to every tool. All
tools build after each chapter, and take turns in being first. Rounds are repeated; medians are taken by chapter.
"""

import dataclasses
import shutil
import statistics
import sys

import limits
import maven
import measured
import peers

BASE_BYTES = 30_000_000


@dataclasses.dataclass(frozen=True)
class Chapter:
    """Something that happens, and the lowest kind of layer that it changes, if any."""

    name: str
    happens: object
    changes: str = ""


CHAPTERS = [
    Chapter("cold", lambda project, round_: project.reset(), "jars"),
    Chapter("nothing changed", lambda project, round_: None),
    Chapter("touched", lambda project, round_: project.touch()),
    Chapter("mvn clean in between", lambda project, round_: project.clean()),
    Chapter("one class", lambda project, round_: project.change_class(round_), "classes"),
    Chapter("one resource", lambda project, round_: project.change_resource(round_), "resources"),
    Chapter("one dependency", lambda project, round_: project.bump("dependency"), "jars"),
    Chapter("framework bump", lambda project, round_: project.bump("framework"), "jars"),
]
BASE_UPDATE = "base update"
UNCHANGED = ["touched", "mvn clean in between"]
PEER_CHAPTERS = ["cold", "one class"]


class Comparison:
    """All tools on one project."""

    def __init__(self, project, work):
        self.project = project
        self.work = work
        self.tools = [maven.Jlayer(project, work), maven.Jib(project, work)]
        self.costs = {}
        self.images = {}
        self.failures = {}
        self.fetch()
        self.context = peers.Context(project, maven.jars(project, work), work)
        self.peers = peers.installed(self.context, work)

    def about(self):
        """What the project is made of, in words."""
        jars = list(self.context.jars.iterdir())
        return (f"{self.project.size.classes:,} classes, {len(jars)} jars of "
                f"{sum(jar.stat().st_size for jar in jars) / 1e6:.1f} MB")

    def fetch(self):
        """Whatever any chapter needs, so that Maven can stay off line from then on."""
        for tool in self.tools:
            tool.fetch()
        self.project.bump("framework")
        self.project.bump("dependency")
        self.tools[0].fetch()
        self.project.reset()

    def play(self, rounds, registry=None):
        for round_ in range(1, rounds + 1):
            print(f"{self.project.name}, round {round_} of {rounds}", file=sys.stderr)
            for number, chapter in enumerate(CHAPTERS):
                self.tell(chapter, round_, turn=round_ + number)
            if registry:
                self.update_base(registry, round_)

    def tell(self, chapter, round_, turn):
        if chapter.name == "cold":
            for tool in [*self.tools, *self.peers]:
                tool.forget()
        chapter.happens(self.project, round_)
        for tool in in_turn(self.tools, turn):
            self.note(chapter.name, tool, tool.build())
        if chapter.name in PEER_CHAPTERS and self.peers:
            self.context.lay_out()
            for peer in in_turn(self.peers, turn):
                self.try_peer(chapter, peer)

    def try_peer(self, chapter, peer):
        """One that does not work on this machine is left out from then on."""
        try:
            self.note(chapter.name, peer, peer.build(chapter.changes))
        except measured.Failed as failure:
            self.peers.remove(peer)
            self.failures[peer.name] = failure.line()

    def update_base(self, registry, round_):
        """Both tools built on a base, which has a new version now; both pull it from the same registry."""
        before, after = (registry.push_base("base", 2 * round_ + new, BASE_BYTES) for new in (0, 1))
        for tool in self.tools:
            tool.build(before)
        for tool in in_turn(self.tools, round_):
            self.note(BASE_UPDATE, tool, tool.build(after))

    def note(self, chapter, tool, cost):
        self.costs.setdefault(chapter, {}).setdefault(tool.name, []).append(cost)
        self.images.setdefault(chapter, {})[tool.name] = tool.bytes()

    def limits(self):
        """Seconds that the machine needs for the bytes of the first build."""
        self.project.reset()
        return limits.measure(limits.files(self.context.jars, self.project.classes))

    def medians(self):
        """By chapter and tool: medians of seconds, CPU seconds and peak bytes, and the image's bytes."""
        return {chapter: {name: {
            "seconds": statistics.median(cost.seconds for cost in costs),
            "cpu": statistics.median(cost.cpu for cost in costs),
            "rss": statistics.median(cost.rss for cost in costs),
            "image": self.images[chapter][name],
        } for name, costs in tools.items()} for chapter, tools in self.costs.items()}

    def maven_alone(self):
        cost = maven.alone(self.project)
        return {"cpu": cost.cpu, "rss": cost.rss}

    def remove(self):
        """All that lies about of this project."""
        for peer in self.peers:
            peer.forget()
        for directory in self.work.glob(f"{self.project.name}-*"):
            shutil.rmtree(directory, ignore_errors=True)


class Pushes:
    """Both plugins push after each chapter that changes something; counted is what the registry has more then."""

    def __init__(self, comparison, registry):
        self.comparison = comparison
        self.registry = registry
        self.table = {}

    def play(self, short):
        """All that changes something, and a push that has nothing to do; in short, what the peers are asked for too."""
        project, tools = self.comparison.project, self.comparison.tools
        bases = [self.registry.push_base("pushed-on", 1000 + number, BASE_BYTES) for number in (0, 1)]
        for tool in tools:
            tool.forget()
            tool.build(bases[0])  # so that the pushes below have the base already
        for chapter in CHAPTERS:
            chapter.happens(project, 999)
            if chapter.name in PEER_CHAPTERS if short else chapter.name not in UNCHANGED:
                self.push(chapter.name, bases[0])
        if not short:
            self.push(BASE_UPDATE, bases[1])
        return self.table

    def push(self, name, base):
        for tool in self.comparison.tools:
            before = self.registry.stored()
            cost = tool.push(f"{self.registry.host}/{tool.name}-{self.comparison.project.name}:1", base)
            self.table.setdefault(name, {})[tool.name] = {
                "stored": self.registry.stored() - before, "seconds": cost.seconds}


def in_turn(tools, turn):
    return tools[turn % len(tools):] + tools[:turn % len(tools)] if tools else []
