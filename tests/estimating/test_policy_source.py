"""A change cannot loosen its own gate: policy, settings and prices come from the branch it is to be merged into."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.git_repository import GitRepository
from tollbar.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MACHINE = """
provider "aws" {
  region = "us-east-1"
}
resource "aws_instance" "api" {
  instance_type = "m5.8xlarge"
  tags          = { cost_center = "42" }
}
"""  # $1,121.28 a month, and its disk
CONFIG = """\
version: 1
project: shop
environment: dev
prices: {books: [books/negotiated.yml]}
policies: {rules: {environment_limit: {limits: {dev: 1000, prod: 5000}}}}
"""
BOOK = "name: acme\nas_of: 2026-01-01\ndiscounts: [{service: aws/ec2, percent: 1}]\n"
BASE = {"infra/main.tf": MACHINE, "infra/tollbar.yml": CONFIG, "infra/books/negotiated.yml": BOOK}


class Project:
    """A checkout of a change to a repository, and how ``tollbar check`` is run in it."""

    def __init__(self, repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
        self.repository = repository
        self.folder = repository.folder
        self._capsys = capsys

    def change(self, files: dict[str, str] | None = None, *, removed: tuple[str, ...] = ()) -> None:
        """Commit a change on a branch of its own, as a job checks it out: the base is known from its remote only."""
        base = self.repository.commit()
        self.repository.git("update-ref", "refs/remotes/origin/main", base)
        self.repository.git("switch", "--quiet", "--create", "change")
        for name in removed:
            self.repository.git("rm", "--quiet", "-r", name)
        self.repository.commit(files)

    def check(self, *arguments: str) -> tuple[int, dict[str, Any], str]:
        """Return the exit code, the report as JSON, and what was printed to stderr."""
        paths = () if arguments and arguments[0] == "infra" else ("infra",)
        code = main(["check", *paths, *arguments, "--format", "json", "--now", "2026-11-26T12:00:00Z"])
        printed = self._capsys.readouterr()
        return code, json.loads(printed.out) if printed.out else {}, printed.err

    def verdict(self, *arguments: str) -> tuple[int, set[str]]:
        """Return the exit code, and the codes of what denies."""
        code, report, _ = self.check(*arguments)
        findings = report["decision"]["findings"]
        return code, {finding["code"] for finding in findings if finding["severity"] == "error"}

    def printed(self) -> str:
        """Return what was printed to stdout since the last check."""
        return self._capsys.readouterr().out

    def notes(self, *arguments: str) -> list[str]:
        """Return the notes of the Markdown report."""
        main(["check", "infra", *arguments, "--format", "markdown"])
        lines = self._capsys.readouterr().out.splitlines()
        return [line.removeprefix("- ⚠️ ") for line in lines if line.startswith("- ⚠️ ") and "**" not in line]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Project:
    """The repository with the base's files, not yet committed, in a job about a pull request."""
    repository = GitRepository.create(tmp_path / "app")
    repository.write(BASE)
    monkeypatch.chdir(repository.folder)
    monkeypatch.setenv("GITHUB_EVENT_NAME", "pull_request")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(repository.folder))
    return Project(repository, capsys)


