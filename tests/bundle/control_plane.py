"""What an OPA server talks to: on loopback, a server of bundles that takes its status and decision logs."""

from __future__ import annotations

import gzip
import hashlib
import json
import queue
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from tests.conftest import ROOT, running_opa_server
from tests.loopback import loopback_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest

    from tests.bundle.artifacts import KeyPair

TOKEN = "s3cret"  # noqa: S105 -- made up
CONFIG = ROOT / "bundle" / "opa-config.yaml"
SECONDS = 30  # until something that takes OPA a second counts as not having happened
QUICK = [
    "bundles.tollbar.polling.min_delay_seconds=1",
    "bundles.tollbar.polling.max_delay_seconds=1",
    "status.service=bundles",
    "status.console=false",
    "decision_logs.console=false",  # it would fill the pipe that nobody reads
    "decision_logs.service=bundles",
    "decision_logs.reporting.min_delay_seconds=1",
    "decision_logs.reporting.max_delay_seconds=1",
]


class ControlPlane:
    """Serves the published bundle, and keeps what OPA reports."""

    def __init__(self) -> None:
        """Start with nothing published."""
        self.url = ""
        self._bundle: bytes | None = None
        self._decisions: list[dict[str, Any]] = []
        self._reports: dict[str, queue.Queue[Any]] = {"/status": queue.Queue(), "/logs": queue.Queue()}

    def publish(self, bundle: Path) -> None:
        """Serve another bundle from now on."""
        self._bundle = bundle.read_bytes()

    def status(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the first status of the bundle from now on that is as wanted."""
        while True:
            report = self._reports["/status"].get(timeout=SECONDS)
            state: dict[str, Any] = report.get("bundles", {}).get("tollbar", {})
            if wanted(state):
                return state

    def decision_log(self) -> dict[str, Any]:
        """Return the next decision that OPA logged."""
        if not self._decisions:
            self._decisions.extend(self._reports["/logs"].get(timeout=SECONDS))
        return self._decisions.pop(0)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """Return what answers requests."""
        plane = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = plane._bundle
                if self.path != "/tollbar-policies.tar.gz" or content is None:
                    self.send_error(404)
                    return
                tag = f'"{hashlib.sha256(content).hexdigest()}"'
                if self.headers.get("If-None-Match") == tag:
                    self.send_response(304)
                    self.end_headers()
                    return
                self.send_response(200)
                self.send_header("ETag", tag)
                self.send_header("Content-Type", "application/gzip")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                plane._reports[self.path.partition("?")[0]].put(json.loads(body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@contextmanager
def control_plane() -> Iterator[ControlPlane]:
    """Run a control plane on loopback."""
    plane = ControlPlane()
    with loopback_server(plane.handler()) as server:
        plane.url = f"http://127.0.0.1:{server.server_port}"
        yield plane


@contextmanager
def configured_opa(
    opa: Path, plane: ControlPlane, key: KeyPair, patch: pytest.MonkeyPatch, arguments: tuple[str, ...] = ()
) -> Iterator[str]:
    """Run an OPA server as docs/bundle.md says, with the shipped configuration, and yield its URL."""
    patch.setenv("TOLLBAR_BUNDLE_URL", plane.url)
    overrides = [argument for setting in QUICK for argument in ("--set", setting)]
    secured = ["--authentication=token", "--authorization=basic", "--skip-version-check"]
    key_file = ["--set-file", f"keys.tollbar.key={key.public}"]
    command = ["--config-file", str(CONFIG), *key_file, *overrides, *secured, *arguments]
    with running_opa_server(opa, command) as url:
        yield url


def access_file(folder: Path) -> str:
    """Write the data that let ``TOKEN`` in, and return the file."""
    file = folder / "access.json"
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    file.write_text(json.dumps({"tollbar_access": {"tokens": {digest: {"name": "operations"}}}}), encoding="utf-8")
    return str(file)
