"""What is not as it was signed is refused by the real opa: when it is verified, and when a server starts with it."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.bundle.artifacts import KeyPair, build, run_script, tampered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RULE = "/tollbar/rules/infrastructure/deployment_limit/deployment_limit.rego"
ADDED = "/tollbar/rules/infrastructure/added/added.rego"
TAMPERED: dict[str, tuple[Callable[[dict[str, bytes]], dict[str, bytes]], str]] = {
    "a changed rule": (
        lambda files: {**files, RULE: files[RULE].replace(b"actual > config.limit", b"actual > config.limit * 2")},
        "digest mismatch",
    ),
    "a changed limit": (
        lambda files: {**files, "/data.json": files["/data.json"].replace(b"10000", b"90000")},
        "digest mismatch",
    ),
    "a changed revision": (
        lambda files: {**files, "/.manifest": files["/.manifest"].replace(b'"revision":"0', b'"revision":"9')},
        "digest mismatch",
    ),
    "a removed rule": (
        lambda files: {name: content for name, content in files.items() if name != RULE},
        "specified in bundle signatures but not found",
    ),
    "an added file": (
        lambda files: {ADDED: b"package tollbar.rules.infrastructure.added\n", **files},
        "not included in bundle signature",
    ),
    "a removed signature": (
        lambda files: {name: content for name, content in files.items() if name != "/.signatures.json"},
        "bundle missing .signatures.json file",
    ),
    "a signature without a signature": (
        lambda files: {**files, "/.signatures.json": json.dumps({"signatures": []}).encode()},
        ".signatures.json: missing JWT",
    ),
}


def test_what_is_as_it_was_signed_is_verified(opa: Path, key: KeyPair, artifacts: tuple[Path, Path]) -> None:
    done = run_script(opa, "verify.sh", artifacts[0], key.public)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("verified: ")
    assert _refusal(opa, artifacts[0], key) is None


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_tampered_with_is_refused(
    opa: Path, key: KeyPair, artifacts: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    change, reason = TAMPERED[name]
    bundle = tampered(artifacts[0], tmp_path / "tampered.tar.gz", change)
    done = run_script(opa, "verify.sh", bundle, key.public)
    assert (done.returncode, done.stdout) == (1, "")
    assert reason in done.stderr
    assert reason in (_refusal(opa, bundle, key) or "")


def test_an_untouched_copy_passes(opa: Path, key: KeyPair, artifacts: tuple[Path, Path], tmp_path: Path) -> None:
    copy = tampered(artifacts[0], tmp_path / "copy.tar.gz", lambda files: files)
    assert run_script(opa, "verify.sh", copy, key.public).returncode == 0


def test_another_key_is_refused(opa: Path, artifacts: tuple[Path, Path], tmp_path: Path) -> None:
    other = KeyPair(tmp_path, "other")
    done = run_script(opa, "verify.sh", artifacts[0], other.public)
    assert (done.returncode, done.stdout) == (1, "")
    assert "failed to verify JWT signature" in done.stderr
    assert "failed to verify JWT signature" in (_refusal(opa, artifacts[0], other) or "")


def test_one_that_was_never_signed_is_refused(opa: Path, key: KeyPair, tmp_path: Path) -> None:
    bundle, _ = build(opa, tmp_path)
    done = run_script(opa, "verify.sh", bundle, key.public)
    assert (done.returncode, done.stdout) == (1, "")
    assert "bundle missing .signatures.json file" in done.stderr


def test_a_signed_one_without_a_key_to_verify_it_with_is_refused(opa: Path, artifacts: tuple[Path, Path]) -> None:
    assert "verification key not provided" in (_refusal(opa, artifacts[0], None) or "")


def test_what_is_no_public_key_is_refused(opa: Path, key: KeyPair, artifacts: tuple[Path, Path]) -> None:
    done = run_script(opa, "verify.sh", artifacts[0], key.private)
    assert done.returncode == 1
    assert done.stderr == f"{key.private} cannot be read, or is no public key in PEM\n"
    done = run_script(opa, "verify.sh", artifacts[0])
    assert done.returncode == 2
    assert done.stderr == "usage: bundle/verify.sh BUNDLE PUBLIC_KEY_FILE\n"


def _refusal(opa: Path, bundle: Path, key: KeyPair | None) -> str | None:
    """Start opa with a bundle, let its shell end at once, and return why it did not start."""
    verification = ["--verification-key", str(key.public), "--verification-key-id", "tollbar"] if key else []
    command = [str(opa), "run", "--skip-version-check", "--history", "", *verification, "--bundle", str(bundle)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)
    return None if done.returncode == 0 else done.stdout
