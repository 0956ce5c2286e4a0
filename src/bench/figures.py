# SPDX-License-Identifier: Apache-2.0
"""The figures that jlayer wants to reach, and what came out. All are ratios within the run, unless they say otherwise."""

LIMIT = "deflate, level 6"
LIFE = "a service's life"


def reached(results):
    """Rows of what, at most how much, and how much it is; only what this run measured."""
    rows = []
    for name, project in results.get("projects", {}).items():
        rows += [(f"{name}: {what}", wanted, value) for what, wanted, value in
                 [*builds(name, project), *pulls(project)]]
    return rows + released(results.get("releases", {}))


def builds(name, project):
    medians = project.get("builds", {})
    if not medians:
        return
    cold = medians["cold"]
    yield "cold build / jib", 0.2, seconds(cold)
    yield f"cold build / {LIMIT}, all cores", 1.3, cold["jlayer"]["seconds"] / project["limits"][LIMIT]
    if "umoci" in cold:
        yield "cold build / umoci", 0.6, seconds(cold, "umoci")
    yield "nothing changed / jib", 0.1, seconds(medians["nothing changed"])
    if name == "medium":
        yield "nothing changed, in seconds", 0.06, medians["nothing changed"]["jlayer"]["seconds"]
    yield "one class / jib", 0.15, seconds(medians["one class"])
    yield "peak RSS / jib, at worst", 1, max(row["jlayer"]["rss"] / row["jib"]["rss"] for row in medians.values())


def pulls(project):
    rows = [row for latencies in project.get("pulls", {}).values() for row in latencies.values()]
    if rows:
        yield "cold pull / jib, at worst", 1.5, max(row["jlayer"] / row["jib"] for row in rows)


def released(series):
    if not series:
        return []
    return [("releases: pushed over a service's life / jib", 0.25, bytes_(series[LIFE], "pushed")),
            ("releases: pushed over single bumps / jib", 0.1, bytes_(series["single bumps"], "pushed")),
            ("releases: pulled from the lowest change over single bumps / jib", 0.45, bytes_(series["single bumps"], "chain")),
            ("releases: pulled from the lowest change over a service's life / jib", 0.45, bytes_(series[LIFE], "chain"))]


def seconds(row, other="jib"):
    return row["jlayer"]["seconds"] / row[other]["seconds"]


def bytes_(plans, what):
    return plans["jlayer, auto"][what] / plans["jib"][what]
