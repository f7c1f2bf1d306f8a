"""One report, one comment: on GitHub and GitLab alike, against servers that speak as they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from tests.comment.discussions import github, gitlab
from tests.comment.platform_server import Fault, PlatformServer, github_server, gitlab_server
from tollbar.comment.interface import BEHAVIORS, Behavior, Comment, Discussion, marker_of, publish, require_behavior
from tollbar.errors import CommentError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARKER = "<!-- tollbar:cost -->"
Place = tuple[PlatformServer, Discussion]


@pytest.fixture(params=["github", "gitlab"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    running, opened = (github_server, github) if request.param == "github" else (gitlab_server, gitlab)
    with running() as server:
        yield server, cast("Callable[[PlatformServer], Discussion]", opened)(server)


def test_the_first_report_is_a_new_comment(place: Place) -> None:
    server, discussion = place
    published = publish(discussion, "one\n", MARKER, "update")
    assert (published.action, server.bodies) == ("created", [f"{MARKER}\none\n"])
    assert published.comment.url.startswith(("https://github.test/", "https://gitlab.test/"))


def test_the_next_report_replaces_it(place: Place) -> None:
    server, discussion = place
    server.add("a person's")
    publish(discussion, "one", MARKER, "update")
    assert publish(discussion, "two", MARKER, "update").action == "updated"
    assert server.bodies == ["a person's", f"{MARKER}\ntwo\n"]


def test_what_says_the_same_is_left_alone(place: Place) -> None:
    server, discussion = place
    publish(discussion, "one", MARKER, "update")
    server.asked.clear()
    assert publish(discussion, "one", MARKER, "update").action == "unchanged"
    assert {request.split()[0] for request in server.asked} <= {"GET", "POST"}
    assert not [request for request in server.asked if request.startswith("POST") and "graphql" not in request]


def test_comments_of_other_names_and_people_are_left_alone(place: Place) -> None:
    server, discussion = place
    others = ["<!-- tollbar:network -->\nours, of another name", f"> {MARKER}\nquoted"]
    for body in others:
        server.add(body)
    server.add(f"{MARKER}\nsomebody else's", "mallory")
    publish(discussion, "one", MARKER, "update")
    publish(discussion, "two", MARKER, "delete-and-new")
    assert server.bodies == [*others, f"{MARKER}\nsomebody else's", f"{MARKER}\ntwo\n"]


def test_the_newest_of_several_is_updated_wherever_it_stands(place: Place) -> None:
    server, discussion = place
    server.page = 2
    for body in (f"{MARKER}\nold", "a", "b", f"{MARKER}\nnewest", "c"):
        server.add(body)
    assert publish(discussion, "now", MARKER, "update").action == "updated"
    assert server.bodies == [f"{MARKER}\nold", "a", "b", f"{MARKER}\nnow\n", "c"]
    assert sum(request.startswith("GET") and "notes" in request for request in server.asked) in {0, 3}
    assert sum(request.startswith("GET") and "comments" in request for request in server.asked) in {0, 3}


def test_new_adds_one_each_time(place: Place) -> None:
    server, discussion = place
    publish(discussion, "one", MARKER, "new")
    publish(discussion, "one", MARKER, "new")
    assert server.bodies == [f"{MARKER}\none\n"] * 2


def test_delete_and_new_leaves_the_new_one(place: Place) -> None:
    server, discussion = place
    for number in range(3):
        server.add(f"{MARKER}\n{number}")
    publish(discussion, "now", MARKER, "delete-and-new")
    assert server.bodies == [f"{MARKER}\nnow\n"]


def test_one_that_somebody_deleted_meanwhile_is_as_good_as_deleted(place: Place) -> None:
    server, discussion = place
    server.add(f"{MARKER}\nold")
    server.faults.append(Fault("DELETE", 404))
    assert publish(discussion, "now", MARKER, "delete-and-new").action == "created"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_failing_platform_is_asked_again(place: Place, status: int) -> None:
    server, discussion = place
    server.faults += [Fault("GET", status), Fault("POST", status)]
    publish(discussion, "one", MARKER, "update")
    assert server.bodies == [f"{MARKER}\none\n"]


def test_a_comment_whose_answer_was_lost_is_not_written_twice(place: Place) -> None:
    server, discussion = place
    server.faults.append(Fault("POST", 502, is_done=True))
    published = publish(discussion, "one", MARKER, "update")
    assert (published.action, server.bodies) == ("created", [f"{MARKER}\none\n"])


def test_patience_ends(place: Place) -> None:
    server, discussion = place
    server.faults += [Fault("GET", 503)] * 3
    with pytest.raises(CommentError, match=r"127\.0\.0\.1 answers HTTP 503, after 3 tries\n  Is Git\w+ up\?"):
        publish(discussion, "one", MARKER, "update")
    assert len(server.asked) == 3


def test_a_short_limit_of_rate_is_waited_for(place: Place) -> None:
    server, discussion = place
    server.faults += [Fault("GET", 429, {"Retry-After": "0"}), Fault("POST", 429, {"Retry-After": "0"})]
    publish(discussion, "one", MARKER, "update")
    assert server.bodies == [f"{MARKER}\none\n"]


@pytest.mark.parametrize("headers", [{"Retry-After": "3600"}, {"Retry-After": "Fri, 01 Jan 2100 12:30:00 GMT"}])
def test_a_long_one_is_told(place: Place, headers: dict[str, str]) -> None:
    server, discussion = place
    server.faults.append(Fault("GET", 429, headers))
    with pytest.raises(CommentError, match=r"the rate limit of Git\w+ is used up until \d{4}-\d\d-\d\d \d\d:\d\d UTC"):
        publish(discussion, "one", MARKER, "update")
    assert len(server.asked) == 1


def test_a_report_that_is_too_long_is_cut_at_a_line(place: Place) -> None:
    server, discussion = place
    line = "| a row of the table |\n"
    rows = discussion.longest // len(line) + 100
    text = "<details><summary>All</summary>\n\n" + line * rows + "\n</details>\n"
    publish(discussion, text, MARKER, "update", job_url="https://ci.test/job/1")
    (body,) = server.bodies
    assert discussion.longest - 100 < len(body) <= discussion.longest
    kept, _, told = body.rpartition("\n</details>\n\n")
    assert kept.endswith(line.strip())
    assert told == (
        f"**The rest is cut:** {discussion.platform} takes {discussion.longest:,} characters a comment. "
        "The whole is with [its job](https://ci.test/job/1).\n"
    )


def test_no_token_is_ever_shown(place: Place) -> None:
    server, _ = place
    opened = github if isinstance(place[1], type(github(server))) else gitlab
    server.faults.append(Fault("GET", 403, message="wr0ng-t0ken is not allowed"))
    with pytest.raises(CommentError) as caught:
        publish(cast("Discussion", opened(server, "wr0ng-t0ken")), "one", MARKER, "update")
    assert "wr0ng-t0ken" not in str(caught.value)
    assert "(*** is not allowed)" in str(caught.value)


def test_a_platform_out_of_reach_is_told() -> None:
    with github_server() as server:
        pass
    with pytest.raises(CommentError, match=r"127\.0\.0\.1 cannot be reached \(ConnectError\), after 3 tries"):
        publish(github(server), "one", MARKER, "update")


@pytest.mark.parametrize("name", ["cost", "infra/network", "eu-west.1_a"])
def test_a_name_makes_a_marker(name: str) -> None:
    assert marker_of(name) == f"<!-- tollbar:{name} -->"


@pytest.mark.parametrize("name", ["", "a b", "a-->b", "a--b", "-a", "a-", "ü"])
def test_a_name_that_would_end_the_marker_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="expected letters, digits"):
        marker_of(name)


def test_an_unknown_behavior_names_the_nearest() -> None:
    assert [require_behavior(known) for known in BEHAVIORS] == list(BEHAVIORS)
    with pytest.raises(ConfigError, match=r"unknown behavior 'updat'.*\n  Did you mean 'update'\?"):
        require_behavior("updat")


class Recorder:
    """A discussion that only counts: what it is asked for, in which order."""

    platform = "GitHub"
    longest = 1_000
    behaviors: frozenset[Behavior] = frozenset(BEHAVIORS)

    def __init__(self) -> None:
        self.asked: list[str] = []

    def own_comments(self, marker: str) -> list[Comment]:
        """Return two."""
        return [Comment("1", f"{marker}\nold"), Comment("2", f"{marker}\nolder")]

    def create(self, body: str, is_there: Callable[[], Comment | None]) -> Comment:
        """Count."""
        assert is_there() is None
        self.asked.append("create")
        return Comment("3", body)

    def update(self, comment: Comment, body: str) -> Comment:
        """Fail."""
        raise AssertionError((comment, body))

    def delete(self, comment: Comment) -> None:
        """Count."""
        self.asked.append(f"delete {comment.id}")

    def hide(self, comment: Comment) -> None:
        """Count."""
        self.asked.append(f"hide {comment.id}")


@pytest.mark.parametrize(
    ("behavior", "asked"),
    [("hide-and-new", ["create", "hide 1", "hide 2"]), ("delete-and-new", ["create", "delete 1", "delete 2"])],
)
def test_the_old_ones_go_only_once_the_new_one_stands(behavior: Behavior, asked: list[str]) -> None:
    recorder = Recorder()
    publish(recorder, "now", MARKER, behavior)
    assert recorder.asked == asked
