"""The gate for GitLab: its script run by sh, with real git, tollbar and opa."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.ci_kit.github_runner import KIT, read_yaml, shims
from tests.ci_kit.project import COSTLY, LAX, MACHINE, Project
from tests.git_repository import GitRepository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEMPLATE = read_yaml(KIT / "gitlab" / "cost-gate.yml")


@dataclass
class Pipeline:
    """What became of the job."""

    exit_code: int
    log: str
    folder: Path

    def file(self, name: str) -> str:
        """Return a file of the job's artifact."""
        return (self.folder / "tollbar" / name).read_text(encoding="utf-8")


@pytest.fixture
def pipeline(tmp_path: Path) -> Callable[..., Pipeline]:
    """Run the job on a merge request, checked out as the runner does."""

    def run(files: dict[str, str], *, is_fork: bool = False, **variables: str) -> Pipeline:
        project = Project(tmp_path / "shop.git")
        project.repository.git("config", "uploadpack.allowAnySHA1InWant", "true")
        project.change(files)
        folder = tmp_path / "builds"
        if is_fork:
            _fork(project, tmp_path / "fork")
        clone = project.check_out(folder, "refs/heads/change", depth=1)
        if is_fork:
            clone.git("remote", "set-url", "origin", f"file://{tmp_path / 'fork'}")
            clone.git("fetch", "--quiet", "--depth=1", "origin", "+refs/heads/main:refs/remotes/origin/main")
        defaults = {name: told["value"] for name, told in TEMPLATE["variables"].items()}
        done = subprocess.run(
            ["/bin/sh", "-e"],
            input="\n".join(TEMPLATE["tollbar"]["script"]),
            cwd=folder,
            env={
                "PATH": shims(tmp_path / "shims"),
                "HOME": str(tmp_path),
                "TOLLBAR_PRICES_DIR": os.environ["TOLLBAR_PRICES_DIR"],
                **defaults,
                **{
                    name: told
                    for name, told in TEMPLATE["tollbar"]["variables"].items()
                    if name != "GIT_CONFIG_VALUE_0"
                },
                "GIT_CONFIG_VALUE_0": str(folder),
                "TOLLBAR_PATHS": "infra",
                "CI_PROJECT_DIR": str(folder),
                "CI_PROJECT_ID": "8" if is_fork else "7",
                "CI_MERGE_REQUEST_PROJECT_ID": "7",
                "CI_MERGE_REQUEST_PROJECT_URL": f"file://{tmp_path / 'shop'}",
                "CI_MERGE_REQUEST_IID": "7",
                "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
                "CI_MERGE_REQUEST_DIFF_BASE_SHA": project.base,
                "CI_MERGE_REQUEST_LABELS": "cost,urgent",
                **variables,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return Pipeline(done.returncode, done.stdout + done.stderr, folder)

    return run


def _fork(project: Project, folder: Path) -> None:
    """Make a fork whose owner has loosened the policy on its own main."""
    fork = GitRepository.create(folder)
    fork.git("pull", "--quiet", str(project.repository.folder), "main")
    fork.commit({"infra/tollbar.yml": LAX})


def test_a_denied_change_fails_the_job(pipeline: Callable[..., Pipeline]) -> None:
    done = pipeline({"infra/main.tf": COSTLY, "infra/tollbar.yml": LAX})
    assert done.exit_code == 1, done.log
    assert "TB101 environment_limit" in done.log
    assert "over the dev limit of $1,000.00" in done.file("report.md")
    assert '"labels":["cost","urgent"]' in done.file("report.json").replace(" ", "").replace("\n", "")
    assert 'failures="1" errors="0"' in done.file("junit.xml").splitlines()[1]


def test_a_change_within_policy_passes_and_is_compared(pipeline: Callable[..., Pipeline]) -> None:
    done = pipeline({"infra/main.tf": MACHINE.replace("m5.large", "m5.xlarge")})
    assert done.exit_code == 0, done.log
    assert "+$70.08" in done.log


@pytest.mark.parametrize(
    ("variables", "exit_code"),
    [
        ({"TOLLBAR_MODE": "report"}, 0),
        ({"TOLLBAR_ENFORCE_FROM": "2999-01-01"}, 0),
        ({"TOLLBAR_ENFORCE_FROM": "2026-01-01"}, 1),
        ({"TOLLBAR_ENFORCE_FROM": "tomorrow"}, 3),
        ({"TOLLBAR_MODE": "enforced"}, 3),
    ],
    ids=str,
)
def test_when_it_only_reports(pipeline: Callable[..., Pipeline], variables: dict[str, str], exit_code: int) -> None:
    done = pipeline({"infra/main.tf": COSTLY}, **variables)
    assert done.exit_code == exit_code, done.log
    assert "over the dev limit of $1,000.00" in done.file("report.md")


def test_a_fork_is_judged_by_the_project_it_is_to_be_merged_into(pipeline: Callable[..., Pipeline]) -> None:
    done = pipeline({"infra/main.tf": COSTLY, "infra/tollbar.yml": LAX}, is_fork=True)
    assert done.exit_code == 1, done.log


@pytest.mark.parametrize("mode", ["enforce", "report"])
def test_what_cannot_be_read_is_an_error(pipeline: Callable[..., Pipeline], mode: str) -> None:
    done = pipeline({"infra/main.tf": 'resource "aws_eip" "x" {\n  domain =\n}\n'}, TOLLBAR_MODE=mode)
    assert done.exit_code == 3, done.log


def test_several_paths_are_one_deployment(pipeline: Callable[..., Pipeline]) -> None:
    done = pipeline({"more/main.tf": MACHINE}, TOLLBAR_PATHS="infra\n\nmore\n")
    assert done.exit_code == 0, done.log
    assert "$141.76" in done.log


def test_a_job_of_another_user_s_checkout_is_told_that_it_is_safe() -> None:
    variables = TEMPLATE["tollbar"]["variables"]
    assert [variables[f"GIT_CONFIG_{name}"] for name in ("COUNT", "KEY_0", "VALUE_0")] == [
        "1",
        "safe.directory",
        "$CI_PROJECT_DIR",
    ]
