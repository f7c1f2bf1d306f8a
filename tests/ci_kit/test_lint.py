"""The files of the CI kit are what their systems take, and keep to what is asked of workflows that teams will trust."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from tests.ci_kit.github_runner import ACTION, KIT, WORKFLOWS, read_yaml
from tests.conftest import ROOT
from tests.git_repository import GitRepository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BIN = ROOT / ".venv" / "bin"
GITLAB = KIT / "gitlab" / "cost-gate.yml"
PINNED = re.compile(r"uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that has taken the workflows over, with Tollbar where they check it out."""
    folder = tmp_path_factory.mktemp("repository")
    GitRepository.create(folder)
    (folder / ".github" / "workflows").mkdir(parents=True)
    for workflow in WORKFLOWS:
        shutil.copy(workflow, folder / ".github" / "workflows")
    shutil.copytree(KIT / "github", folder / "tollbar" / "conftest" / "github")
    return folder


def _run(*command: str, folder: Path = ROOT) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing(repository: Path) -> None:
    found = shutil.which("actionlint", path=str(ROOT / ".tools" / "bin")) or shutil.which("actionlint")
    assert found, "actionlint is missing: run make tools"
    _run(found, "-no-color", folder=repository)


def test_zizmor_finds_nothing(repository: Path) -> None:
    _run(str(BIN / "zizmor"), "--offline", "--no-progress", "--strict-collection", str(repository), str(ACTION))


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        *(("vendor.github-workflows", workflow) for workflow in WORKFLOWS),
        ("vendor.github-actions", ACTION),
        ("vendor.gitlab-ci", GITLAB),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_each_file_fits_its_schema(schema: str, file: Path) -> None:
    _run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file))


def _steps(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "run" in node or "uses" in node:
            yield node
        for value in node.values():
            yield from _steps(value)
    elif isinstance(node, list):
        for value in node:
            yield from _steps(value)


GITHUB = [ACTION, *WORKFLOWS]


@pytest.mark.parametrize("file", GITHUB, ids=lambda file: file.name)
def test_no_script_has_an_expression_pasted_into_it(file: Path) -> None:
    assert [step["run"] for step in _steps(read_yaml(file)) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("file", GITHUB, ids=lambda file: file.name)
def test_third_party_actions_are_pinned_by_commit_with_their_version_beside_it(file: Path) -> None:
    used = [
        line.strip().removeprefix("- ") for line in file.read_text(encoding="utf-8").splitlines() if "uses:" in line
    ]
    assert used
    assert [line for line in used if not PINNED.fullmatch(line) and "uses: ./" not in line] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_no_job_may_more_than_it_needs(file: Path) -> None:
    document = read_yaml(file)
    assert document["permissions"] == {}
    permissions = {name: job["permissions"] for name, job in document["jobs"].items()}
    assert (
        permissions
        == {
            "cost-gate.yml": {"gate": {"contents": "read"}},
            "cost.yml": {"gate": {"contents": "read"}, "code-scanning": {"security-events": "write"}},
            "cost-comment.yml": {"comment": {"actions": "read", "pull-requests": "write"}},
        }[file.name]
    )


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_jobs_end_and_checkouts_keep_no_credentials(file: Path) -> None:
    document = read_yaml(file)
    assert [name for name, job in document["jobs"].items() if "steps" in job and "timeout-minutes" not in job] == []
    checkouts = [step["with"] for step in _steps(document) if "actions/checkout@" in step.get("uses", "")]
    assert [told for told in checkouts if told["persist-credentials"] != "false"] == []


def test_the_reusable_workflow_hands_every_input_to_the_action() -> None:
    workflow = read_yaml(KIT / "github" / "workflows" / "cost-gate.yml")
    handed = workflow["jobs"]["gate"]["steps"][-1]["with"]
    assert set(handed) == set(read_yaml(ACTION)["inputs"]) - {"artifact"}
    inputs = set(workflow["on"]["workflow_call"]["inputs"]) - {"tollbar-repository", "tollbar-ref"}
    assert set(handed) == inputs | {"directory"}
    assert {name: told for name, told in handed.items() if name != "directory"} == {
        name: f"${{{{ inputs.{name} }}}}" for name in inputs
    }


def test_the_comment_waits_for_the_workflow_that_has_the_gate() -> None:
    comment = read_yaml(KIT / "github" / "workflows" / "cost-comment.yml")
    gate = read_yaml(KIT / "github" / "workflows" / "cost.yml")
    assert comment["on"]["workflow_run"]["workflows"] == [gate["name"]]


SCRIPTS = [
    (f"{file.name}: {step.get('name')}", step["run"])
    for file in GITHUB
    for step in _steps(read_yaml(file))
    if "run" in step
]


@pytest.mark.parametrize("script", [script for _, script in SCRIPTS], ids=[name for name, _ in SCRIPTS])
def test_every_script_is_a_script_of_bash(script: str) -> None:
    done = subprocess.run(["/bin/bash", "-n"], input=script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_shellcheck_finds_nothing(tmp_path: Path) -> None:
    found = shutil.which("shellcheck")
    if found is None:
        pytest.skip("shellcheck is not installed")
    for number, (_, script) in enumerate(SCRIPTS):
        (tmp_path / f"{number}.sh").write_text(f"#!/usr/bin/env bash\nset -eo pipefail\n{script}", encoding="utf-8")
    _run(found, *(str(file) for file in tmp_path.iterdir()), str(KIT / "github" / "install.sh"))


# The fields of a hook by https://pre-commit.com/#creating-new-hooks (looked up 2026-11-26): pre-commit itself
# would bring a dozen packages for this check.
TEXTS = {"type": "array", "items": {"type": "string"}}
HOOKS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "name", "entry", "language"],
        "additionalProperties": False,
        "properties": {
            **{name: {"type": "string", "minLength": 1} for name in ("id", "name", "entry", "description")},
            **{name: {"type": "string", "format": "regex"} for name in ("files", "exclude")},
            "language": {"enum": ["python", "system", "docker_image"]},
            **{name: {"type": "boolean"} for name in ("pass_filenames", "require_serial", "always_run", "verbose")},
            **dict.fromkeys(("types", "types_or", "exclude_types", "args", "additional_dependencies"), TEXTS),
        },
    },
}


def test_the_hooks_are_what_pre_commit_takes() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(hooks, HOOKS, format_checker=jsonschema.FormatChecker())
    assert [hook["id"] for hook in hooks] == ["tollbar-validate", "tollbar-check"]


def test_every_lock_that_the_kit_installs_is_pinned_as_the_whole() -> None:
    """requirements/comment.lock is a part of dev.lock; on which platforms a package is needed may differ."""
    whole = _pins("dev.lock")
    part = _pins("comment.lock")
    assert {name: pin for name, pin in part.items() if whole.get(name) != pin} == {}
    assert {"httpx2", "stamina"} <= set(part)


def _pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    without_markers = re.sub(r" ; [^\\\n]*", " ", text)
    return {block.split("==")[0]: block.rstrip() for block in re.split(r"\n(?=\S)", without_markers)}


def test_the_schema_of_hooks_refuses_what_is_none() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads('[{"id": "x", "name": "x", "entry": "x"}]'), HOOKS)
