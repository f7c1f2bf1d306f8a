"""``make bench-service``: decisions through the service beside those of the bare OPA server, in one run.

Both decide on the same estimate of 100 resources. The bare server is asked by the same clients with the same document:
what the service adds is reading and checking it, what came before, keeping the decision, and the answer.
``--soak SECONDS`` then asks on and on, and tells how the memory of the service's processes grows.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from tests.bench.policy import _estimate
from tests.conftest import ROOT
from tollbar.ledger.access_tokens import AccessTokens
from tollbar.ledger.opening import open_ledger
from tollbar.policy.opa_binary import find_opa

if TYPE_CHECKING:
    from collections.abc import Iterator

RESOURCES = 100
CLIENTS = 8
SECONDS = 15
WARM_UP = 3
_MEBIBYTE = 1024 * 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--soak", type=int, default=0, metavar="SECONDS")
    soak: int = parser.parse_args().soak
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        estimate = _estimate(folder, RESOURCES).read_bytes()
        print(
            f"an estimate of {RESOURCES} resources, {len(estimate) / 1000:.0f} kB; {CLIENTS} clients, {SECONDS} s each"
        )
        print("                    decisions/s   median      p99   p99/median")
        with _bare_opa() as url:
            body = b'{"input":' + estimate + b"}"
            bare = asyncio.run(_load(f"{url}/v1/data/tollbar/decision", body, {}))
        _print("bare OPA server", bare)
        with _service(folder) as (url, token, pid):
            headers = {"Authorization": f"Bearer {token}"}
            address = f"{url}/v1/decisions?estimate=false"
            through = asyncio.run(_load(address, estimate, headers))
            _print("through the service", through)
            print(f"share of the bare server: {len(through) / len(bare):.0%}")
            if soak:
                _soak(address, estimate, headers, pid, soak)


def _print(name: str, seconds: list[float]) -> None:
    median = statistics.median(seconds)
    p99 = sorted(seconds)[int(len(seconds) * 0.99)]
    rate = len(seconds) / SECONDS
    print(f"{name:20} {rate:>10.1f} {median * 1000:>6.0f} ms {p99 * 1000:>6.0f} ms {p99 / median:>10.1f}")


async def _load(url: str, body: bytes, headers: dict[str, str], seconds: float = SECONDS) -> list[float]:
    """Return how long each answer took that began after the warming up."""
    told: list[float] = []
    begun = time.perf_counter()
    headers = {"Content-Type": "application/json", **headers}

    async def ask(session: aiohttp.ClientSession) -> None:
        while (now := time.perf_counter()) - begun < WARM_UP + seconds:
            async with session.post(url, data=body, headers=headers) as answer:
                document = await answer.read()
                if answer.status != 200 or b'"outcome"' not in document:
                    raise RuntimeError(f"HTTP {answer.status}: {document[:300]!r}")
            if now - begun >= WARM_UP:
                told.append(time.perf_counter() - now)

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        for _ in range(CLIENTS):
            group.create_task(ask(session))
    return told


def _soak(url: str, body: bytes, headers: dict[str, str], pid: int, seconds: int) -> None:
    print("\nsoak      asked   memory of all processes")
    asked, begun, part = 0, time.perf_counter(), max(5, seconds // 8)
    while time.perf_counter() - begun < seconds:
        asked += len(asyncio.run(_load(url, body, headers, part - WARM_UP)))
        print(f"{time.perf_counter() - begun:>6.0f} s {asked:>6}   {_resident(pid) / _MEBIBYTE:>6.0f} MiB", flush=True)


def _resident(pid: int) -> int:
    """Return the resident memory of a process and those below it, in bytes."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found, waiting = 0, [pid]
    while waiting:
        each = waiting.pop()
        waiting += children.get(each, [])
        try:
            found += int(Path(f"/proc/{each}/statm").read_text(encoding="ascii").split()[1])
        except OSError:
            continue
    return found * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def _bare_opa() -> Iterator[str]:
    port = _free_port()
    command = [str(find_opa(None)), "run", "--server", "--addr", f"127.0.0.1:{port}", "--log-level", "error"]
    command += ["--ignore", "*_test.rego", str(ROOT / "rego")]
    with _running(command, f"http://127.0.0.1:{port}/health") as _:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _service(folder: Path) -> Iterator[tuple[str, str, int]]:
    place, port = str(folder / "ledger.sqlite"), _free_port()
    with closing(open_ledger(place, create=True)) as ledger:
        _, token = AccessTokens(ledger).create("bench", ["decisions"])
    command = [sys.executable, "-m", "tollbar", "serve", "--ledger", place, "--port", str(port)]
    with _running(command, f"http://127.0.0.1:{port}/readyz", TOLLBAR_SERVICE_RATE_PER_MINUTE="1000000") as pid:
        yield f"http://127.0.0.1:{port}", token, pid


@contextmanager
def _running(command: list[str], health: str, **environment: str) -> Iterator[int]:
    process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    try:
        asyncio.run(_well(health))
        yield process.pid
    finally:
        process.terminate()
        process.wait()


async def _well(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(600):
            try:
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
    raise RuntimeError(f"{url} did not become ready")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
