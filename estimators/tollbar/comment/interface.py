"""What the comments of a pull request are to us, and how one report stays one comment among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from tollbar.errors import CommentError, ConfigError
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

Behavior = Literal["update", "new", "hide-and-new", "delete-and-new"]
BEHAVIORS: tuple[Behavior, ...] = get_args(Behavior)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/]*(-[A-Za-z0-9._/]+)*")
_CUT = "\n\n**The rest is cut:** {platform} takes {longest:,} characters a comment.{whole}\n"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as its platform keeps it. ``url`` is empty where the platform does not tell it."""

    id: str
    body: str
    url: str = ""


class Discussion(Protocol):
    """The comments of one pull or merge request. Every method raises CommentError where the platform refuses."""

    platform: str
    longest: int
    behaviors: frozenset[Behavior]

    def own_comments(self, marker: str) -> list[Comment]:
        """Return the comments that we wrote ourselves and that begin with the marker, oldest first."""

    def create(self, body: str, is_there: Callable[[], Comment | None]) -> Comment:
        """Write a comment; before a second try ``is_there`` tells whether the first one came through after all."""

    def update(self, comment: Comment, body: str) -> Comment:
        """Replace the body of a comment."""

    def delete(self, comment: Comment) -> None:
        """Remove a comment."""

    def hide(self, comment: Comment) -> None:
        """Fold a comment away as outdated."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was done: created, updated, or left as it was (unchanged)."""

    action: Literal["created", "updated", "unchanged"]
    comment: Comment


def marker_of(name: str) -> str:
    """Return the hidden line that marks the comment of this name.

    Raises:
        ConfigError: The name cannot stand in an HTML comment.
    """
    if not _NAME.fullmatch(name):
        raise ConfigError(f"--name {name!r}: expected letters, digits and . _ / -, beginning with a letter or digit")
    return f"<!-- tollbar:{name} -->"


def require_behavior(behavior: str) -> Behavior:
    """Return the behaviour of this name.

    Raises:
        ConfigError: There is none; the nearest is named.
    """
    found = next((known for known in BEHAVIORS if known == behavior), None)
    if found is None:
        raise ConfigError(
            f"unknown behavior {behavior!r}; known: {', '.join(BEHAVIORS)}", hint=did_you_mean(behavior, BEHAVIORS)
        )
    return found


def publish(discussion: Discussion, report: str, marker: str, behavior: Behavior, *, job_url: str = "") -> Published:
    """Post a report as the behaviour says; what other people wrote is never touched.

    ``job_url`` is where whoever finds the report cut may look for the whole.

    Raises:
        CommentError: The platform refuses, cannot be reached, or does not know the behaviour.
    """
    if behavior not in discussion.behaviors:
        known = ", ".join(known for known in BEHAVIORS if known in discussion.behaviors)
        raise CommentError(f"{discussion.platform} cannot {behavior}", hint=f"It can {known}.")
    body = _fitted(f"{marker}\n{report.strip()}\n", discussion, job_url)
    before = discussion.own_comments(marker)
    if behavior == "update" and before:
        newest = before[-1]
        if newest.body.strip() == body.strip():
            return Published("unchanged", newest)
        return Published("updated", discussion.update(newest, body))
    known_ids = {comment.id for comment in before}

    def is_there() -> Comment | None:
        return next((made for made in discussion.own_comments(marker) if made.id not in known_ids), None)

    created = discussion.create(body, is_there)
    for comment in before:  # only once the new one stands, so that there is always one
        if behavior == "delete-and-new":
            discussion.delete(comment)
        elif behavior == "hide-and-new":
            discussion.hide(comment)
    return Published("created", created)


def _fitted(body: str, discussion: Discussion, job_url: str) -> str:
    """Return a body the platform takes: cut at the end of a line, open ``<details>`` closed, and told so."""
    if len(body) <= discussion.longest:
        return body
    whole = f" The whole is with [its job]({job_url})." if job_url else ""
    note = _CUT.format(platform=discussion.platform, longest=discussion.longest, whole=whole)
    closing = "\n</details>"
    room = discussion.longest - len(note)
    while True:
        kept = body[:room].rpartition("\n")[0] or body[:room]
        is_open = kept.count("<details") - kept.count("</details>")
        ending = closing * is_open + note
        if len(kept) + len(ending) <= discussion.longest:
            return kept + ending
        room -= len(closing) * is_open
