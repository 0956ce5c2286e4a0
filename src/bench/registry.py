# SPDX-License-Identifier: Apache-2.0
"""The reference registry on this machine alone, and a way to it that takes its time."""

import contextlib
import gzip
import hashlib
import io
import json
import random
import shutil
import socket
import subprocess
import tarfile
import threading
import time
import urllib.request

import measured


def usable():
    return shutil.which("docker-registry") is not None


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Registry:
    """docker-registry with an empty storage in a directory of its own; both end with the context."""

    def __init__(self, work):
        self.directory = work
        self.storage = work / "registry"
        self.config = work / "registry.yml"
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"

    def __enter__(self):
        self.storage.mkdir(parents=True, exist_ok=True)
        self.config.write_text(f"version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\n"
                               f"storage: {{filesystem: {{rootdirectory: {self.storage}}}}}\nhttp: {{addr: '{self.host}'}}\n")
        self.process = subprocess.Popen(["docker-registry", "serve", str(self.config)], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.wait()
        return self

    def __exit__(self, *failure):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    def wait(self):
        for _ in range(200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://{self.host}/v2/", timeout=5).close()
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise measured.Failed("docker-registry does not answer")

    def stored(self):
        """Bytes of all blobs that it has."""
        return measured.bytes_below(self.storage / "docker/registry/v2/blobs") if self.storage.exists() else 0

    def push_base(self, name, number, size):
        """An image of one layer that packs badly, another for each number."""
        tar = base_tar(number, size)
        layer = self.put_blob(name, gzip.compress(tar, 1, mtime=0))
        config = self.put_blob(name, json.dumps({
            "architecture": "amd64", "os": "linux", "config": {},
            "rootfs": {"type": "layers", "diff_ids": [digest_of(tar)]}}).encode())
        manifest = {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
                    "config": {"mediaType": "application/vnd.docker.container.image.v1+json", **config},
                    "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", **layer}]}
        self.request("PUT", f"/v2/{name}/manifests/{number}", json.dumps(manifest).encode(), manifest["mediaType"])
        return f"{self.host}/{name}:{number}"

    def put_blob(self, name, content):
        digest = digest_of(content)
        place = self.request("POST", f"/v2/{name}/blobs/uploads/", b"").headers["Location"]
        place = place.removeprefix(f"http://{self.host}")
        self.request("PUT", f"{place}{'&' if '?' in place else '?'}digest={digest}", content)
        return {"digest": digest, "size": len(content)}

    def request(self, method, path, content, media_type="application/octet-stream"):
        request = urllib.request.Request(f"http://{self.host}{path}", content, {"Content-Type": media_type}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer


def digest_of(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def base_tar(number, size):
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        entry = tarfile.TarInfo("usr/lib/base")
        entry.size = size
        archive.addfile(entry, io.BytesIO(random.Random(number).randbytes(size)))
    return tar.getvalue()


class Distance:
    """A TCP proxy on this machine behind which a server seems far: each connection and each request take longer."""

    def __init__(self, port, milliseconds):
        self.port = port
        self.delay = milliseconds / 1000

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.host = "127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *failure):
        self.listener.close()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self.serve, args=[client], daemon=True).start()

    def serve(self, client):
        time.sleep(self.delay)  # the handshake
        with contextlib.suppress(OSError):
            server = socket.create_connection(("127.0.0.1", self.port))
            threading.Thread(target=carry, args=[server, client, 0], daemon=True).start()
            carry(client, server, self.delay)


def carry(source, target, delay):
    """From one side to the other; what a client sends is a request, and its way there and back takes one delay."""
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            time.sleep(delay)
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
