"""The real engines: opa and conftest as `make tools` builds them, and OPA servers on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.postgresql import postgresql_server
from tollbar.policy.opa_binary import find_opa

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def _no_refreshed_prices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the user of this machine has refreshed out of the tests, and of the commands they run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOLLBAR_PRICES_DIR", str(tmp_path_factory.mktemp("refreshed-prices")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_pull_request() -> Iterator[None]:
    """Keep the pull request that a CI job runs these tests for out of them: it would set whose policy holds."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("GITHUB_", "CI_", "BITBUCKET_", "SYSTEM_", "CHANGE_")):
                patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def opa() -> Path:
    """The opa binary."""
    return find_opa(None)


@pytest.fixture(scope="session")
def conftest_binary() -> Path:
    """The conftest binary."""
    found = shutil.which("conftest", path=str(ROOT / ".tools" / "bin")) or shutil.which("conftest")
    assert found, "conftest is missing: run make tools"
    return Path(found)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of large data beside the project; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of large data beside the project is absent")
    return SHARED


@contextmanager
def running_opa_server(opa: Path, arguments: Sequence[str], *, refuses: bool = False) -> Iterator[str]:
    """Run ``opa run --server`` on a free loopback port and yield its URL once it is healthy, or refuses everything."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [str(opa), "run", "--server", "--addr", address, "--log-level", "error", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:
        try:
            _wait_until_healthy(f"http://{address}/health", server, {401, 500} if refuses else {401})
            yield f"http://{address}"
        finally:
            server.terminate()


def _wait_until_healthy(url: str, server: subprocess.Popen[bytes], refusals: set[int]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise AssertionError(f"opa stopped: {server.stderr.read().decode() if server.stderr else ''}")
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 -- loopback
                return
        except urllib.error.HTTPError as refused:
            refused.close()
            if refused.code in refusals:  # up, but only for those with a token
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("opa did not become healthy within 15 seconds")


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server's database."""
    with postgresql_server() as url:
        yield url
