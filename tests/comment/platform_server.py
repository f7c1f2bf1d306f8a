"""GitHub and GitLab on loopback, as far as the comments of one pull request go, in the protocols they speak.

Shapes, status codes and headers by their REST references (docs.github.com, docs.gitlab.com, read 2026-11).
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from tests.loopback import loopback_server

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "t0p-s3cret-t0ken"  # noqa: S105 -- of the server below
OURSELVES = "github-actions[bot]"
OUR_ID = 7


@dataclass(slots=True)
class Fault:
    """An answer that stands in for the real one of the next request with this method; ``is_done`` does it as well."""

    method: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    message: str = ""
    is_done: bool = False


@dataclass(slots=True)
class PlatformServer:
    """What the server holds, what was asked of it, and what it will answer wrongly first."""

    url: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    page: int = 100

    def add(self, body: str, author: str = OURSELVES) -> int:
        """Let somebody write a comment; return its number."""
        number = 100 + len(self.asked) + len(self.comments)
        self.comments.append({"id": number, "body": body, "author": author, "hidden": False})
        return number

    @property
    def bodies(self) -> list[str]:
        """What the comments say, oldest first."""
        return [comment["body"] for comment in self.comments]


@contextmanager
def github_server() -> Iterator[PlatformServer]:
    """Run GitHub with pull request 12 of acme/shop while the context lasts."""
    with _running(_GitHub) as state:
        yield state


@contextmanager
def gitlab_server() -> Iterator[PlatformServer]:
    """Run GitLab with merge request !12 of project 42 while the context lasts."""
    with _running(_GitLab) as state:
        state.url += "/api/v4"
        yield state


@contextmanager
def _running(kind: type[_Platform]) -> Iterator[PlatformServer]:
    state = PlatformServer()
    with loopback_server(type("Handler", (kind,), {"state": state})) as server:
        state.url = f"http://127.0.0.1:{server.server_port}"
        yield state


class _Platform(BaseHTTPRequestHandler):
    state: ClassVar[PlatformServer]

    def do_GET(self) -> None:
        self._handle("GET")

    def do_POST(self) -> None:
        self._handle("POST")

    def do_PATCH(self) -> None:
        self._handle("PATCH")

    def do_PUT(self) -> None:
        self._handle("PUT")

    def do_DELETE(self) -> None:
        self._handle("DELETE")

    def _handle(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        sent = json.loads(self.rfile.read(length)) if length else {}
        url = urlsplit(self.path)
        self.state.asked.append(f"{method} {url.path}")
        fault = next((fault for fault in self.state.faults if fault.method == method), None)
        if fault is not None:
            self.state.faults.remove(fault)
            if fault.is_done:
                self.route(method, url.path, {}, sent)
            self._answer(fault.status, {"message": fault.message}, fault.headers)
            return
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self._answer(*self.route(method, url.path, query, sent))

    def route(
        self, method: str, path: str, query: dict[str, str], sent: dict[str, Any]
    ) -> tuple[int, Any, dict[str, str]]:
        """Return status, document and headers of the answer."""
        raise NotImplementedError

    def found(self, number: str) -> dict[str, Any] | None:
        """Return the comment of a number."""
        return next((comment for comment in self.state.comments if comment["id"] == int(number)), None)

    def page_of(self, query: dict[str, str]) -> tuple[list[dict[str, Any]], int | None]:
        """Return the comments of a page, and the number of the next one."""
        size, page = min(int(query["per_page"]), self.state.page), int(query["page"])
        more = len(self.state.comments) > size * page
        return self.state.comments[size * (page - 1) : size * page], page + 1 if more else None

    def _answer(self, status: int, document: Any, headers: dict[str, str]) -> None:
        body = b"" if status == 204 else json.dumps(document).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Stay silent."""


