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
    if find_spec("psycopg") is None:
        pytest.skip("psycopg, the driver, is not installed")
    with database_cluster("tollbar", "-c listen_addresses=''") as folder:
        yield f"postgresql+psycopg://tollbar@/postgres?host={folder}"


@contextmanager
def database_cluster(owner: str, options: str, password_file: Path | None = None) -> Iterator[Path]:
    """Run a server with options of its own, and yield the folder that its socket is in.

    Who connects is trusted, unless there is a file with the owner's password. The test is skipped where there is no
    server to run.
    """
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if initdb is None or pg_ctl is None:
        pytest.skip("there is no PostgreSQL server on this machine")
    user = "nobody" if os.geteuid() == 0 else None  # the server refuses to run as root
    with tempfile.TemporaryDirectory() as folder:
        access = ["--auth", "trust"]
        if password_file is not None:
            access = ["--auth", "scram-sha-256", f"--pwfile={shutil.copy(password_file, f'{folder}/password')}"]
        if user is not None:
            for path in (Path(folder), *Path(folder).iterdir()):
                shutil.chown(path, user)
        command = [pg_ctl, "-D", f"{folder}/data", "-w", "-l", f"{folder}/log"]
        _run_as(user, [initdb, "-D", f"{folder}/data", "-U", owner, *access])
        _run_as(user, [*command, "-o", f"-k {folder} {options}", "start"])
        try:
            yield Path(folder)
        finally:
            _run_as(user, [*command, "-m", "immediate", "stop"])


def _program(name: str) -> str | None:
    """Return a program of the server: on PATH, or where Debian keeps it."""
    found = shutil.which(name)
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found or (str(kept[-1]) if kept else None)


def _run_as(user: str | None, command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, cwd="/")
