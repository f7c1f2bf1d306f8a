"""The hooks do what they are called for, in the environment that git gives hooks."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.ci_kit.github_runner import shims
from tests.ci_kit.project import CONFIG, COSTLY, Project
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


def _commit(project: Project, tmp_path: Path, hook: str, *arguments: str) -> tuple[int, str]:
    """Commit what is staged with a hook as pre-commit would run it; return git's exit code, and what was printed."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    command = shlex.join([*shlex.split(HOOKS[hook]["entry"]), *arguments])
    (hooks / "pre-commit").write_text(f"#!/bin/sh\nexec {command}\n", encoding="utf-8")
    (hooks / "pre-commit").chmod(0o755)
    environment = {"PATH": shims(tmp_path / "shims"), "TOLLBAR_PRICES_DIR": os.environ["TOLLBAR_PRICES_DIR"]}
    settings = ["-c", f"core.hooksPath={hooks}", "-c", "user.name=x", "-c", "user.email=x@example.com"]
    done = subprocess.run(
        ["/usr/bin/env", "git", *settings, "commit", "--message", "x"],
        cwd=project.repository.folder,
        env={**environment, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("hook", "arguments", "files", "exit_code", "printed"),
    [
        ("tollbar-check", ["infra"], {"infra/main.tf": COSTLY}, 1, "over the dev limit of $1,000.00"),
        ("tollbar-check", ["infra"], {"infra/notes.md": "x"}, 0, "exit 0"),
        (
            "tollbar-validate",
            ["--config", "infra/tollbar.yml"],
            {"infra/tollbar.yml": CONFIG.replace("rules:", "ruls:")},
            1,
            "infra/tollbar.yml:5: error: unknown key 'policies.ruls'",
        ),
        ("tollbar-validate", ["--config", "infra/tollbar.yml"], {"infra/notes.md": "x"}, 0, ""),
    ],
    ids=["denied", "within policy", "a misspelt key", "a right configuration"],
)
def test_a_hook_stops_the_commit_that_ci_would_stop(
    tmp_path: Path, hook: str, arguments: list[str], files: dict[str, str], exit_code: int, printed: str
) -> None:
    project = Project(tmp_path / "project")
    project.repository.write(files)
    project.repository.git("add", "--all")
    code, output = _commit(project, tmp_path, hook, *arguments)
    assert code == exit_code, output
    assert printed in output
