"""The real conftest pulls the archive over HTTP, and finds with it what the command line finds."""

from __future__ import annotations

import json
import subprocess
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.golden.cases import Case, golden_cases
from tests.loopback import loopback_server
from tollbar.policy.config import Config, read_config
from tollbar.policy.opa_binary import OpaBinary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def archive_url(artifacts: tuple[Path, Path]) -> Iterator[str]:
    """Where the archive is published."""
    content = artifacts[1].read_bytes()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_HEAD = do_GET  # noqa: N815 -- the name is http.server's

        def log_message(self, *_: object) -> None:
            pass

    with loopback_server(Handler) as server:
        yield f"http://127.0.0.1:{server.server_port}/{artifacts[1].name}"


def _pull(conftest: Path, url: str, digest: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(conftest), "pull", f"{url}?checksum=sha256:{digest}"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def _digest(archive: Path) -> str:
    return archive.with_name(f"{archive.name}.sha256").read_text(encoding="utf-8").split()[0]


def test_what_is_pulled_gives_the_verdict_of_the_command_line(
    opa: Path, conftest_binary: Path, artifacts: tuple[Path, Path], archive_url: str, tmp_path: Path
) -> None:
    pulled = _pull(conftest_binary, archive_url, _digest(artifacts[1]), tmp_path)
    assert pulled.returncode == 0, pulled.stderr
    for case in golden_cases():
        settings = _settings(case)
        local = OpaBinary(opa, [ROOT / "rego"], settings).decide(case.estimate_file.read_text(encoding="utf-8"))
        (tmp_path / "settings.json").write_text(json.dumps({"tollbar_settings": settings}), encoding="utf-8")
        failures, warnings = _test(conftest_binary, case.estimate_file, tmp_path)
        denials = [*local.of_severity("error"), *local.of_severity("approval")]
        assert failures == sorted(finding.msg for finding in denials)
        assert warnings == sorted(finding.msg for finding in local.of_severity("warning"))


def test_the_archive_alone_is_enough(
    conftest_binary: Path, artifacts: tuple[Path, Path], archive_url: str, tmp_path: Path
) -> None:
    assert _pull(conftest_binary, archive_url, _digest(artifacts[1]), tmp_path).returncode == 0
    case = next(case for case in golden_cases() if case.name == "shop")
    command = [str(conftest_binary), "test", str(case.estimate_file), "--config-file", "policy/conftest.toml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert "[TB101]" in done.stdout


def test_another_archive_than_the_one_that_was_released_is_refused(
    conftest_binary: Path, archive_url: str, tmp_path: Path
) -> None:
    refused = _pull(conftest_binary, archive_url, "0" * 64, tmp_path)
    assert refused.returncode == 1
    assert "Checksums did not match" in refused.stdout + refused.stderr
    assert not (tmp_path / "policy" / "main.rego").exists()


def _settings(case: Case) -> dict[str, object]:
    return (read_config(case.settings) if case.settings else Config(version=1)).policy_settings()


def _test(conftest: Path, estimate: Path, folder: Path) -> tuple[list[str], list[str]]:
    command = [str(conftest), "test", str(estimate), "--config-file", "policy/conftest.toml", "--output", "json"]
    command += ["--data", "policy", "--data", "settings.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.stdout, done.stderr
    (result,) = json.loads(done.stdout)
    failures, warnings = (sorted(found["msg"] for found in result.get(kind, [])) for kind in ("failures", "warnings"))
    return failures, warnings
