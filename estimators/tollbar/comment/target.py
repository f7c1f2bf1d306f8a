"""Which pull or merge request a report belongs to: as the options say, else as the CI system tells.

Source: "Variables reference" (docs.github.com) and "Predefined CI/CD variables reference" (docs.gitlab.com),
read 2026-11.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tollbar.errors import ConfigError
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

Platform = Literal["github", "gitlab"]
PLATFORMS: tuple[Platform, ...] = ("github", "gitlab")

_GITHUB_API = "https://api.github.com"
_GITLAB_API = "https://gitlab.com/api/v4"
_REF_OF_A_PULL_REQUEST = re.compile(r"refs/pull/(\d+)/")
_OWNER_AND_NAME = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True, slots=True)
class Target:
    """A pull or merge request, the API it is reached by, and the token for it, which is never shown.

    ``repository`` is ``owner/name`` on GitHub, a path or number on GitLab. ``page_url`` is the page of the request,
    ``job_url`` that of the job we run in; empty where they are not known.
    """

    platform: Platform
    api_url: str
    repository: str
    number: int
    token: str = field(repr=False)
    is_job_token: bool = False
    page_url: str = ""
    job_url: str = ""


def find_target(
    environ: Mapping[str, str], platform: str | None = None, repository: str | None = None, number: int | None = None
) -> Target:
    """Return the request that the options name, else the one this job runs for.

    Raises:
        ConfigError: It, its repository or a token for it is not known.
    """
    if _platform(environ, platform) == "github":
        return _github_target(environ, repository, number)
    return _gitlab_target(environ, repository, number)


def _platform(environ: Mapping[str, str], told: str | None) -> Platform:
    if told is not None:
        found = next((known for known in PLATFORMS if known == told), None)
        if found is None:
            raise ConfigError(f"unknown platform {told!r}; known: github, gitlab", hint=did_you_mean(told, PLATFORMS))
        return found
    if environ.get("GITLAB_CI") or environ.get("CI_API_V4_URL"):
        return "gitlab"
    if environ.get("GITHUB_ACTIONS") or environ.get("GITHUB_REPOSITORY"):
        return "github"
    raise ConfigError(
        "this is no job of GitHub Actions or GitLab CI",
        hint="Tell where to comment: --platform github --repo owner/name --pull-request 12.",
    )


def _github_target(environ: Mapping[str, str], repository: str | None, number: int | None) -> Target:
    repository = repository or environ.get("GITHUB_REPOSITORY") or ""
    if not _OWNER_AND_NAME.fullmatch(repository):
        told = f"{repository!r} is no repository" if repository else "which repository is not known"
        raise ConfigError(told, hint="Tell it: --repo owner/name (or GITHUB_REPOSITORY).")
    number = number or _github_number(environ)
    if number is None:
        raise ConfigError(
            "this job does not run for a pull request",
            hint="Run it on: pull_request, or tell it: --pull-request 12. A workflow_run for a fork does not know its "
            "pull request: hand the number over with the report.",
        )
    token = environ.get("GITHUB_TOKEN") or environ.get("GH_TOKEN")
    if not token:
        raise ConfigError(
            "there is no token for GitHub", hint="Set GITHUB_TOKEN: ${{ github.token }} in the step's env."
        )
    api_url = environ.get("GITHUB_API_URL") or _GITHUB_API
    run = [environ.get(part, "") for part in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")]
    job_url = f"{run[0]}/{run[1]}/actions/runs/{run[2]}" if all(run) else ""
    return Target("github", api_url, repository, number, token, job_url=job_url)


def _github_number(environ: Mapping[str, str]) -> int | None:
    """Return the number of the pull request that the event is about, or that was checked out."""
    event = _event(environ.get("GITHUB_EVENT_PATH"))
    runs = (event.get("workflow_run") or {}).get("pull_requests") or []
    issue = event.get("issue") or {}
    candidates = [event.get("pull_request"), issue if issue.get("pull_request") else None, *runs[:1]]
    numbers = [candidate["number"] for candidate in candidates if candidate]
    if numbers:
        return int(numbers[0])
    ref = _REF_OF_A_PULL_REQUEST.match(environ.get("GITHUB_REF") or "")
    return int(ref[1]) if ref else None


def _event(path: str | None) -> dict[str, Any]:
    if not path:
        return {}
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"the event in GITHUB_EVENT_PATH cannot be read: {error}") from None
    return document if isinstance(document, dict) else {}


def _gitlab_target(environ: Mapping[str, str], repository: str | None, number: int | None) -> Target:
    # A merge request from a fork belongs to the project it is made to, not to the one the job runs in.
    repository = repository or environ.get("CI_MERGE_REQUEST_PROJECT_ID") or environ.get("CI_PROJECT_ID")
    if not repository:
        raise ConfigError("which project is not known", hint="Tell it: --repo group/project (or CI_PROJECT_ID).")
    told = environ.get("CI_MERGE_REQUEST_IID", "")
    number = number or (int(told) if told.isdecimal() else None)
    if number is None:
        raise ConfigError(
            "this job does not run for a merge request",
            hint="Run it in merge request pipelines (rules: if $CI_PIPELINE_SOURCE == 'merge_request_event'), "
            "or tell it: --pull-request 12.",
        )
    own, of_job = environ.get("GITLAB_TOKEN"), environ.get("CI_JOB_TOKEN")
    token = own or of_job
    if not token:
        raise ConfigError("there is no token for GitLab", hint="Set GITLAB_TOKEN, a project access token of scope api.")
    project = environ.get("CI_MERGE_REQUEST_PROJECT_URL", "")
    page = f"{project}/-/merge_requests/{number}" if project else ""
    api_url = environ.get("CI_API_V4_URL") or _GITLAB_API
    return Target("gitlab", api_url, repository, number, token, not own, page, environ.get("CI_JOB_URL", ""))
