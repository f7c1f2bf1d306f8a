"""Many machines: three services and two OPAs, a new bundle under load, one of each killed.

They share PostgreSQL and pull one signed bundle. Nothing fails but what was in flight at what was killed, and within
one revision of the bundle there is one verdict.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx2

from tests.bundle.artifacts import KeyPair, build, signed_version
from tests.bundle.control_plane import CONFIG, QUICK, ControlPlane, control_plane
from tests.service.test_access import WORKLOADS
from tests.service.test_killed import free_port, wait_until_ready
from tollbar.ledger.access_tokens import AccessTokens
from tollbar.ledger.interface import Selection
from tollbar.ledger.opening import open_ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SERVICES, _OPAS, _CLIENTS = 3, 2, 3
_OF_EACH = 15
"""How many decisions are waited for before something happens, and after it."""


def _lower_limit(tree: Path) -> None:
    """Make the policy of a later version deny what the one before allows."""
    file = tree / "data.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["tollbar"]["rules"]["infrastructure"]["deployment_limit"]["params"]["limit"]["default"] = 0.01
    file.write_text(json.dumps(document), encoding="utf-8")


@dataclass
class Load:
    """Clients that ask on and on, at a service of their choice, and at the next one where that is gone."""

    urls: Sequence[str]
    token: str
    verdicts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    ids: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    lost_connections: int = 0
    done: threading.Event = field(default_factory=threading.Event)
    progress: threading.Condition = field(default_factory=threading.Condition)

    def run(self, number: int) -> None:
        """Ask until it is enough."""
        headers = {"Authorization": f"Bearer {self.token}"}
        place = number
        with httpx2.Client(headers=headers, timeout=60) as client:
            while not self.done.is_set():
                url = f"{self.urls[place % len(self.urls)]}/v1/decisions?project=shop&estimate=false"
                try:
                    answer = client.post(url, json=WORKLOADS)
                except httpx2.TransportError:
                    place += 1
                    with self.progress:
                        self.lost_connections += 1
                    continue
                self._note(answer)

    def _note(self, answer: httpx2.Response) -> None:
        with self.progress:
            if answer.status_code != 200:
                self.failed.append(f"HTTP {answer.status_code}: {answer.text[:200]}")
            else:
                document = answer.json()
                self.verdicts[document["revision"]][document["outcome"]] += 1
                self.ids.append(document["decision_id"])
            self.progress.notify_all()

    def wait_for(self, revision: str, more: int) -> None:
        """Wait until so many more decisions were made by a revision."""
        with self.progress:
            wanted = self.verdicts[revision].total() + more
            there = self.progress.wait_for(
                lambda: self.failed or self.verdicts[revision].total() >= wanted, timeout=120
            )
            assert there, f"no {more} decisions of {revision}: {dict(self.verdicts)}"


def test_a_rollout_and_a_loss_of_each_kind(opa: Path, postgresql: str, tmp_path: Path) -> None:
    key = KeyPair(tmp_path, "fleet")
    first, _ = build(opa, tmp_path / "dist", key)
    old = signed_version(opa, first, tmp_path, key, "1.0.0")
    new = signed_version(opa, first, tmp_path, key, "2.0.0", edit=_lower_limit)
    with closing(open_ledger(postgresql, create=True)) as ledger:
        _, token = AccessTokens(ledger).create("load", ["decisions"])
    with control_plane() as plane, ExitStack() as running:
        plane.publish(old)
        opas = [_opa(opa, plane, key, running) for _ in range(_OPAS)]
        services = [_service(postgresql, opas[number:] + opas[:number], running) for number in (0, 1, 0)]
        load = Load([service.url for service in services], token)
        clients = [threading.Thread(target=load.run, args=[number]) for number in range(_CLIENTS)]
        for client in clients:
            client.start()
        try:
            load.wait_for("1.0.0", _OF_EACH)
            plane.publish(new)
            load.wait_for("2.0.0", _OF_EACH)
            opas[0].kill()
            services[0].kill()
            load.wait_for("2.0.0", _OF_EACH)
        finally:
            load.done.set()
            for client in clients:
                client.join()
    assert load.failed == []
    assert load.lost_connections <= _CLIENTS
    assert {revision: set(outcomes) for revision, outcomes in load.verdicts.items()} == {
        "1.0.0": {"warn"}, "2.0.0": {"deny"},
    }  # fmt: skip
    with closing(open_ledger(postgresql)) as ledger:
        kept = {summary.id for summary in ledger.select(Selection())}
    assert set(load.ids) <= kept


@dataclass(frozen=True)
class Process:
    """Something that runs."""

    url: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End it without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _opa(opa: Path, plane: ControlPlane, key: KeyPair, running: ExitStack) -> Process:
    port = free_port()
    settings = [argument for setting in QUICK for argument in ("--set", setting)]
    command = [str(opa), "run", "--server", "--addr", f"127.0.0.1:{port}", "--config-file", str(CONFIG), *settings]
    command += ["--set-file", f"keys.tollbar.key={key.public}", "--authentication=token", "--authorization=basic"]
    environment = {**os.environ, "TOLLBAR_BUNDLE_URL": plane.url}
    return _started(command, environment, f"http://127.0.0.1:{port}", "/health?bundles=true", running)


def _service(place: str, opas: Sequence[Process], running: ExitStack) -> Process:
    port = free_port()
    command = [sys.executable, "-m", "tollbar", "serve", "--ledger", place, "--port", str(port)]
    command += ["--opa-url", ",".join(each.url for each in opas)]
    environment = {
        **os.environ, "TOLLBAR_SERVICE_ESTIMATE_WORKERS": "1", "TOLLBAR_SERVICE_RATE_PER_MINUTE": "100000",
        "TOLLBAR_SERVICE_OPA_SECONDS": "60",
    }  # fmt: skip
    return _started(command, environment, f"http://127.0.0.1:{port}", "/readyz", running)


def _started(command: Sequence[str], environment: dict[str, str], url: str, ready: str, running: ExitStack) -> Process:
    quiet = subprocess.DEVNULL
    started = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet, start_new_session=True)
    process = Process(url, started)

    def stop() -> None:
        if started.poll() is None:
            process.kill()

    running.callback(stop)
    wait_until_ready(f"{url}{ready}", started)
    return process