DENIED = (1, {"TB101"})
LAX = CONFIG.replace("dev: 1000", "dev: 100000")
ATTEMPTS: dict[str, dict[str, str]] = {
    "nothing but the change itself": {},
    "a higher limit": {"infra/tollbar.yml": LAX},
    "the rule off": {"infra/tollbar.yml": CONFIG.replace("{limits", "{mode: off, limits")},
    "the rule from a later day on": {
        "infra/tollbar.yml": CONFIG.replace("{limits", "{enforce_from: 2099-01-01, limits")
    },
    "a discount of 99 %": {"infra/books/negotiated.yml": BOOK.replace("percent: 1}", "percent: 99}")},
    "another book": {
        "infra/books/other.yml": BOOK.replace("percent: 1}", "percent: 99}"),
        "infra/tollbar.yml": CONFIG.replace("negotiated", "other"),
    },
    "a book written into the configuration": {
        "infra/tollbar.yml": CONFIG.replace(
            "[books/negotiated.yml]",
            "[{name: x, as_of: 2026-01-01, discounts: [{service: aws/ec2, percent: 99}]}]",
        )
    },
    "another environment": {"infra/tollbar.yml": CONFIG.replace("environment: dev", "environment: prod")},
    "the environment from a tag": {
        "infra/tollbar.yml": CONFIG.replace("environment: dev", "environment: {from: [tags.stage], default: prod}"),
        "infra/main.tf": MACHINE.replace('"42"', '"42", stage = "prod"'),
    },
    "fewer hours a month": {"infra/tollbar.yml": CONFIG + "hours_per_month: 10\n"},
    "another file that is found first": {"tollbar.yml": LAX},
    "an exemption": {
        "infra/tollbar.yml": CONFIG
        + "exemptions: [{id: EX-1, rules: [TB101], address: '*', reason: mine, expires: 2027-01-01}]\n"
    },
    "a mode for all": {"infra/tollbar.yml": CONFIG.replace("{rules", "{mode: advisory, rules")},
}


HARMLESS = {"nothing but the change itself", "another file that is found first"}
"""What would not loosen anything even if the change's own files decided."""


@pytest.mark.parametrize("files", ATTEMPTS.values(), ids=ATTEMPTS)
def test_a_change_cannot_loosen_its_own_gate(project: Project, files: dict[str, str]) -> None:
    project.change(files)
    assert project.verdict() == DENIED


@pytest.mark.parametrize("name", sorted(ATTEMPTS.keys() - HARMLESS))
def test_each_attempt_would_work_on_the_files_of_the_change(project: Project, name: str) -> None:
    """Else the test above would show nothing."""
    project.change(ATTEMPTS[name])
    code, _, _ = project.check("--policy-from", "worktree")
    assert code == 0


def test_taking_the_configuration_away_changes_nothing(project: Project) -> None:
    project.change(removed=("infra/tollbar.yml", "infra/books"))
    assert project.verdict() == DENIED
    assert project.notes() == [
        f"policy and settings are those of main ({_base(project)}), not of this change",
        "main:infra/tollbar.yml is not in this change; it holds until the change is merged",
    ]


def test_renaming_it_changes_nothing(project: Project) -> None:
    project.change({"infra/other.yml": CONFIG}, removed=("infra/tollbar.yml",))
    assert project.verdict() == DENIED


def test_a_configuration_that_would_not_be_read_is_no_verdict(project: Project) -> None:
    (project.folder / "infra" / "tollbar.yml").rename(project.folder / "infra" / "tollbar.yaml")
    project.change()
    code, _, printed = project.check()
    assert (code, "infra/tollbar.yaml is not read: the file is to be called tollbar.yml" in printed) == (3, True)


def test_a_link_in_its_place_changes_nothing(project: Project, tmp_path: Path) -> None:
    (tmp_path / "lax.yml").write_text(LAX, encoding="utf-8")
    project.repository.commit()
    project.change(removed=("infra/tollbar.yml",))
    (project.folder / "infra" / "tollbar.yml").symlink_to(tmp_path / "lax.yml")
    project.repository.commit()
    assert project.verdict() == DENIED


def _base(project: Project) -> str:
    return project.repository.git("rev-parse", "refs/remotes/origin/main")[:10]


def test_an_honest_change_passes_and_says_whose_policy_it_passed(project: Project) -> None:
    project.change({"infra/main.tf": MACHINE.replace("8xlarge", "large")})
    assert project.verdict() == (0, set())
    assert project.notes() == [f"policy and settings are those of main ({_base(project)}), not of this change"]


def test_what_a_change_sets_holds_once_it_is_merged(project: Project) -> None:
    project.change(ATTEMPTS["a higher limit"])
    assert project.notes()[1:] == ["what this change sets in infra/tollbar.yml holds once it is merged"]


def test_the_first_configuration_does_not_judge_its_own_change(project: Project) -> None:
    for file in ("infra/tollbar.yml", "infra/books/negotiated.yml"):
        (project.folder / file).unlink()
    project.change({"infra/tollbar.yml": LAX, "infra/books/negotiated.yml": BOOK})
    assert project.verdict() == DENIED
    assert project.notes()[1:] == [
        (
            "main has no tollbar.yml: the library's defaults hold; "
            "what this change sets in infra/tollbar.yml holds once it is merged"
        )
    ]


