"""Which request a job runs for, by what the CI systems tell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tollbar.comment.target import Target, find_target
from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

ACTIONS = {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_TOKEN": "t"}
GITLAB = {
    "GITLAB_CI": "true",
    "CI_API_V4_URL": "https://git.acme.test/api/v4",
    "CI_PROJECT_ID": "43",
    "CI_MERGE_REQUEST_PROJECT_ID": "42",
    "CI_MERGE_REQUEST_IID": "12",
    "CI_MERGE_REQUEST_PROJECT_URL": "https://git.acme.test/acme/shop",
    "CI_JOB_TOKEN": "j",
    "CI_JOB_URL": "https://git.acme.test/acme/shop/-/jobs/9",
}


@pytest.mark.parametrize(
    "event",
    [
        {"pull_request": {"number": 12}},
        {"issue": {"number": 12, "pull_request": {"url": "https://api.github.test/"}}},
        {"workflow_run": {"pull_requests": [{"number": 12}]}},
    ],
)
def test_the_event_tells_the_pull_request(event: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps(event), encoding="utf-8")
    target = find_target({**ACTIONS, "GITHUB_EVENT_PATH": str(file)})
    assert target == Target("github", "https://api.github.com", "acme/shop", 12, "t")


def test_so_does_the_ref_that_is_checked_out() -> None:
    environ = {
        **ACTIONS,
        "GITHUB_REF": "refs/pull/12/merge",
        "GITHUB_API_URL": "https://git.acme.test/api/v3",
        "GITHUB_SERVER_URL": "https://git.acme.test",
        "GITHUB_RUN_ID": "77",
    }
    job = "https://git.acme.test/acme/shop/actions/runs/77"
    assert find_target(environ) == Target("github", "https://git.acme.test/api/v3", "acme/shop", 12, "t", job_url=job)


def test_options_go_before() -> None:
    target = find_target({**GITLAB, "GITHUB_TOKEN": "t"}, "github", "acme/other", 5)
    assert target == Target("github", "https://api.github.com", "acme/other", 5, "t")


def test_a_merge_request_belongs_to_the_project_it_is_made_to() -> None:
    page = "https://git.acme.test/acme/shop/-/merge_requests/12"
    job = GITLAB["CI_JOB_URL"]
    assert find_target(GITLAB) == Target("gitlab", GITLAB["CI_API_V4_URL"], "42", 12, "j", True, page, job)
    assert find_target({**GITLAB, "GITLAB_TOKEN": "p"}) == Target(
        "gitlab", GITLAB["CI_API_V4_URL"], "42", 12, "p", False, page, job
    )


@pytest.mark.parametrize(
    ("environ", "options", "message"),
    [
        ({}, (), "this is no job of GitHub Actions or GitLab CI"),
        ({}, ("gitlub",), "unknown platform 'gitlub'; known: github, gitlab"),
        ({}, ("github",), "which repository is not known"),
        ({}, ("github", "acme"), "'acme' is no repository"),
        ({}, ("github", "acme/../x"), "'acme/../x' is no repository"),
        (ACTIONS, (), "this job does not run for a pull request"),
        ({**ACTIONS, "GITHUB_TOKEN": ""}, (None, None, 12), "there is no token for GitHub"),
        ({**ACTIONS, "GITHUB_EVENT_PATH": "absent.json"}, (), "the event in GITHUB_EVENT_PATH cannot be read"),
        ({}, ("gitlab",), "which project is not known"),
        ({"CI_PROJECT_ID": "1"}, ("gitlab",), "this job does not run for a merge request"),
        ({"CI_PROJECT_ID": "1"}, ("gitlab", None, 12), "there is no token for GitLab"),
    ],
)
def test_what_is_not_known_is_asked_for(environ: dict[str, str], options: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        find_target(environ, *options)
