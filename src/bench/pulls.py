# SPDX-License-Identifier: Apache-2.0
"""Cold pulls of what both plugins pushed, from a registry that seems far away."""

import shutil
import statistics

import measured
import registry

LATENCIES = [0, 20, 80]


def measure(comparison, near, rounds, short):
    """Median seconds by client, added latency in milliseconds, and tool; and why a client does not work here, if so."""
    images = push(comparison, near)
    table, failures = {}, {}
    for latency in LATENCIES[:1] if short else LATENCIES:
        for round_ in range(rounds):
            with registry.Distance(near.port, latency) as far:
                for client in clients(comparison.work, failures):
                    row = table.setdefault(client.name, {}).setdefault(str(latency), {})
                    try:
                        for name in sorted(images, reverse=round_ % 2 == 1):
                            row.setdefault(name, []).append(client.pull(f"{far.host}/{images[name]}"))
                    except measured.Failed as failure:
                        failures[client.name] = failure.line()
                        del table[client.name]
    return {client: {latency: {name: statistics.median(seconds) for name, seconds in row.items()}
                     for latency, row in latencies.items()} for client, latencies in table.items()}, failures


def push(comparison, near):
    """Names within the registry, by tool."""
    comparison.project.reset()
    images = {tool.name: f"pulled/{tool.name}-{comparison.project.name}:1" for tool in comparison.tools}
    for tool in comparison.tools:
        tool.push(f"{near.host}/{images[tool.name]}")
    return images


def clients(work, failures):
    """Those that are on this machine and work there."""
    return [client(work) for client in (Skopeo, Podman) if shutil.which(client.name) and client.name not in failures]


class Skopeo:
    """Blobs into an OCI layout, several at once: the network alone."""

    name = "skopeo"

    def __init__(self, work):
        self.directory = work / "skopeo-pull"

    def pull(self, image):
        cost = measured.run("skopeo", "--insecure-policy", "copy", "-q", "--src-tls-verify=false", f"docker://{image}",
                            f"oci:{self.directory}:latest")
        shutil.rmtree(self.directory, ignore_errors=True)
        return cost.seconds


class Podman:
    """Into a storage of its own, which unpacks every layer."""

    name = "podman"

    def __init__(self, work):
        self.storage = ["--root", work / "podman/root", "--runroot", work / "podman/run"]

    def pull(self, image):
        cost = measured.run("podman", *self.storage, "pull", "-q", "--tls-verify=false", image)
        measured.run("podman", *self.storage, "rmi", "--all", "--force")
        return cost.seconds
