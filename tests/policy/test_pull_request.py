"""What the variables of CI systems say of a pull or merge request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tollbar.errors import InputError
from tollbar.policy.pull_request import PullRequest, pull_request

GITHUB = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main", "GITHUB_WORKSPACE": "/w/app"}
GITLAB = {
    "CI_MERGE_REQUEST_IID": "12",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
    "CI_MERGE_REQUEST_DIFF_BASE_SHA": "d1ff",
    "CI_MERGE_REQUEST_PROJECT_ID": "7",
    "CI_PROJECT_ID": "7",
    "CI_PROJECT_DIR": "/builds/app",
}


def _event(folder: Path, document: object) -> str:
    file = folder / "event.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return str(file)


def test_github_tells_number_labels_and_the_parent_of_its_merge_commit(tmp_path: Path) -> None:
    event = {"pull_request": {"number": 7, "labels": [{"name": "cost-approved"}, {"name": "infra, big"}]}}
    environment = GITHUB | {
        "GITHUB_EVENT_PATH": _event(tmp_path, event),
        "GITHUB_REF": "refs/pull/7/merge",
        "GITHUB_SHA": "abc",
    }
    assert pull_request(environment) == PullRequest(
        "7", "main", ("refs/remotes/origin/main", "abc^1"), ("cost-approved", "infra, big"), Path("/w/app")
    )


def test_github_without_the_event_file_still_tells_the_number() -> None:
    environment = GITHUB | {"GITHUB_EVENT_PATH": "/absent/event.json", "GITHUB_REF": "refs/pull/7/merge"}
    assert pull_request(environment) == PullRequest(
        "7", "main", ("refs/remotes/origin/main",), workspace=Path("/w/app")
    )


def test_a_review_names_the_base_in_its_event_only(tmp_path: Path) -> None:
    event = {"pull_request": {"number": 7, "base": {"ref": "release/1"}, "labels": []}}
    environment = {"GITHUB_EVENT_NAME": "pull_request_review", "GITHUB_EVENT_PATH": _event(tmp_path, event)}
    assert pull_request(environment) == PullRequest("7", "release/1", ("refs/remotes/origin/release/1",))


def test_a_merge_queue_is_judged_by_the_branch_it_is_for(tmp_path: Path) -> None:
    event = {"merge_group": {"base_ref": "refs/heads/main", "base_sha": "ba5e"}}
    environment = {"GITHUB_EVENT_NAME": "merge_group", "GITHUB_EVENT_PATH": _event(tmp_path, event)}
    assert pull_request(environment) == PullRequest(None, "main", ("refs/remotes/origin/main", "ba5e"))


@pytest.mark.parametrize("text", ["{", "[]", "\udcff"])
def test_an_event_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "event.json"
    file.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(InputError, match="GITHUB_EVENT_PATH is no event"):
        pull_request(GITHUB | {"GITHUB_EVENT_PATH": str(file)})


@pytest.mark.parametrize("name", ["push", "schedule", "workflow_dispatch", ""])
def test_other_events_are_about_no_pull_request(name: str) -> None:
    assert pull_request({"GITHUB_EVENT_NAME": name, "GITHUB_BASE_REF": ""}) is None


def test_gitlab_prefers_the_tip_to_the_merge_base() -> None:
    labels = {"CI_MERGE_REQUEST_LABELS": "cost-approved, team::shop,"}
    assert pull_request(GITLAB | labels) == PullRequest(
        "12", "main", ("refs/remotes/origin/main",), ("cost-approved", "team::shop"), Path("/builds/app")
    )
    merged = GITLAB | {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "71b"}
    found = pull_request(merged)
    assert found is not None
    assert found.base_revisions == ("refs/remotes/origin/main", "71b")


def test_in_a_fork_of_gitlab_no_branch_of_the_fork_is_trusted() -> None:
    found = pull_request(GITLAB | {"CI_PROJECT_ID": "8"})
    assert found is not None
    assert found.base_revisions == ("d1ff",)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (
            {
                "BITBUCKET_PR_ID": "3",
                "BITBUCKET_PR_DESTINATION_BRANCH": "main",
                "BITBUCKET_PR_DESTINATION_COMMIT": "de57",
                "BITBUCKET_CLONE_DIR": "/opt/build",
            },
            PullRequest("3", "main", ("refs/remotes/origin/main", "de57"), workspace=Path("/opt/build")),
        ),
        (
            {"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main", "SYSTEM_PULLREQUEST_PULLREQUESTID": "4"},
            PullRequest("4", "main", ("refs/remotes/origin/main",)),
        ),
        ({"CHANGE_ID": "5", "CHANGE_TARGET": "main"}, PullRequest("5", "main", ("refs/remotes/origin/main",))),
        ({"CHANGE_ID": "5"}, None),
        ({"CI": "true", "CI_COMMIT_SHA": "abc", "BUILD_REASON": "Manual"}, None),
        ({}, None),
    ],
    ids=["Bitbucket", "Azure DevOps", "Jenkins", "Gerrit", "a branch", "no CI"],
)
def test_other_systems(environment: dict[str, str], expected: PullRequest | None) -> None:
    assert pull_request(environment) == expected
