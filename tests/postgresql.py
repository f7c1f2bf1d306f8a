"""A PostgreSQL server for as long as a test needs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Run a server that listens on a socket in a folder of its own, and yield the URL of its database.

    The test is skipped where there is no server to run.
    """
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if initdb is None or pg_ctl is None:
        pytest.skip("there is no PostgreSQL server on this machine")
    if find_spec("psycopg") is None:
        pytest.skip("psycopg, the driver, is not installed")
    user = "nobody" if os.geteuid() == 0 else None  # the server refuses to run as root
    with tempfile.TemporaryDirectory() as folder:
        if user is not None:
            shutil.chown(folder, user)
        command = [pg_ctl, "-D", f"{folder}/data", "-w", "-l", f"{folder}/log"]
        _run_as(user, [initdb, "-D", f"{folder}/data", "-U", "tollbar", "--auth", "trust"])
        _run_as(user, [*command, "-o", f"-k {folder} -c listen_addresses=''", "start"])
        try:
            yield f"postgresql+psycopg://tollbar@/postgres?host={folder}"
        finally:
            _run_as(user, [*command, "-m", "immediate", "stop"])


def _program(name: str) -> str | None:
    """Return a program of the server: on PATH, or where Debian keeps it."""
    found = shutil.which(name)
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found or (str(kept[-1]) if kept else None)


def _run_as(user: str | None, command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user)
