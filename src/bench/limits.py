# SPDX-License-Identifier: Apache-2.0
"""What this machine needs at least for the bytes of an image: reading and hashing them, and packing them.

All cores work, files are in the page cache, nothing is written, and nobody keeps an order: no builder can be much faster.
"""

import concurrent.futures
import hashlib
import os
import pathlib
import shutil
import subprocess
import tarfile
import tempfile
import time
import zlib

BLOCK = 512 << 10


def files(*directories):
    return sorted(file for directory in directories for file in pathlib.Path(directory).rglob("*") if file.is_file())


def measure(paths):
    """Seconds by what was done, for these files; zstd only where it is installed."""
    for path in paths:
        path.read_bytes()  # into the page cache
    seconds = {"read + SHA-256": timed(hashed, paths), "deflate, level 6": timed(deflated, paths)}
    if shutil.which("zstd"):
        seconds["zstd, level 3"] = zstd(paths)
    return seconds


def timed(work, paths):
    """Biggest first, so that no core waits for another's last file."""
    biggest_first = sorted(paths, key=os.path.getsize, reverse=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        start = time.perf_counter()
        list(workers.map(work, biggest_first))
        return time.perf_counter() - start


def hashed(path):
    hashing = hashlib.sha256()
    for block in blocks(path):
        hashing.update(block)


def deflated(path):
    for block in blocks(path):
        packer = zlib.compressobj(6)
        packer.compress(block)
        packer.flush()


def blocks(path):
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            yield block


def zstd(paths):
    """The tool itself, on a tar of the files, with all cores."""
    with tempfile.NamedTemporaryFile(suffix=".tar") as tar:
        with tarfile.open(fileobj=tar, mode="w") as archive:
            for path in paths:
                archive.add(path)
        tar.flush()
        start = time.perf_counter()
        subprocess.run(["zstd", "-q", "-3", "-T0", "-c", tar.name], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start
