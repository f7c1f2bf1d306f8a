"""Asking conftest for a verdict, as the README tells users to run it."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def conftest_messages(binary: Path, estimate: Path, settings: Path) -> tuple[list[str], list[str]]:
    """Return the messages of the failures and of the warnings, sorted; ``settings`` holds data.tollbar_settings."""
    command = [str(binary), "test", str(estimate), "--config-file", "conftest/conftest.toml"]
    command += ["--data", "rego", "--data", str(settings)]
    done = subprocess.run([*command, "--output", "json"], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout, done.stderr
    (result,) = json.loads(done.stdout)
    failures, warnings = (sorted(found["msg"] for found in result.get(kind, [])) for kind in ("failures", "warnings"))
    return failures, warnings
