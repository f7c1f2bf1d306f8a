"""What is GitHub's own: its permissions, its rate limits, hidden comments, Enterprise."""

from __future__ import annotations

import time

import httpx2
import pytest

from tests.comment.discussions import AT_ONCE, github
from tests.comment.platform_server import TOKEN, Fault, github_server
from tollbar.comment.github import GitHubDiscussion
from tollbar.comment.interface import publish
from tollbar.comment.target import Target
from tollbar.errors import CommentError, ConfigError

MARKER = "<!-- tollbar:cost -->"


def test_hide_and_new_folds_the_old_ones() -> None:
    with github_server() as server:
        server.add(f"{MARKER}\nold")
        publish(github(server), "now", MARKER, "hide-and-new")
    assert [(comment["body"], comment["hidden"]) for comment in server.comments] == [
        (f"{MARKER}\nold", True),
        (f"{MARKER}\nnow\n", False),
    ]


def test_a_missing_permission_is_named() -> None:
    with github_server() as server:
        needs = {"X-Accepted-GitHub-Permissions": "issues=write; pull_requests=write"}
        server.faults.append(Fault("POST", 403, needs, "Resource not accessible by integration"))
        with pytest.raises(CommentError) as caught:
            publish(github(server), "one", MARKER, "update")
    assert str(caught.value) == (
        "the token may not comment on pull request 12 of acme/shop (Resource not accessible by integration)\n"
        "  Give the job `permissions: pull-requests: write`. A pull request from a fork gets a token that may only "
        "read: post the comment from a workflow of its own (on: workflow_run). "
        "It asks for issues=write or pull_requests=write."
    )
    assert server.bodies == []


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({"X-RateLimit-Remaining": "0"}, ""),
        ({}, "You have exceeded a secondary rate limit."),
        ({"Retry-After": "0"}, ""),
    ],
)
def test_a_used_up_limit_is_no_missing_permission(headers: dict[str, str], message: str) -> None:
    with github_server() as server:
        server.faults.append(Fault("GET", 403, {"X-RateLimit-Reset": str(int(time.time()) - 1), **headers}, message))
        publish(github(server), "one", MARKER, "update")
    assert server.bodies == [f"{MARKER}\none\n"]


def test_when_the_limit_ends_is_told() -> None:
    with github_server() as server:
        server.faults.append(Fault("GET", 403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "4102446600"}))
        with pytest.raises(CommentError, match="rate limit of GitHub is used up until 2100-01-01 00:30 UTC"):
            publish(github(server), "one", MARKER, "update")


def test_a_wrong_token_is_told() -> None:
    with github_server() as server, pytest.raises(CommentError) as caught:
        publish(github(server, "expired"), "one", MARKER, "update")
    assert str(caught.value) == (
        "GitHub does not accept the token (Bad credentials)\n  Is GITHUB_TOKEN expired or cut off?"
    )


def test_an_unknown_repository_is_told() -> None:
    with github_server() as server, pytest.raises(CommentError, match=r"there is no pull request 12 of acme/shpo"):
        publish(github(server, repository="acme/shpo"), "one", MARKER, "update")


def test_what_else_it_refuses_is_told() -> None:
    with github_server() as server:
        server.faults.append(Fault("POST", 422, message="Validation Failed"))
        with pytest.raises(CommentError, match=r"refuses the comment on .* with HTTP 422 \(Validation Failed\)"):
            publish(github(server), "one", MARKER, "update")


def test_a_comment_that_cannot_be_hidden_is_told() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        if "minimizeComment" in request.content.decode():
            errors = [{"type": "FORBIDDEN", "message": "Resource not accessible by integration"}]
            return httpx2.Response(200, json={"data": None, "errors": errors})
        if request.url.path == "/graphql":
            return httpx2.Response(200, json={"data": {"viewer": {"login": "me"}}})
        comment = {"id": 1, "node_id": "IC_1", "body": f"{MARKER}\nold", "user": {"login": "me"}}
        return httpx2.Response(200, json=[comment] if request.method == "GET" else comment)

    target = Target("github", "https://api.github.test", "acme/shop", 12, TOKEN)
    discussion = GitHubDiscussion(target, AT_ONCE, httpx2.MockTransport(answer))
    with pytest.raises(CommentError, match=r"GitHub refuses: Resource not accessible by integration\n  Give the job"):
        publish(discussion, "one", MARKER, "hide-and-new")


@pytest.mark.parametrize(
    ("api", "graphql"),
    [
        ("https://api.github.com", "https://api.github.com/graphql"),
        ("https://git.acme.test/api/v3", "https://git.acme.test/api/graphql"),
        ("https://git.acme.test/api/v3/", "https://git.acme.test/api/graphql"),
    ],
)
def test_enterprise_has_graphql_elsewhere(api: str, graphql: str) -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url.copy_with(query=None)))
        if request.url.path.endswith("/graphql"):
            return httpx2.Response(200, json={"data": {"viewer": {"login": "me"}}})
        comment = {"id": 1, "body": f"{MARKER}\nold", "user": {"login": "me"}}
        return httpx2.Response(200, json=[comment] if request.method == "GET" else comment)

    target = Target("github", api, "acme/shop", 12, TOKEN)
    publish(GitHubDiscussion(target, AT_ONCE, httpx2.MockTransport(answer)), "one", MARKER, "update")
    base = api.rstrip("/")
    assert asked == [f"{base}/repos/acme/shop/issues/12/comments", graphql, f"{base}/repos/acme/shop/issues/comments/1"]


def test_a_token_is_not_sent_unencrypted() -> None:
    with pytest.raises(ConfigError, match=r"'http://git\.acme\.test' is not an https address"):
        GitHubDiscussion(Target("github", "http://git.acme.test", "acme/shop", 12, TOKEN))


def test_a_page_of_a_proxy_is_no_answer() -> None:
    page = httpx2.MockTransport(lambda _request: httpx2.Response(200, text="<html>Log in</html>"))
    discussion = GitHubDiscussion(Target("github", "https://api.test", "acme/shop", 12, TOKEN), AT_ONCE, page)
    with pytest.raises(CommentError, match="GitHub answers HTTP 200 with something else than JSON"):
        publish(discussion, "one", MARKER, "update")


def test_the_token_is_not_in_what_a_debugger_shows() -> None:
    assert TOKEN not in repr(Target("github", "https://api.test", "acme/shop", 12, TOKEN))
