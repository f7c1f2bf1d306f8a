"""What is GitLab's own: job tokens, paths of projects, no hidden notes."""

from __future__ import annotations

import pytest

from tests.comment.discussions import gitlab
from tests.comment.platform_server import Fault, gitlab_server
from tollbar.comment.interface import publish
from tollbar.errors import CommentError

MARKER = "<!-- tollbar:cost -->"
NO_SUCH = "there is no merge request !12 of project 42, or the token may not see it"
ADVICE = "Set GITLAB_TOKEN to a project access token with the role Reporter or above and the scope api."


def test_a_project_may_be_told_by_its_path() -> None:
    with gitlab_server() as server:
        publish(gitlab(server, repository="acme/shop"), "one", MARKER, "update")
    assert server.bodies == [f"{MARKER}\none\n"]


def test_where_a_job_s_token_may_write_it_does() -> None:
    with gitlab_server() as server:
        server.add(f"{MARKER}\nold")
        assert publish(gitlab(server, is_job_token=True), "one", MARKER, "update").action == "updated"
    assert server.asked[1] == "GET /api/v4/job"


def test_a_note_of_the_system_is_none_of_ours() -> None:
    with gitlab_server() as server:
        server.add(f"{MARKER}\nold", "system")
        assert publish(gitlab(server), "one", MARKER, "update").action == "created"


def test_it_cannot_hide() -> None:
    with gitlab_server() as server, pytest.raises(CommentError) as caught:
        publish(gitlab(server), "one", MARKER, "hide-and-new")
    assert str(caught.value) == "GitLab cannot hide-and-new\n  It can update, new, delete-and-new."
    assert server.asked == []


@pytest.mark.parametrize(
    ("status", "is_job_token", "message"),
    [
        (401, True, f"CI_JOB_TOKEN may not comment on merge request !12 of project 42 (no)\n  {ADVICE}"),
        (401, False, "GitLab does not accept the token (no)\n  Is GITLAB_TOKEN expired or cut off?"),
        (403, False, f"the token may not comment on merge request !12 of project 42 (no)\n  {ADVICE}"),
        (404, True, f"{NO_SUCH}\n  {ADVICE}"),
        (404, False, f"{NO_SUCH}\n  Check --repo, --pull-request and the token."),
        (422, False, "GitLab refuses the comment on merge request !12 of project 42 with HTTP 422 (no)"),
    ],
)
def test_what_it_refuses_is_told(status: int, message: str, *, is_job_token: bool) -> None:
    with gitlab_server() as server:
        server.faults.append(Fault("POST", status, message="no"))
        with pytest.raises(CommentError) as caught:
            publish(gitlab(server, is_job_token=is_job_token), "one", MARKER, "update")
    assert str(caught.value) == message


def test_when_the_limit_ends_is_told() -> None:
    with gitlab_server() as server:
        server.faults.append(Fault("GET", 429, {"RateLimit-Reset": "4102446600"}))
        with pytest.raises(CommentError, match="rate limit of GitLab is used up until 2100-01-01 00:30 UTC"):
            publish(gitlab(server), "one", MARKER, "update")
