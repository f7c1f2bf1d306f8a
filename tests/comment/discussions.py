"""Discussions with the servers on loopback, without patience: tests do not wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.comment.platform_server import TOKEN
from tollbar.comment.api import Patience
from tollbar.comment.github import GitHubDiscussion
from tollbar.comment.gitlab import GitLabDiscussion
from tollbar.comment.target import Target

if TYPE_CHECKING:
    from tests.comment.platform_server import PlatformServer

AT_ONCE = Patience(attempts=3, first=0.0, longest=0.0)


def github(server: PlatformServer, token: str = TOKEN, repository: str = "acme/shop") -> GitHubDiscussion:
    """Return pull request 12 of a repository."""
    return GitHubDiscussion(Target("github", server.url, repository, 12, token), AT_ONCE)


def gitlab(
    server: PlatformServer, token: str = TOKEN, *, repository: str = "42", is_job_token: bool = False
) -> GitLabDiscussion:
    """Return merge request !12 of a project."""
    page = "https://gitlab.test/acme/shop/-/merge_requests/12"
    return GitLabDiscussion(Target("gitlab", server.url, repository, 12, token, is_job_token, page), AT_ONCE)