def test_the_tip_of_the_base_judges_a_branch_that_is_behind(project: Project) -> None:
    (project.folder / "infra" / "tollbar.yml").write_text(LAX, encoding="utf-8")
    project.change()
    project.repository.git("switch", "--quiet", "--detach", "origin/main")
    tightened = project.repository.commit({"infra/tollbar.yml": CONFIG})
    project.repository.git("update-ref", "refs/remotes/origin/main", tightened)
    project.repository.git("switch", "--quiet", "change")
    assert project.verdict() == DENIED


def test_a_local_branch_that_is_called_like_the_base_does_not_count(project: Project) -> None:
    project.change(ATTEMPTS["a higher limit"])
    project.repository.git("branch", "--force", "main", "change")
    assert project.verdict() == DENIED


def test_what_is_priced_is_the_change_s(project: Project) -> None:
    workloads = "workloads: [{name: bot, kind: llm, model: gpt-4o, estimated_tokens: 10000000}]\n"
    usage = "usage: {file: usage.yml}\n"
    used = "version: 0.1\nresource_usage:\n  aws_instance.api: {}\n  aws_eip.absent: {}\n"
    project.change({"infra/tollbar.yml": CONFIG + workloads + usage, "infra/usage.yml": used})
    code, report, _ = project.check()
    assert code == 1
    costs = {resource["address"]: resource["monthly_cost"] for resource in report["estimate"]["resources"]}
    assert costs == {"aws_instance.api": 1110.8672, "workload.bot": 55}
    assert [note for note in project.notes() if "usage.yml" in note] == [
        "infra/usage.yml tells of resources that are not there: aws_eip.absent"
    ]


def test_workloads_count_as_a_change_from_those_of_the_base(project: Project, tmp_path: Path) -> None:
    workloads = "workloads: [{name: NAME, kind: llm, model: gpt-4o, estimated_tokens: 10000000}]\n"
    project.repository.commit({"infra/tollbar.yml": CONFIG + workloads.replace("NAME", "old")})
    project.change({"infra/tollbar.yml": CONFIG + workloads.replace("NAME", "new")})
    project.repository.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "base"), "origin/main")
    _, report, _ = project.check("--base", str(tmp_path / "base" / "infra"))
    changes = {
        resource["address"]: (resource["action"], resource["location"]["file"])
        for resource in report["estimate"]["resources"]
    }
    assert changes == {
        "aws_instance.api": ("no-op", "infra/main.tf"),
        "workload.new": ("create", "infra/tollbar.yml"),
        "workload.old": ("delete", "main:infra/tollbar.yml"),
    }


