"""Comments (notes) of a GitLab merge request.

Source: "Notes API", "Rate limits" and "CI/CD job token" (docs.gitlab.com, read 2026-11). A job's own token may ask
who it is, but may not write notes unless the instance allows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tollbar.comment.api import Api
from tollbar.comment.interface import Behavior, Comment
from tollbar.errors import CommentError

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2

    from tollbar.comment.api import Answer, Patience
    from tollbar.comment.target import Target

_PAGE = 100
_MOST_PAGES = 100
_PERMISSION = "Set GITLAB_TOKEN to a project access token with the role Reporter or above and the scope api."


class GitLabDiscussion:
    """The notes of a merge request on gitlab.com or a server of one's own."""

    platform: str = "GitLab"
    longest: int = 1_000_000
    behaviors: frozenset[Behavior] = frozenset({"update", "new", "delete-and-new"})

    def __init__(
        self, target: Target, patience: Patience | None = None, transport: httpx2.BaseTransport | None = None
    ) -> None:
        header = "JOB-TOKEN" if target.is_job_token else "PRIVATE-TOKEN"
        self._target = target
        self._api = Api(self.platform, target.api_url, {header: target.token}, patience, transport)
        self._notes = f"/projects/{quote(target.repository, safe='')}/merge_requests/{target.number}/notes"

    def own_comments(self, marker: str) -> list[Comment]:
        """Return the notes that we wrote and that begin with the marker, oldest first."""
        marked = [note for note in self._all_notes() if not note.get("system") and note["body"].startswith(marker)]
        if not marked:
            return []
        ourselves = self._user()
        return [self._comment(note) for note in marked if (note.get("author") or {}).get("id") == ourselves]

    def create(self, body: str, is_there: Callable[[], Comment | None]) -> Comment:
        """Write a note, once, even where the answer to the first try is lost."""
        was_tried = False

        def attempt() -> Comment:
            nonlocal was_tried
            if was_tried and (found := is_there()) is not None:
                return found
            was_tried = True
            answer = self._api.ask_once("POST", self._notes, json={"body": body})
            return self._comment(self._checked(answer).document(self.platform))

        return self._api.patiently(attempt)

    def update(self, comment: Comment, body: str) -> Comment:
        """Replace the body of a note."""
        answer = self._api.ask("PUT", f"{self._notes}/{comment.id}", json={"body": body})
        return self._comment(self._checked(answer).document(self.platform))

    def delete(self, comment: Comment) -> None:
        """Remove a note; one that is gone already is as good."""
        answer = self._api.ask("DELETE", f"{self._notes}/{comment.id}")
        if answer.status != 404:
            self._checked(answer)

    def hide(self, comment: Comment) -> None:
        """Refuse: GitLab has no way to fold a note.

        Raises:
            CommentError: Always.
        """
        raise CommentError(f"GitLab cannot hide note {comment.id}")

    def _all_notes(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        query = {"per_page": _PAGE, "sort": "asc", "order_by": "created_at"}
        for page in range(1, _MOST_PAGES + 1):
            answer = self._checked(self._api.ask("GET", self._notes, query={**query, "page": page}))
            found += answer.document(self.platform)
            if not answer.response.headers.get("x-next-page", ""):
                break
        return found

    def _user(self) -> int:
        """Return who the token belongs to: a job's is its starter's."""
        if self._target.is_job_token:
            document = self._checked(self._api.ask("GET", "/job")).document(self.platform)["user"]
        else:
            document = self._checked(self._api.ask("GET", "/user")).document(self.platform)
        return int(document["id"])

    def _comment(self, note: dict[str, Any]) -> Comment:
        page = self._target.page_url
        return Comment(str(note["id"]), note["body"], f"{page}#note_{note['id']}" if page else "")

    def _checked(self, answer: Answer) -> Answer:
        """Return an answer that grants what was asked.

        Raises:
            CommentError: It does not; the message says why and what to do.
        """
        if answer.status < 300:
            return answer
        place = f"merge request !{self._target.number} of project {self._target.repository}"
        said = f" ({answer.message})" if answer.message else ""
        if answer.status == 401:
            if self._target.is_job_token:
                raise CommentError(f"CI_JOB_TOKEN may not comment on {place}{said}", hint=_PERMISSION)
            raise CommentError(f"GitLab does not accept the token{said}", hint="Is GITLAB_TOKEN expired or cut off?")
        if answer.status == 403:
            raise CommentError(f"the token may not comment on {place}{said}", hint=_PERMISSION)
        if answer.status == 404:
            hint = _PERMISSION if self._target.is_job_token else "Check --repo, --pull-request and the token."
            raise CommentError(f"there is no {place}, or the token may not see it", hint=hint)
        raise CommentError(f"GitLab refuses the comment on {place} with HTTP {answer.status}{said}")
