# SPDX-License-Identifier: Apache-2.0
"""What a command costs: wall time, CPU time and the most memory that it had at once."""

import dataclasses
import os
import subprocess
import tempfile
import time


class Failed(Exception):
    """A command did not succeed; its output is the message."""

    def line(self):
        """What it said last."""
        return next((line.strip() for line in reversed(str(self).splitlines()) if line.strip()), "")


@dataclasses.dataclass(frozen=True)
class Cost:
    """Seconds, CPU seconds of the process and all that it waited for, peak resident bytes, and what was printed."""

    seconds: float
    cpu: float
    rss: int
    output: str

    def __add__(self, other):
        return Cost(self.seconds + other.seconds, self.cpu + other.cpu, max(self.rss, other.rss),
                    self.output + other.output)


def run(*command, cwd=None, env=None):
    """Runs a command to its end, and raises Failed unless it succeeds."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL,
                                   stdout=output, stderr=subprocess.STDOUT)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()  # nothing that was started outlives an interrupted bench
            raise
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}: exit code {process.returncode}\n{text}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, text)


def bytes_below(directory):
    """Bytes of all files below a directory, each once however many names it has; of a file, its own."""
    if os.path.isfile(directory):
        return os.path.getsize(directory)
    sizes = {}
    for where, _, names in os.walk(directory):
        for name in names:
            status = os.lstat(os.path.join(where, name))
            sizes[status.st_dev, status.st_ino] = status.st_size
    return sum(sizes.values())
