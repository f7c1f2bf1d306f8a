"""The local ``opa`` as a server of its own, kept warm: started with the service, started anew when it ends.

It listens on loopback at a port that was free, has the policy library, the service's settings and nothing else, and
asks for the token that only this process knows for all but decisions and health.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbar.errors import EngineError
from tollbar.policy.engine import SETTINGS_ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_START_SECONDS = 30.0
_STOP_SECONDS = 5.0
_PAUSE_SECONDS = 0.05
_PAUSE_BEFORE_NEXT = 0.5


class OpaProcess:
    """One ``opa run --server``."""

    def __init__(self, binary: Path, policies: Sequence[Path], settings: Mapping[str, Any]) -> None:
        self._binary = binary
        self._policies = tuple(policies)
        self._settings = dict(settings)
        self._process: asyncio.subprocess.Process | None = None
        self._watcher: asyncio.Task[None] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._log = b""
        self.host = "127.0.0.1"
        self.port = 0
        self.token = secrets.token_urlsafe(32)

    async def start(self) -> None:
        """Start it and wait until it is well.

        Raises:
            EngineError: It cannot be run, or ends, or is not well in time; with what it said.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="tollbar-opa-")
        data = Path(self._folder.name) / "settings.json"
        data.write_text(json.dumps({SETTINGS_ROOT: self._settings}, default=str), encoding="utf-8")
        self.port = _free_port()
        await self._run(data)
        self._watcher = asyncio.create_task(self._keep_running(data))

    async def stop(self) -> None:
        """End it."""
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), _STOP_SECONDS)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def pid(self) -> int | None:
        """Its process number, None where it does not run."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if running and self._process is not None else None

    async def _run(self, data: Path) -> None:
        command = [str(self._binary), "run", "--server", "--addr", f"{self.host}:{self.port}", "--log-level", "error"]
        command += ["--ignore", "*_test.rego", "--disable-telemetry", *map(str, self._policies), str(data)]
        try:
            self._process = await asyncio.create_subprocess_exec(
                *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, env=dict(os.environ)
            )
        except OSError as error:
            raise EngineError(f"{self._binary} cannot be run: {error.strerror}") from None
        await self._wait_until_well(self._process)

    async def _wait_until_well(self, process: asyncio.subprocess.Process) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + _START_SECONDS
        while loop.time() < end:
            if process.returncode is not None:
                said = (await process.stderr.read()).decode(errors="replace").strip() if process.stderr else ""
                raise EngineError(f"opa ended when it was started: {said or process.returncode}")
            if await _is_well(self.host, self.port):
                return
            await asyncio.sleep(_PAUSE_SECONDS)
        process.kill()
        raise EngineError(f"opa was not well within {_START_SECONDS:.0f} seconds")

    async def _keep_running(self, data: Path) -> None:
        """Start it anew whenever it ends."""
        while True:
            process = self._process
            if process is not None:
                if process.stderr is not None:
                    await process.stderr.read()  # an unread pipe would block it
                await process.wait()
            await asyncio.sleep(_PAUSE_BEFORE_NEXT)
            try:
                await self._run(data)
            except EngineError:
                continue


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _is_well(host: str, port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    try:
        writer.write(b"GET /health HTTP/1.1\r\nHost: opa\r\nConnection: close\r\n\r\n")
        await writer.drain()
        return b" 200 " in await reader.readline()
    except OSError:
        return False
    finally:
        writer.close()
