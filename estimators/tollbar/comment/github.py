"""Comments of a GitHub pull request.

Source: "REST API endpoints for issue comments", "Rate limits for the REST API" and "Mutations: minimizeComment"
(docs.github.com, read 2026-11). A pull request's comments are those of the issue of its number. Who we are is
asked in GraphQL: it is the one question that tokens of users, of apps and of Actions may all ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

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
_MINIMIZE = "mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) { clientMutationId } }"
_VIEWER = "query { viewer { login } }"
_PERMISSION = (
    "Give the job `permissions: pull-requests: write`. A pull request from a fork gets a token that may only read: "
    "post the comment from a workflow of its own (on: workflow_run)."
)


class GitHubDiscussion:
    """The comments of a pull request on GitHub or GitHub Enterprise."""

    platform: str = "GitHub"
    longest: int = 65_536
    behaviors: frozenset[Behavior] = frozenset({"update", "new", "hide-and-new", "delete-and-new"})

    def __init__(
        self, target: Target, patience: Patience | None = None, transport: httpx2.BaseTransport | None = None
    ) -> None:
        headers = {
            "Authorization": f"Bearer {target.token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        self._target = target
        self._api = Api(self.platform, target.api_url, headers, patience, transport)
        self._repository = f"/repos/{quote(target.repository)}"
        self._comments = f"{self._repository}/issues/{target.number}/comments"

    def own_comments(self, marker: str) -> list[Comment]:
        """Return the comments that we wrote and that begin with the marker, oldest first."""
        marked = [comment for comment in self._all_comments() if (comment.get("body") or "").startswith(marker)]
        if not marked:
            return []
        ourselves = self._viewer()
        return [_comment(comment) for comment in marked if (comment.get("user") or {}).get("login") == ourselves]

    def create(self, body: str, is_there: Callable[[], Comment | None]) -> Comment:
        """Write a comment, once, even where the answer to the first try is lost."""
        was_tried = False

        def attempt() -> Comment:
            nonlocal was_tried
            if was_tried and (found := is_there()) is not None:
                return found
            was_tried = True
            answer = self._api.ask_once("POST", self._comments, json={"body": body})
            return _comment(self._checked(answer).document(self.platform))

        return self._api.patiently(attempt)

    def update(self, comment: Comment, body: str) -> Comment:
        """Replace the body of a comment."""
        answer = self._api.ask("PATCH", self._path_of(comment), json={"body": body})
        return _comment(self._checked(answer).document(self.platform))

    def delete(self, comment: Comment) -> None:
        """Remove a comment; one that is gone already is as good."""
        answer = self._api.ask("DELETE", self._path_of(comment))
        if answer.status != 404:
            self._checked(answer)

    def hide(self, comment: Comment) -> None:
        """Fold a comment away as outdated."""
        self._graphql(_MINIMIZE, {"id": comment.id.partition(" ")[2]})

    def _path_of(self, comment: Comment) -> str:
        return f"{self._repository}/issues/comments/{comment.id.partition(' ')[0]}"

    def _all_comments(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for page in range(1, _MOST_PAGES + 1):
            answer = self._checked(self._api.ask("GET", self._comments, query={"per_page": _PAGE, "page": page}))
            found += answer.document(self.platform)
            if 'rel="next"' not in answer.response.headers.get("link", ""):
                break
        return found

    def _viewer(self) -> str:
        document = self._graphql(_VIEWER, {})
        return str(document["viewer"]["login"])

    def _graphql(self, query: str, variables: dict[str, str]) -> dict[str, Any]:
        asked = {"query": query, "variables": variables}
        answer = self._checked(self._api.ask("POST", _graphql_url(self._target.api_url), json=asked))
        document = answer.document(self.platform)
        if document.get("errors"):
            error = document["errors"][0]
            hint = _PERMISSION if error.get("type") == "FORBIDDEN" else None
            raise CommentError(f"GitHub refuses: {error.get('message', 'no reason given')}", hint=hint)
        data: dict[str, Any] = document["data"]
        return data

    def _checked(self, answer: Answer) -> Answer:
        """Return an answer that grants what was asked.

        Raises:
            CommentError: It does not; the message says why and what to do.
        """
        if answer.status < 300:
            return answer
        place = f"pull request {self._target.number} of {self._target.repository}"
        said = f" ({answer.message})" if answer.message else ""
        if answer.status == 401:
            raise CommentError(f"GitHub does not accept the token{said}", hint="Is GITHUB_TOKEN expired or cut off?")
        if answer.status == 403:
            wanted = answer.response.headers.get("x-accepted-github-permissions", "")
            needs = f" It asks for {wanted.replace('; ', ' or ').replace(',', ' and ')}." if wanted else ""
            raise CommentError(f"the token may not comment on {place}{said}", hint=f"{_PERMISSION}{needs}")
        if answer.status == 404:
            raise CommentError(
                f"there is no {place}, or the token may not see it", hint="Check --repo, --pull-request and the token."
            )
        raise CommentError(f"GitHub refuses the comment on {place} with HTTP {answer.status}{said}")


def _comment(document: dict[str, Any]) -> Comment:
    """Return a comment; its id holds the number for REST and the node for GraphQL."""
    identity = f"{document['id']} {document.get('node_id', '')}"
    return Comment(identity, document.get("body") or "", document.get("html_url") or "")


def _graphql_url(api_url: str) -> str:
    """Return the address of GraphQL: beside the REST API, which Enterprise has at /api/v3."""
    base = api_url.rstrip("/")
    if urlsplit(base).path.endswith("/api/v3"):
        return f"{base.removesuffix('/v3')}/graphql"
    return f"{base}/graphql"