class _GitHub(_Platform):
    def route(
        self, method: str, path: str, query: dict[str, str], sent: dict[str, Any]
    ) -> tuple[int, Any, dict[str, str]]:
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return 401, {"message": "Bad credentials"}, {}
        if path == "/graphql":
            return self._graphql(sent)
        if path == "/repos/acme/shop/issues/12/comments":
            return self._list(query) if method == "GET" else self._create(sent)
        one = re.fullmatch(r"/repos/acme/shop/issues/comments/(\d+)", path)
        comment = self.found(one[1]) if one else None
        if comment is None:
            return 404, {"message": "Not Found"}, {}
        if method == "DELETE":
            self.state.comments.remove(comment)
            return 204, None, {}
        comment["body"] = sent["body"]
        return 200, self._told(comment), {}

    def _list(self, query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        shown, following = self.page_of(query)
        link = {"Link": f'<https://elsewhere.test/?page={following}>; rel="next"'} if following else {}
        return 200, [self._told(comment) for comment in shown], link

    def _create(self, sent: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
        if len(sent["body"]) > 65_536:
            return 422, {"message": "Validation Failed: Body is too long (maximum is 65536 characters)"}, {}
        self.state.add(sent["body"])
        return 201, self._told(self.state.comments[-1]), {}

    def _graphql(self, sent: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
        if "viewer" in sent["query"]:
            return 200, {"data": {"viewer": {"login": OURSELVES}}}, {}
        comment = self.found(sent["variables"]["id"].removeprefix("IC_"))
        if comment is None or "minimizeComment" not in sent["query"]:
            return 200, {"data": None, "errors": [{"type": "NOT_FOUND", "message": "Could not resolve"}]}, {}
        comment["hidden"] = True
        return 200, {"data": {"minimizeComment": {"clientMutationId": None}}}, {}

    def _told(self, comment: dict[str, Any]) -> dict[str, Any]:
        number = comment["id"]
        page = f"https://github.test/acme/shop/pull/12#issuecomment-{number}"
        user = {"login": comment["author"], "type": "Bot" if comment["author"].endswith("[bot]") else "User"}
        return {"id": number, "node_id": f"IC_{number}", "body": comment["body"], "html_url": page, "user": user}


class _GitLab(_Platform):
    def route(
        self, method: str, path: str, query: dict[str, str], sent: dict[str, Any]
    ) -> tuple[int, Any, dict[str, str]]:
        is_job = self.headers["JOB-TOKEN"] == TOKEN
        if not is_job and self.headers["PRIVATE-TOKEN"] != TOKEN:
            return 401, {"message": "401 Unauthorized"}, {}
        if path in {"/api/v4/user", "/api/v4/job"} and is_job == path.endswith("job"):
            user = {"id": OUR_ID, "username": "bot"}
            return 200, {"id": 1, "user": user} if is_job else user, {}
        notes = "/api/v4/projects/(?:42|acme%2Fshop)/merge_requests/12/notes"
        if re.fullmatch(notes, path):
            return self._list(query) if method == "GET" else self._create(sent)
        one = re.fullmatch(rf"{notes}/(\d+)", path)
        note = self.found(one[1]) if one else None
        if note is None:
            return 404, {"message": "404 Not found"}, {}
        if method == "DELETE":
            self.state.comments.remove(note)
            return 204, None, {}
        note["body"] = sent["body"]
        return 200, self._told(note), {}

    def _list(self, query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        assert (query["sort"], query["order_by"]) == ("asc", "created_at")
        shown, following = self.page_of(query)
        return 200, [self._told(note) for note in shown], {"X-Next-Page": str(following or "")}

    def _create(self, sent: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
        self.state.add(sent["body"])
        return 201, self._told(self.state.comments[-1]), {}

    def _told(self, note: dict[str, Any]) -> dict[str, Any]:
        author = OUR_ID if note["author"] == OURSELVES else 99
        told = {"id": note["id"], "body": note["body"], "author": {"id": author}}
        return told | {"system": note["author"] == "system"}
