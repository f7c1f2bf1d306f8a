"""The containers of compose.yml as processes on loopback: their own commands, environments, files and health checks.

Only names are put right: what is a host, a port or a path in a container is another one here.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING, Any

import psycopg
import yaml

from tests.conftest import ROOT
from tests.docker.image import DOCKER, Stage
from tests.loopback import loopback_server
from tests.postgresql import database_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

COMPOSE = DOCKER / "compose.yml"
SECONDS = 60  # until something that takes seconds counts as not happening


def compose() -> dict[str, Any]:
    """Return compose.yml, without the names of variables: each has its default."""
    document: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return document


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Container:
    """A service of compose.yml with the image that it runs."""

    name: str
    image: Stage | None
    places: dict[str, str] = field(default_factory=dict)
    """What is called otherwise here: hosts, ports and files of the container."""

    @property
    def told(self) -> dict[str, Any]:
        """What compose.yml says."""
        service: dict[str, Any] = compose()["services"][self.name]
        return service

    def here(self, text: str) -> str:
        """Return a word with everything called as it is called here."""
        if not self.places:
            return text
        longest_first = sorted(self.places, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, longest_first)), lambda found: self.places[found[0]], text)

    @property
    def command(self) -> list[str]:
        """The command, as the engine would put it together."""
        entry = self.image.command("ENTRYPOINT") if self.image else []
        told = self.told.get("command") or (self.image.command("CMD") if self.image else [])
        return self._words([*entry, *told])

    @property
    def healthcheck(self) -> list[str]:
        """Compose's health check."""
        return self._words(self.told["healthcheck"]["test"][1:])

    @property
    def image_healthcheck(self) -> list[str]:
        """The image's own health check."""
        assert self.image is not None
        return self._words(self.image.command("HEALTHCHECK"))

    @property
    def environment(self) -> dict[str, str]:
        """The container's environment; how this machine finds programs is its own."""
        image = self.image.environment if self.image else {}
        told = {**image, **self.told.get("environment", {})}
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "estimators")}
        prices = {name: value for name, value in os.environ.items() if name == "TOLLBAR_PRICES_DIR"}
        return {name: self.here(value) for name, value in told.items()} | kept | prices

    def run(self, words: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a command as ``docker exec`` would, until it ends."""
        return subprocess.run(
            self._words(words), env=self.environment, capture_output=True, text=True, check=False, timeout=SECONDS,
            **options,
        )  # fmt: skip

    @contextmanager
    def running(self, log: Path) -> Iterator[subprocess.Popen[bytes]]:
        """Run the container's command; it is told to end, as the engine does, and must."""
        with log.open("ab") as output:
            process = subprocess.Popen(
                self.command, env=self.environment, cwd=log.parent, stdout=output, stderr=output, bufsize=0
            )
            try:
                yield process
            finally:
                process.terminate()
                try:
                    process.wait(SECONDS)
                finally:
                    process.kill()

    def _words(self, words: Sequence[str]) -> list[str]:
        programs = {"tollbar": [sys.executable, "-m", "tollbar"], "python": [sys.executable]}
        return [*programs.get(words[0], [self.here(words[0])]), *map(self.here, words[1:])]


def mounted(name: str, local: Path) -> dict[str, str]:
    """Return what compose.yml puts into a container, by its place there; ``local`` is what prepare.sh made."""
    document = compose()
    service = document["services"][name]
    files = {f"/run/secrets/{secret}": document["secrets"][secret]["file"] for secret in service.get("secrets", [])}
    files |= {each["target"]: document["configs"][each["source"]]["file"] for each in service.get("configs", [])}
    return {
        target: str(local / file[8:]) if file.startswith("./local/") else str(DOCKER / file)
        for target, file in files.items()
    }


def image_files(image: Stage) -> dict[str, str]:
    """Return what the image has of the tree, by its place there."""
    return {target: str(ROOT / source) for target, source in image.copied.items()}


@contextmanager
def bundle_server(folder: Path) -> Iterator[int]:
    """Serve files as the container of that name does, and yield the port."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler: Any = partial(Quiet, directory=str(folder))
    with loopback_server(handler) as server:
        yield server.server_port


@contextmanager
def postgresql(password_file: Path) -> Iterator[tuple[str, int]]:
    """Run a PostgreSQL server that asks for a password, as the container does, and yield where it listens."""
    told = compose()["services"]["postgres"]["environment"]
    port = free_port()
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off"
    with database_cluster(told["POSTGRES_USER"], options, password_file):
        secret = password_file.read_text(encoding="utf-8")
        with psycopg.connect(
            host="127.0.0.1", port=port, user=told["POSTGRES_USER"], password=secret, dbname="postgres",
            autocommit=True,
        ) as connection:  # fmt: skip
            connection.execute(f"CREATE DATABASE {told['POSTGRES_DB']}")
        yield "127.0.0.1", port


def wait_for(port: int, path: str, status: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server of ours answers as wanted.

    Raises:
        AssertionError: It ended, or did not in time; with what it said.
    """
    pause = threading.Event()
    seen: object = None
    for _ in range(SECONDS * 20):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            seen = connection.getresponse().status
            if seen == status:
                return
        except OSError as error:
            seen = error
        finally:
            connection.close()
        pause.wait(0.05)
    raise AssertionError(f"{path} is still {seen}: {log.read_text(encoding='utf-8')[-2000:]}")
