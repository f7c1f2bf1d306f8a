"""The pull or merge request that a CI job is about: its number, its labels, and where its base is to be found.

The variables are those that the systems document (looked up 2026-11-26): GitHub Actions "Default environment
variables" and "Webhook events and payloads", GitLab "Predefined CI/CD variables reference", Bitbucket "Variables and
secrets", Azure Pipelines "Use predefined variables", Jenkins "Branch Source" plugin.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_BRANCHES = "refs/heads/"
_GITHUB_MERGE = re.compile(r"refs/pull/(\d+)/merge")


@dataclass(frozen=True, slots=True)
class PullRequest:
    """What a CI job says of the change it is about.

    ``base_revisions`` are where git may have the tip of the branch it is to be merged into, the best first. Local
    branches are never among them: a checkout of a fork's branch may be called ``main``. ``workspace`` is the folder
    the job checked out into.
    """

    number: str | None
    target: str
    base_revisions: tuple[str, ...]
    labels: tuple[str, ...] = ()
    workspace: Path | None = None


def pull_request(environment: Mapping[str, str]) -> PullRequest | None:
    """Return what the variables of the CI system say, None outside a pull or merge request.

    Raises:
        InputError: The event that GitHub describes in a file cannot be read as one.
    """
    found = (read(environment) for read in _SYSTEMS)
    return next((request for request in found if request is not None), None)


def _github(environment: Mapping[str, str]) -> PullRequest | None:
    name = environment.get("GITHUB_EVENT_NAME", "")
    if name != "merge_group" and not name.startswith("pull_request"):
        return None
    event = _event(environment.get("GITHUB_EVENT_PATH"))
    workspace = _folder(environment, "GITHUB_WORKSPACE")
    if name == "merge_group":
        group = _mapping(event, "merge_group")
        target = str(group.get("base_ref", "")).removeprefix(_BRANCHES)
        return PullRequest(None, target, _remote_tip(target, str(group.get("base_sha", ""))), workspace=workspace)
    told = _mapping(event, "pull_request")
    target = environment.get("GITHUB_BASE_REF") or str(_mapping(told, "base").get("ref", ""))
    merge = _GITHUB_MERGE.fullmatch(environment.get("GITHUB_REF", ""))
    # GitHub merges the change into the tip of its base to test it: the first parent is that tip.
    parent = f"{environment.get('GITHUB_SHA', '')}^1" if merge and environment.get("GITHUB_SHA") else ""
    number = told.get("number") or (merge[1] if merge else None)
    labels = told.get("labels")
    names = [str(label["name"]) for label in labels if "name" in label] if isinstance(labels, list) else []
    return PullRequest(_text(number), target, _remote_tip(target, parent), tuple(names), workspace)


def _gitlab(environment: Mapping[str, str]) -> PullRequest | None:
    number = environment.get("CI_MERGE_REQUEST_IID")
    target = environment.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "")
    if not number and not target:
        return None
    tip, diff_base = (
        environment.get(f"CI_MERGE_REQUEST_{name}", "") for name in ("TARGET_BRANCH_SHA", "DIFF_BASE_SHA")
    )
    project, target_project = environment.get("CI_PROJECT_ID"), environment.get("CI_MERGE_REQUEST_PROJECT_ID")
    # In a fork's own pipeline `origin` is the fork, whose branches are its owner's to change.
    is_fork = target_project is not None and project != target_project
    revisions = tuple(sha for sha in (tip, diff_base) if sha) if is_fork else _remote_tip(target, tip)
    labels = [label.strip() for label in environment.get("CI_MERGE_REQUEST_LABELS", "").split(",")]
    workspace = _folder(environment, "CI_PROJECT_DIR")
    return PullRequest(_text(number), target, revisions, tuple(label for label in labels if label), workspace)


def _bitbucket(environment: Mapping[str, str]) -> PullRequest | None:
    number, target = environment.get("BITBUCKET_PR_ID"), environment.get("BITBUCKET_PR_DESTINATION_BRANCH", "")
    if not number:
        return None
    revisions = _remote_tip(target, environment.get("BITBUCKET_PR_DESTINATION_COMMIT", ""))
    return PullRequest(number, target, revisions, workspace=_folder(environment, "BITBUCKET_CLONE_DIR"))


def _azure(environment: Mapping[str, str]) -> PullRequest | None:
    target = environment.get("SYSTEM_PULLREQUEST_TARGETBRANCH", "").removeprefix(_BRANCHES)
    if not target:
        return None
    names = ("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "SYSTEM_PULLREQUEST_PULLREQUESTID")  # GitHub's number, Azure's own
    number = next((environment[name] for name in names if environment.get(name)), None)
    return PullRequest(number, target, _remote_tip(target), workspace=_folder(environment, "BUILD_SOURCESDIRECTORY"))


def _jenkins(environment: Mapping[str, str]) -> PullRequest | None:
    number, target = environment.get("CHANGE_ID"), environment.get("CHANGE_TARGET")
    if not number or not target:
        return None
    return PullRequest(number, target, _remote_tip(target), workspace=_folder(environment, "WORKSPACE"))


_SYSTEMS: tuple[Callable[[Mapping[str, str]], PullRequest | None], ...] = (
    _github, _gitlab, _bitbucket, _azure, _jenkins,
)  # fmt: skip


def _remote_tip(branch: str, *others: str) -> tuple[str, ...]:
    return tuple(_given([f"refs/remotes/origin/{branch}" if branch else "", *others]))


def _given(revisions: Iterable[str]) -> Iterable[str]:
    return (revision for revision in revisions if revision)


def _folder(environment: Mapping[str, str], name: str) -> Path | None:
    told = environment.get(name)
    return Path(told) if told else None


def _event(file: str | None) -> dict[str, Any]:
    """Return GitHub's description of the event, nothing where the file is absent (in a container it may be)."""
    if not file or not Path(file).is_file():
        return {}
    try:
        event = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"GITHUB_EVENT_PATH is no event: {error}", location=Location(file)) from None
    if not isinstance(event, dict):
        raise InputError("GITHUB_EVENT_PATH is no event: expected a JSON object", location=Location(file))
    return event


def _mapping(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = document.get(name)
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
