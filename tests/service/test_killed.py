"""Killed in the middle of its work, a service has lost no decision that it told of."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import httpx2
import pytest

from tollbar.ledger.access_tokens import AccessTokens
from tollbar.ledger.interface import Selection
from tollbar.ledger.opening import open_ledger

if TYPE_CHECKING:
    from pathlib import Path

_ENOUGH = 20


def _serve(place: str, port: int, folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "TOLLBAR_SERVICE_ESTIMATE_WORKERS": "1", "TOLLBAR_SERVICE_RATE_PER_MINUTE": "100000"}
    command = [sys.executable, "-m", "tollbar", "serve", "--ledger", place, "--port", str(port)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, env=environment, stderr=log, start_new_session=True)


def wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a process answers a question with 200."""
    pause = threading.Event()
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail("the service ended")
        try:
            if httpx2.get(url).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        pause.wait(0.05)
    pytest.fail("the service is not ready")


def free_port() -> int:
    """Return a port that nothing listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _kill_amid_decisions(place: str, folder: Path) -> list[str]:
    """Return the ids of the decisions that a service told of before it was killed."""
    ledger = open_ledger(place, create=True)
    _, token = AccessTokens(ledger).create("test", ["decisions"])
    ledger.close()
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = _serve(place, port, folder)
    told: list[str] = []
    enough = threading.Event()

    def ask(number: int) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        with httpx2.Client(base_url=url, headers=headers, timeout=30) as client:
            for change in range(10_000):
                workload = {"name": f"bot-{number}", "kind": "llm", "model": "gpt-4o", "calls_per_month": change + 1}
                body = {"workloads": [{**workload, "input_tokens": 9, "output_tokens": 9}]}
                try:
                    answer = client.post("/v1/decisions?estimate=false&project=shop", json=body)
                except httpx2.TransportError:
                    return
                if answer.status_code == 200:
                    told.append(answer.json()["decision_id"])
                if len(told) >= _ENOUGH:
                    enough.set()

    try:
        wait_until_ready(f"{url}/readyz", process)
        askers = [threading.Thread(target=ask, args=[number]) for number in range(3)]
        for asker in askers:
            asker.start()
        assert enough.wait(60)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for asker in askers:
        asker.join(30)
    return told


def _kept(place: str) -> set[str]:
    ledger = open_ledger(place)
    kept = {summary.id for summary in ledger.select(Selection())}
    ledger.close()
    return kept


def test_in_a_file(tmp_path: Path) -> None:
    place = str(tmp_path / "ledger.sqlite")
    told = _kill_amid_decisions(place, tmp_path)
    assert len(told) >= _ENOUGH
    assert set(told) <= _kept(place)


def test_on_postgresql(postgresql: str, tmp_path: Path) -> None:
    told = _kill_amid_decisions(postgresql, tmp_path)
    assert len(told) >= _ENOUGH
    assert set(told) <= _kept(postgresql)
