"""The gate for GitHub: its steps run with real git, tollbar, opa and conftest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.ci_kit.github_runner import ACTION, KIT, Job, read_yaml
from tests.ci_kit.project import CONFIG, COSTLY, LAX, MACHINE, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Gate = Callable[..., Job]

DOORS = pytest.mark.parametrize("door", ["tollbar", "conftest"])


def _inputs(told: dict[str, str]) -> dict[str, str]:
    action = read_yaml(ACTION)
    defaults = {name: entry["default"] for name, entry in action["inputs"].items()}
    assert set(told) <= set(defaults)
    return {**defaults, "paths": "infra", "directory": "change", **told}


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """Run the composite action on a change, checked out as the reusable workflow does."""

    def run(
        files: dict[str, str],
        *,
        base: dict[str, str] | None = None,
        removed: tuple[str, ...] = (),
        labels: tuple[str, ...] = (),
        depth: int = 2,
        **inputs: str,
    ) -> Job:
        project = Project(tmp_path / "project", base)
        merge = project.change(files, removed=removed)
        workspace = tmp_path / "workspace"
        project.check_out(workspace / "change", "refs/pull/7/merge", depth=depth)
        environment = {
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_BASE_REF": "main",
            "GITHUB_HEAD_REF": "change",
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_SHA": merge,
        }
        event = {"pull_request": {"number": 7, "labels": [{"name": label} for label in labels]}}
        job = Job(workspace, tmp_path / "runner", environment, event)
        steps: list[dict[str, Any]] = read_yaml(ACTION)["runs"]["steps"]
        return job.run(steps, _inputs({name.replace("_", "-"): told for name, told in inputs.items()}), KIT / "github")

    return run


@DOORS
def test_a_denied_change_fails_the_job_and_says_why(gate: Gate, door: str) -> None:
    job = gate({"infra/main.tf": COSTLY}, door=door)
    assert job.exit_code == 1, job.log
    assert "::error::Denied by policy; the job summary says why and what to do." in job.log
    assert "costs $1,122.08 a month, over the dev limit of $1,000.00" in job.summary
    assert job.artifact["report.md"] == job.summary
    assert job.artifact["pull-request"] == "7\n"
    assert job.outputs[door]["outputs"] == {"exit-code": "1"}


def test_what_is_replaced_in_these_tests(gate: Gate) -> None:
    job = gate({}, door="conftest")
    assert job.replaced == ["actions/setup-python", "Install", "actions/upload-artifact"]


@DOORS
def test_a_change_within_policy_passes(gate: Gate, door: str) -> None:
    job = gate({"infra/main.tf": MACHINE.replace("m5.large", "m5.xlarge")}, door=door)
    assert job.exit_code == 0, job.log
    assert "$140.96" in job.summary
    assert "+$70.08" in job.summary
    assert job.outputs[door]["outputs"] == {"exit-code": "0"}


@pytest.mark.parametrize(
    ("inputs", "exit_code"),
    [
        ({"mode": "report"}, 0),
        ({"mode": "report", "door": "conftest"}, 0),
        ({"enforce_from": "2999-01-01"}, 0),
        ({"enforce_from": "2026-01-01"}, 1),
        ({"mode": "report", "enforce_from": "2026-01-01"}, 0),
    ],
    ids=str,
)
def test_a_gate_that_reports_shows_the_same_and_fails_nothing(
    gate: Gate, inputs: dict[str, str], exit_code: int
) -> None:
    job = gate({"infra/main.tf": COSTLY}, **inputs)
    assert job.exit_code == exit_code, job.log
    assert "over the dev limit of $1,000.00" in job.summary
    assert ("::notice::The policy would deny this change" in job.log) == (exit_code == 0)


NO_FAIL = 'no-fail = true\nnamespace = ["nothing"]\npolicy = ["infra"]\n'


@DOORS
@pytest.mark.parametrize(
    ("files", "removed"),
    [
        ({"infra/tollbar.yml": LAX}, ()),
        ({}, ("infra/tollbar.yml",)),
        ({"conftest.toml": NO_FAIL, "infra/conftest.toml": NO_FAIL}, ()),
        ({"tollbar": "#!/bin/sh\n", "jq": "#!/bin/sh\n", "conftest": "#!/bin/sh\n"}, ()),
    ],
    ids=["a higher limit", "no configuration", "a conftest.toml of its own", "programs of its own"],
)
def test_a_change_cannot_loosen_the_gate(
    gate: Gate, door: str, files: dict[str, str], removed: tuple[str, ...]
) -> None:
    job = gate({"infra/main.tf": COSTLY, **files}, removed=removed, door=door)
    assert job.exit_code == 1, job.log
    assert "over the dev limit of $1,000.00" in job.summary


def test_every_report_is_kept(gate: Gate) -> None:
    artifact = gate({"infra/main.tf": COSTLY}).artifact
    assert sorted(artifact) == [
        "junit.xml",
        "pull-request",
        "report.html",
        "report.json",
        "report.md",
        "tollbar.sarif",
    ]
    deployment = json.loads(artifact["report.json"])["estimate"]["deployment"]
    assert (deployment["pull_request"], deployment["name"]) == ("7", "shop")
    (run,) = json.loads(artifact["tollbar.sarif"])["runs"]
    places = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert "infra/main.tf" in places


def test_what_needs_an_approval_is_told_apart(gate: Gate) -> None:
    approve = CONFIG.replace("{limits", "{mode: approve, limits")
    job = gate({"infra/main.tf": COSTLY}, base={"infra/tollbar.yml": approve})
    assert job.exit_code == 2, job.log
    assert "::error::Needs an approval" in job.log


@DOORS
def test_a_folder_that_is_new_counts_as_an_increase(gate: Gate, door: str) -> None:
    strict = "version: 1\npolicies: {rules: {cost_increase: {mode: enforce, limit: 50}}}\n"
    job = gate({"new/main.tf": MACHINE}, base={"tollbar.yml": strict}, paths="new", door=door)
    assert job.exit_code == 1, job.log
    assert "TB104" in job.summary


def test_what_stands_in_the_base_is_no_increase(gate: Gate) -> None:
    strict = CONFIG.replace("{mode: off}", "{mode: enforce, limit: 50}")
    job = gate({"infra/notes.md": "x"}, base={"infra/tollbar.yml": strict})
    assert job.exit_code == 0, job.log


@pytest.mark.parametrize(("door", "mode"), [("tollbar", "report"), ("conftest", "enforce")])
def test_what_cannot_be_read_is_an_error_and_never_a_pass(gate: Gate, door: str, mode: str) -> None:
    job = gate({"infra/main.tf": 'resource "aws_eip" "x" {\n  domain =\n}\n'}, door=door, mode=mode)
    assert job.exit_code == 3
    assert "infra/main.tf:2" in job.log


def test_a_checkout_without_the_base_is_an_error_that_says_what_to_do(gate: Gate) -> None:
    job = gate({"infra/main.tf": COSTLY}, depth=1)
    assert job.exit_code == 3
    assert "give actions/checkout fetch-depth: 2" in job.log


def test_without_the_state_before_the_policy_is_still_the_base_s(gate: Gate) -> None:
    job = gate({"infra/main.tf": COSTLY, "infra/tollbar.yml": LAX}, compare="false")
    assert job.exit_code == 1, job.log
    job_without_base = json.loads(job.artifact["report.json"])["estimate"]["totals"]
    assert "previous" not in job_without_base


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"mode": "enforced"}, "::error::mode: enforced is not known; expected enforce or report"),
        ({"enforce_from": "8.12.2026"}, "::error::enforce-from: 8.12.2026 is not a day such as 2026-12-08"),
        ({"paths": "infra\n  \n--help"}, "--help"),
        ({"door": "conftest", "policies": "more"}, "::error::policies: is for door: tollbar"),
    ],
)
def test_an_input_that_is_wrong_is_an_error(gate: Gate, inputs: dict[str, str], message: str) -> None:
    job = gate({}, **inputs)
    assert job.exit_code == 3
    assert message in job.log


def test_policies_of_the_project_are_the_base_s(gate: Gate) -> None:
    package = "package tollbar.rules.acme.own\n"
    broken = f"{package}\nfindings contains finding if {{\n"
    job = gate({"policies/a.rego": package}, base={"policies/a.rego": broken}, policies="policies")
    assert job.exit_code == 3
    assert "main:policies/a.rego" in job.log


@pytest.mark.parametrize("printed", ["[]", "", '[{"successes": 0}]', "error"])
def test_a_conftest_that_evaluated_nothing_is_an_error(gate: Gate, tmp_path: Path, printed: str) -> None:
    shims = tmp_path / "runner" / "shims"
    shims.mkdir(parents=True)
    (shims / "conftest").write_text(f"#!/bin/sh\necho '{printed}'\n", encoding="utf-8")
    (shims / "conftest").chmod(0o755)
    job = gate({"infra/main.tf": COSTLY}, door="conftest")
    assert job.exit_code == 3
    assert "::error::conftest evaluated no policy" in job.log


@DOORS
def test_a_name_that_the_change_chose_is_no_command_to_the_runner(gate: Gate, door: str) -> None:
    """The runner takes a line for one that begins with ::, whatever the spaces before it."""
    named = 'resource "aws_instance" "other" {\n  instance_type = "m5\\n::error::pwned"\n}\n'
    job = gate({"infra/main.tf": COSTLY + named}, door=door)
    assert job.exit_code == 1, job.log
    lines = [line.strip() for line in job.log.splitlines()]
    assert not any(line.startswith("::error::pwned") for line in lines)
    obeyed, resume = [], None
    for line in lines:
        if resume is not None:
            resume = None if line == f"::{resume}::" else resume
        elif line.startswith("::stop-commands::"):
            resume = line.removeprefix("::stop-commands::")
        elif line.startswith("::error::"):
            obeyed.append(line)
    assert (obeyed, resume) == (["::error::Denied by policy; the job summary says why and what to do."], None)


@DOORS
def test_a_name_that_the_change_chose_mentions_nobody_and_links_nowhere(gate: Gate, door: str) -> None:
    named = 'resource "aws_instance" "other" {\n  instance_type = "m5 @acme/all #12 [a](https://b.example)"\n}\n'
    job = gate({"infra/main.tf": COSTLY + named}, door=door)
    assert job.exit_code == 1, job.log
    assert "acme/all" in job.summary
    assert [
        line for line in job.summary.splitlines() if any(text in line for text in ("@acme", "#12", "[a](https"))
    ] == []
