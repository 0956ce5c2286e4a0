# SPDX-License-Identifier: Apache-2.0
"""Tables in Markdown of what was measured."""

import datetime
import os
import platform
import subprocess

import maven

PEERS = ["buildah", "umoci"]
TOOLS = ["jlayer", "jib", *PEERS]


def machine(rounds):
    """The run's circumstances, in a line."""
    java = subprocess.run(["java", "-version"], text=True, stderr=subprocess.PIPE).stderr.split('"')[1]
    return (f"{datetime.date.today()}, {processor()}, {os.cpu_count()} cores, Java {java}, {platform.system()} "
            f"{platform.release()}, medians of {rounds}, load at the start {os.getloadavg()[0]:.1f}")


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":")[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def table(heads, rows):
    """Lines of a table; what there is no value for is a dash."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return lines + ["| " + " | ".join("–" if cell is None else str(cell) for cell in row) + " |" for row in rows]


def number(value, form):
    return None if value is None else format(value, form)


def ratio(one, other):
    return None if not other or one is None else f"{one / other:.3f}"


def builds(medians, alone):
    """Of one project: goal seconds and their ratio, CPU, memory, image."""
    rows = []
    for chapter, tools in medians.items():
        ours, jib = tools["jlayer"], tools["jib"]
        rows.append([
            chapter, number(ours["seconds"], ".3f"), number(jib["seconds"], ".3f"), ratio(ours["seconds"], jib["seconds"]),
            *(number(tools.get(peer, {}).get("seconds"), ".3f") for peer in PEERS),
            number(ours["cpu"], ".1f"), number(jib["cpu"], ".1f"), megabytes(ours["rss"]), megabytes(jib["rss"]),
            ratio(ours["rss"], jib["rss"]), megabytes(ours["image"]), megabytes(jib["image"])])
    rows.append(["(Maven alone)", None, None, None, None, None, number(alone["cpu"], ".1f"), None, megabytes(alone["rss"]),
                 None, None, None, None])
    return ["", *table(
        ["build", "jlayer s", f"jib {maven.Jib.version} s", "ratio", *(f"{peer} s" for peer in PEERS), "jlayer CPU s",
         "jib CPU s", "jlayer RSS MB", "jib RSS MB", "ratio", "jlayer image MB", "jib image MB"], rows)]


def against_limits(limits, medians):
    """The machine's limits for the bytes of the first build, and the cold builds as multiples of them."""
    cold = [medians["cold"].get(name, {}).get("seconds") for name in TOOLS]
    rows = [[name, f"{seconds:.3f}", *(ratio(tool, seconds) for tool in cold)] for name, seconds in limits.items()]
    return ["", *table(["limit", "s", *(f"{name}, cold / limit" for name in TOOLS)], rows)]


def figures(rows):
    """What is wanted, and what came out."""
    return ["", "### Figures wanted", "", *table(
        ["figure", "wanted: at most", "measured", "reached"],
        [[what, wanted, f"{value:.3f}", "yes" if value <= wanted else "no"] for what, wanted, value in rows])]


def pushes(table_):
    rows = [[chapter, number(row["jlayer"]["stored"], ","), number(row["jib"]["stored"], ","),
             ratio(row["jlayer"]["stored"], row["jib"]["stored"]), f"{row['jlayer']['seconds']:.2f}",
             f"{row['jib']['seconds']:.2f}", ratio(row["jlayer"]["seconds"], row["jib"]["seconds"])]
            for chapter, row in table_.items()]
    return ["", "Pushed to a registry on this machine, on a base that it has, once each:", "", *table(
        ["push", "jlayer: bytes newly stored", "jib: bytes newly stored", "ratio", "jlayer s", "jib s", "ratio"], rows)]


def megabytes(value):
    return None if value is None else f"{value / 1e6:.1f}"


def releases(series):
    """By series and plan: bytes pushed and pulled, with their ratio to Jib's."""
    lines = []
    for name, plans in series.items():
        jib = plans["jib"]
        rows = [[plan, costs["layers"],
                 *(cell for what in ("pushed", "kept", "chain")
                   for cell in (megabytes(costs[what]), ratio(costs[what], jib[what])))]
                for plan, costs in plans.items() if plan != "about"]
        lines += ["", f"**{name}**: {plans['about']}", "", *table(
            ["plan", "layers at most", "pushed MB", "/ jib", "pulled MB, blobs kept", "/ jib",
             "pulled MB, from the lowest change", "/ jib"], rows)]
    return lines


def pulls(seconds):
    """By client and latency."""
    rows = [[client, latency, f"{row['jlayer']:.2f}", f"{row['jib']:.2f}", ratio(row["jlayer"], row["jib"])]
            for client, latencies in seconds.items() for latency, row in latencies.items()]
    return ["", "Cold pulls of its image from a registry on this machine:", "",
            *table(["client", "added latency ms", "jlayer s", "jib s", "ratio"], rows)]