def test_without_a_pull_request_the_state_before_declares_its_own_workloads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    bot = "workloads: [{name: bot, kind: llm, model: gpt-4o, estimated_tokens: 10000000}]\n"
    for state, workloads in (("before", ""), ("after", bot)):
        (tmp_path / state).mkdir()
        (tmp_path / state / "main.tf").write_text(MACHINE, encoding="utf-8")
        (tmp_path / state / "tollbar.yml").write_text(f"version: 1\n{workloads}", encoding="utf-8")
    assert main(["diff", "before", "after", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["delta"] == 55


POLICY = "package tollbar.rules.acme.more\n\nfindings := set()\n"
BROKEN = "package tollbar.rules.acme.x\n\nallow if {\n"


def test_folders_with_policies_are_the_base_s(project: Project) -> None:
    project.repository.commit({"policies/a.rego": BROKEN})
    project.change({"policies/a.rego": POLICY})
    code, _, error = project.check("--policy", "policies")
    assert code == 3
    assert error.startswith("error: opa failed: main:policies/a.rego:")


def test_policies_that_only_the_change_has_are_left_out(project: Project) -> None:
    project.change({"policies/a.rego": BROKEN})
    assert project.verdict("--policy", "policies") == DENIED
    assert project.notes("--policy", "policies")[1:] == ["policies is not in main: it holds once it is merged"]


@pytest.mark.parametrize("folder", ["pulled", "kept", "../outside"])
def test_policies_that_a_step_of_the_job_fetched_count(project: Project, folder: str) -> None:
    project.repository.commit({"kept/a.rego": POLICY})
    project.change()
    project.repository.write({f"{folder}/b.rego": BROKEN})
    code, _, error = project.check("--policy", folder)
    assert code == 3
    assert "b.rego" in error


def test_a_configuration_that_a_step_of_the_job_wrote_counts(project: Project) -> None:
    project.change()
    project.repository.write({"made.yml": LAX.replace("[books", "[infra/books")})
    assert project.verdict("--config", "made.yml") == (0, set())
    assert project.verdict("--config", "infra/tollbar.yml") == DENIED


def test_commitments_that_an_option_names_are_the_base_s(project: Project) -> None:
    project.change({"commitments.yml": "none: of this is valid\n"})
    assert project.verdict("--commitments", "commitments.yml") == DENIED
    assert "commitments.yml is not in main: it holds once it is merged" in project.notes(
        "--commitments", "commitments.yml"
    )


def _without_book(project: Project) -> None:
    (project.folder / "infra" / "books" / "negotiated.yml").unlink()


ERRORS: dict[str, tuple[Callable[[Project], object], str]] = {
    "the base names a book it lacks": (
        _without_book,
        "error: main:infra/tollbar.yml:4: there is no price book main:infra/",
    ),
    "the base's file is wrong": (
        lambda project: project.repository.write({"infra/tollbar.yml": "version: 1\npolices: {}\n"}),
        "error: main:infra/tollbar.yml:2: unknown key 'polices'\n  Did you mean 'policies'?",
    ),
    "a book outside": (
        lambda project: project.repository.write({"infra/tollbar.yml": CONFIG.replace("books/n", "../../n")}),
        "error: ../../negotiated.yml, which infra/tollbar.yml names, cannot be read from main",
    ),
}


@pytest.mark.parametrize(("prepare", "message"), ERRORS.values(), ids=ERRORS)
def test_errors_call_the_base_s_files_by_revision(
    project: Project, prepare: Callable[[Project], object], message: str
) -> None:
    prepare(project)
    project.change({"infra/tollbar.yml": CONFIG, "infra/books/negotiated.yml": BOOK})
    code, _, error = project.check()
    assert code == 3
    assert error.startswith(message)


def test_a_base_that_was_not_fetched_is_an_error_that_says_how(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.change()
    monkeypatch.setenv("GITHUB_BASE_REF", "release/1")
    code, _, error = project.check()
    assert code == 3
    assert "error: release/1, which this change is to be merged into, is not in this checkout" in error
    assert "git fetch --depth=1 origin +refs/heads/release/1:refs/remotes/origin/release/1" in error


def test_the_merge_commit_that_github_makes_is_enough(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkout with ``fetch-depth: 2`` has the base as its first parent."""
    project.change(ATTEMPTS["a higher limit"])
    project.repository.git("switch", "--quiet", "--detach", "origin/main")
    project.repository.git("merge", "--quiet", "--no-ff", "--message", "test", "change")
    merge = project.repository.git("rev-parse", "HEAD")
    project.repository.git("update-ref", "refs/pull/7/merge", merge)
    clone = GitRepository.create(tmp_path / "clone")
    clone.git(
        "fetch", "--quiet", "--depth=2", f"file://{project.folder}", "+refs/pull/7/merge:refs/remotes/pull/7/merge"
    )
    clone.git("checkout", "--quiet", "refs/remotes/pull/7/merge")
    monkeypatch.chdir(clone.folder)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(clone.folder))
    assert project.check()[0] == 3
    monkeypatch.setenv("GITHUB_REF", "refs/pull/7/merge")
    monkeypatch.setenv("GITHUB_SHA", merge)
    assert project.verdict() == DENIED


def test_a_submodule_of_the_author_s_in_place_of_the_folder_changes_nothing(project: Project, tmp_path: Path) -> None:
    own = GitRepository.create(tmp_path / "own")
    own.git(
        "update-ref",
        "refs/heads/other",
        own.commit({"main.tf": MACHINE, "tollbar.yml": LAX.replace("books/n", "n"), "negotiated.yml": BOOK}),
    )
    project.change(removed=("infra",))
    project.repository.git("clean", "--quiet", "-dffx")
    project.repository.git("submodule", "--quiet", "add", str(own.folder), "infra")
    project.repository.commit()
    assert project.verdict() == DENIED


def test_another_repository_has_a_policy_of_its_own(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The platform team's policies, checked out beside the change by the same job, without any branch of theirs."""
    platform = GitRepository.create(tmp_path / "platform")
    platform.commit({"policies/a.rego": BROKEN})
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    project.change()
    code, _, error = project.check("--policy", str(platform.folder / "policies"))
    assert code == 3
    assert "platform/policies/a.rego" in error


def test_outside_of_a_repository_the_files_are_what_there_is(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "artifact"
    project.folder.rename(folder)
    (folder / ".git").rename(tmp_path / "git")
    monkeypatch.chdir(folder)
    assert project.verdict() == DENIED
    assert project.notes() == [
        (
            "this is a pull request, but no git repository is here: policy and settings are those of the files here, "
            "which the change may have changed"
        )
    ]


def test_on_a_branch_the_files_here_decide(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.change(ATTEMPTS["a higher limit"])
    monkeypatch.delenv("GITHUB_EVENT_NAME")
    assert project.verdict() == (0, set())
    assert project.notes() == []
    assert project.verdict("--policy-from", "origin/main") == DENIED
    assert project.verdict("--policy-from", "HEAD") == (0, set())
    code, _, error = project.check("--policy-from", "--help")
    assert (code, error.splitlines()[0]) == (
        3,
        "error: --policy-from --help: there is no such revision in this repository",
    )


def test_an_estimate_is_priced_by_the_base_s_books_as_well(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.change(ATTEMPTS["a discount of 99 %"])
    assert main(["estimate", "infra", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["monthly_cost"] == 1110.8672
    assert main(["estimate", "infra", "--format", "json", "--policy-from", "worktree"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["monthly_cost"] < 20


def test_the_pull_request_stands_in_the_estimate(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.change()
    event = tmp_path / "event.json"
    event.write_text('{"pull_request": {"number": 7, "labels": [{"name": "cost-approved"}]}}', encoding="utf-8")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
    _, report, _ = project.check("--label", "urgent", "--label", "cost-approved")
    told = report["estimate"]["deployment"]
    assert (told["pull_request"], told["labels"]) == ("7", ["urgent", "cost-approved"])

    made_before = tmp_path / "estimate.json"
    made_before.write_text(json.dumps(report["estimate"]), encoding="utf-8")
    monkeypatch.delenv("GITHUB_EVENT_PATH")
    assert main(["estimate", str(made_before), "--label", "later", "--format", "json"]) == 0
    told = json.loads(project.printed())["deployment"]
    assert (told["pull_request"], told["labels"]) == ("7", ["urgent", "cost-approved", "later"])


def test_the_settings_for_conftest_are_the_base_s(project: Project) -> None:
    project.change(ATTEMPTS["a higher limit"])
    limits = {"environment_limit": {"limits": {"dev": 1000, "prod": 5000}}}
    assert main(["policy", "settings", "infra"]) == 0
    assert json.loads(project.printed()) == {"tollbar_settings": {"rules": limits}}
    limits["environment_limit"]["limits"]["dev"] = 100000
    assert main(["policy", "settings", "infra", "--policy-from", "worktree"]) == 0
    assert json.loads(project.printed()) == {"tollbar_settings": {"rules": limits}}


def test_another_repository_that_has_such_a_branch_does_not_stand_in(project: Project, tmp_path: Path) -> None:
    platform = GitRepository.create(tmp_path / "platform")
    platform.git("update-ref", "refs/remotes/origin/main", platform.commit({"policies/a.rego": POLICY}))
    project.change(ATTEMPTS["a higher limit"])
    project.repository.git("update-ref", "-d", "refs/remotes/origin/main")
    code, _, error = project.check("--policy", str(platform.folder / "policies"))
    assert code == 3
    assert "main, which this change is to be merged into, is not in this checkout" in error
