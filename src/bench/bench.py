# SPDX-License-Identifier: Apache-2.0
"""Builds images with jlayer and its peers on generated projects, in one run, and says what each took."""

import argparse
import contextlib
import json
import math
import pathlib
import shutil
import signal
import sys
import tempfile

import figures
import memory
import peers
import projects
import pulls
import readback
import registry
import releases
import report
import scenarios
import trial

PULLED = "medium"
PARTS = ["builds", "pushes", "releases", "pulls", "memory"]


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # so that all is tidied up
    with tempfile.TemporaryDirectory(prefix="jlayer-bench-", ignore_cleanup_errors=True) as directory:
        work = pathlib.Path(directory)
        if options.trial:
            print("\n".join(trial.lines(work, options.rounds)))
            return
        run = Run(options, work)
        try:
            run.go()
        finally:
            publish(run, options.results)  # also what there is when something fails
    if options.short:
        check(run.results)


def publish(run, name):
    print("\n".join(run.lines))
    if name:
        name.with_suffix(".md").write_text("\n".join(run.lines) + "\n")
        name.with_suffix(".json").write_text(json.dumps(run.results, indent=2) + "\n")


def arguments():
    parser = argparse.ArgumentParser(prog="src/bench/run", description=__doc__)
    parser.add_argument("--rounds", type=int, help="how often each thing is measured (default 3)")
    parser.add_argument("--sizes", type=words(projects.SIZES), help="projects, as small,medium,large (default: all)")
    parser.add_argument("--only", type=words(PARTS), default=PARTS, help=f"parts of the bench, of {','.join(PARTS)}")
    parser.add_argument("--short", action="store_true",
                        help="once, on the small project, and every image read back: whether the bench is sound, not how "
                             "fast anything is")
    parser.add_argument("--results", type=pathlib.Path, help="also write the tables there, as NAME.md and NAME.json")
    parser.add_argument("--no-build", action="store_true", help="take jlayer as it was installed last")
    parser.add_argument("--trial", action="store_true", help="compare trials with podman, buildah and GNU tar instead")
    parser.add_argument("--jmh", action="store_true",
                        help="run the JMH benchmarks instead: must come first, and what follows goes to JMH")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.short else 3)
    options.sizes = options.sizes or (["small"] if options.short else list(projects.SIZES))
    return options


def words(known):
    def parse(text):
        given = text.split(",")
        unknown = [word for word in given if word not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"'{unknown[0]}' is none of {', '.join(known)}")
        return given
    return parse


class Run:
    """One run of the bench: lines for people, results for machines."""

    def __init__(self, options, work):
        self.options = options
        self.work = work
        self.lines = [report.machine(options.rounds)]
        self.results = {}

    def go(self):
        if self.missing():
            self.lines += ["", "Not installed, and so left out: " + ", ".join(self.missing())]
        if {"builds", "pushes", "pulls"} & set(self.options.only):
            self.projects()
        if "releases" in self.options.only:
            self.results["releases"] = releases.count(self.work)
            self.lines += ["", "### Releases", *report.releases(self.results["releases"])]
        self.results["figures"] = figures.reached(self.results)
        self.lines += report.figures(self.results["figures"])
        if "memory" in self.options.only and not self.options.short:
            self.results["1 GiB through 128 MiB"] = fits = memory.fits(self.work)
            self.lines += ["", f"A layer of 1 GiB through a heap of 128 MiB: {'yes' if fits else 'no'}"]

    def pulled(self):
        """The project whose image is pulled."""
        return PULLED if PULLED in self.options.sizes else self.options.sizes[-1]

    @staticmethod
    def missing():
        programs = ["docker-registry", "skopeo", "podman", "zstd"]
        return [*peers.missing(), *(name for name in programs if not shutil.which(name))]

    def projects(self):
        for name in self.options.sizes:
            # A registry for each, since what one project's images have must not be there already for the next.
            with registry.Registry(self.work / "near") if registry.usable() else contextlib.nullcontext() as near:
                self.project(name, near)

    def project(self, name, near):
        comparison = scenarios.Comparison(projects.Project(name, self.work), self.work)
        result = self.results.setdefault("projects", {}).setdefault(name, {})
        self.lines += ["", f"### {name}: {comparison.about()}"]
        if "builds" in self.options.only:
            self.builds(comparison, near, result)
        if near and "pushes" in self.options.only:
            result["pushes"] = scenarios.Pushes(comparison, near).play(self.options.short)
            self.lines += report.pushes(result["pushes"])
        if near and "pulls" in self.options.only and name == self.pulled():
            result["pulls"], failures = pulls.measure(comparison, near, self.options.rounds, self.options.short)
            self.fail(failures)
            self.lines += report.pulls(result["pulls"])
        comparison.remove()

    def fail(self, failures):
        """What is installed and does not work is said, too; the short form fails then."""
        self.results.setdefault("failures", {}).update(failures)
        for name, line in failures.items():
            self.lines += ["", f"{name} does not work here: {line}"]

    def builds(self, comparison, near, result):
        comparison.play(self.options.rounds, near)
        self.fail(comparison.failures)
        result["builds"] = comparison.medians()
        result["maven alone"] = comparison.maven_alone()
        result["limits"] = comparison.limits()
        self.lines += report.builds(result["builds"], result["maven alone"])
        self.lines += report.against_limits(result["limits"], result["builds"])
        if self.options.short:
            result["read back"] = readback.read_back(comparison)
            self.lines += ["", "Read back: " + ", ".join(result["read back"])]


def check(results):
    """Ends with an error unless all that was asked for gave numbers that can be, and nothing that is installed failed."""
    faults = [f"{path}: {value}" for path, value in leaves("", results) if not isinstance(value, (int, float, str)) or
              isinstance(value, float) and not (value >= 0 and math.isfinite(value))]
    faults += [f"{name}: {line}" for name, line in results.get("failures", {}).items()]
    for name, project in results.get("projects", {}).items():
        faults += [f"{name}: nothing of '{chapter.name}'" for chapter in scenarios.CHAPTERS
                   if "builds" in project and len(project["builds"].get(chapter.name, {})) < 2]
    if faults or not results:
        sys.exit("\n".join(["The bench is not sound:", *(faults or ["nothing was measured"])]))
    print("\nThe bench is sound.")


def leaves(path, tree):
    for name, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        if isinstance(value, (dict, list, tuple)):
            yield from leaves(f"{path}/{name}", value)
        else:
            yield f"{path}/{name}", value


if __name__ == "__main__":
    main()
