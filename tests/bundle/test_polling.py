"""A running OPA follows what is published, and only if it is signed with the key it knows."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from typing import TYPE_CHECKING, Any

from tests.bundle.artifacts import KeyPair, signed_version, tampered
from tests.bundle.control_plane import CONFIG, TOKEN, access_file, configured_opa, control_plane
from tests.golden.cases import golden_cases
from tollbar.policy.opa_server import OpaServer

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ESTIMATE = golden_cases()[0].estimate_file.read_text(encoding="utf-8")


def test_a_new_version_is_picked_up_and_a_tampered_one_is_not(
    opa: Path, key: KeyPair, artifacts: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = [signed_version(opa, artifacts[0], tmp_path, key, version) for version in ("1.0.0", "2.0.0", "3.0.0")]
    bad = tampered(versions[2], tmp_path / "bad.tar.gz", lambda files: {**files, "/x/data.json": b"{}"})
    with control_plane() as plane:
        plane.publish(versions[0])
        with configured_opa(opa, plane, key, monkeypatch, (access_file(tmp_path),)) as url:
            plane.status(lambda state: state.get("active_revision") == "1.0.0")
            assert OpaServer(url).decide(ESTIMATE).revision == "1.0.0"

            plane.publish(versions[1])
            plane.status(lambda state: state.get("active_revision") == "2.0.0")
            assert OpaServer(url).decide(ESTIMATE).revision == "2.0.0"

            plane.publish(bad)
            refused = plane.status(lambda state: "code" in state)
            assert (refused["active_revision"], refused["code"]) == ("2.0.0", "bundle_error")
            assert "not included in bundle signature" in refused["message"]
            assert _status(url)["bundles"]["tollbar"]["active_revision"] == "2.0.0"
            assert "not included in bundle signature" in _status(url)["bundles"]["tollbar"]["message"]
            assert OpaServer(url).decide(ESTIMATE).revision == "2.0.0"

            # Back to the first: a rollback is a publication like any other.
            plane.publish(versions[0])
            plane.status(lambda state: state.get("active_revision") == "1.0.0" and "code" not in state)
            assert OpaServer(url).decide(ESTIMATE).revision == "1.0.0"


def test_a_key_is_rotated_without_a_gap(
    opa: Path, key: KeyPair, artifacts: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = KeyPair(tmp_path, "new")
    old_bundle = signed_version(opa, artifacts[0], tmp_path, key, "1.0.0")
    new_bundle = signed_version(opa, artifacts[0], tmp_path, new, "2.0.0", key_id="tollbar-2027")
    unknown = signed_version(opa, artifacts[0], tmp_path, KeyPair(tmp_path, "unknown"), "3.0.0", key_id="unknown")
    both = ("--set-file", f"keys.tollbar-2027.key={new.public}", "--set", "keys.tollbar-2027.algorithm=RS256")
    with control_plane() as plane:
        plane.publish(old_bundle)
        with configured_opa(opa, plane, key, monkeypatch, both) as url:
            plane.status(lambda state: state.get("active_revision") == "1.0.0")
            plane.publish(new_bundle)
            plane.status(lambda state: state.get("active_revision") == "2.0.0")
            plane.publish(unknown)
            refused = plane.status(lambda state: "code" in state)
            assert refused["active_revision"] == "2.0.0"
            assert OpaServer(url).decide(ESTIMATE).revision == "2.0.0"


def test_without_the_key_opa_does_not_start(opa: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLBAR_BUNDLE_URL", "http://127.0.0.1:9")
    command = [
        str(opa),
        "run",
        "--server",
        "--addr",
        "127.0.0.1:0",
        "--skip-version-check",
        "--config-file",
        str(CONFIG),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert "no keys provided for key ID tollbar" in done.stdout + done.stderr


def _status(url: str) -> dict[str, Any]:
    request = urllib.request.Request(f"{url}/v1/status", headers={"Authorization": f"Bearer {TOKEN}"})  # noqa: S310 -- loopback
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 -- loopback
        document: dict[str, Any] = json.load(response)["result"]
    return document
