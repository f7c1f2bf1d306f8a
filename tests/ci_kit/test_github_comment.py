"""The workflow that comments: what it posts, and that it believes nothing of the artifact."""

from __future__ import annotations

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

import pytest

from tests.ci_kit.github_runner import KIT, Job, read_yaml
from tests.loopback import loopback_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WORKFLOW = KIT / "github" / "workflows" / "cost-comment.yml"
HEAD = "a" * 40


class GitHub:
    """What of GitHub's API the workflow asks for: a pull request's head, and its comments."""

    def __init__(self) -> None:
        self.url = ""
        self.heads = {"7": HEAD}
        self.comments: list[dict[str, Any]] = []
        self.tokens: set[str | None] = set()

    def answer(self, method: str, path: str, sent: dict[str, Any]) -> tuple[int, Any]:
        """Return status and document."""
        parts = path.partition("?")[0].split("/")
        if parts[:5] == ["", "repos", "acme", "shop", "pulls"] and parts[5] in self.heads:
            return 200, {"number": int(parts[5]), "head": {"sha": self.heads[parts[5]]}}
        if parts[4:] == ["issues", "7", "comments"]:
            if method == "GET":
                return 200, self.comments
            self.comments.append({"id": 1, "body": sent["body"], "html_url": "https://github.test/7#1"})
            return 201, self.comments[-1]
        return 404, {"message": "Not Found"}


@contextmanager
def _serving(github: GitHub) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            github.tokens.add(self.headers.get("Authorization"))
            status, document = github.answer(self.command, self.path, json.loads(self.rfile.read(length) or b"{}"))
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = _handle  # noqa: N815 -- http.server's names

        def log_message(self, *_arguments: object) -> None:
            """Stay silent."""

    with loopback_server(Handler) as server:
        github.url = f"http://127.0.0.1:{server.server_port}"
        yield


@pytest.fixture
def github() -> Iterator[GitHub]:
    """GitHub on loopback."""
    state = GitHub()
    with _serving(state):
        yield state


@pytest.fixture
def comment(tmp_path: Path, github: GitHub) -> Callable[..., Job]:
    """Run the workflow's steps on an artifact's files."""

    def run(files: dict[str, str], link: str | None = None) -> Job:
        event = {"workflow_run": {"id": 1, "head_sha": HEAD, "event": "pull_request", "pull_requests": []}}
        environment = {
            "GITHUB_API_URL": github.url,
            "GITHUB_REPOSITORY": "acme/shop",
            "GITHUB_EVENT_NAME": "workflow_run",
            "NO_PROXY": "127.0.0.1",
        }
        job = Job(tmp_path, tmp_path / "runner", environment, event)
        reports = job.temp / "reports"
        reports.mkdir()
        for name, text in files.items():
            (reports / name).write_text(text, encoding="utf-8")
        if link is not None:
            (reports / "report.md").symlink_to(link)
        return job.run(read_yaml(WORKFLOW)["jobs"]["comment"]["steps"], {})

    return run


def test_the_report_is_posted_to_its_pull_request(comment: Callable[..., Job], github: GitHub) -> None:
    report = "## ✅ shop: $70.88 a month\n\n$(touch pwned) `id` ${{ github.token }}\n"
    job = comment({"pull-request": "7\n", "report.md": report})
    assert job.exit_code == 0, job.log
    (posted,) = github.comments
    assert report.strip() in posted["body"]
    assert github.tokens == {"Bearer test-token"}
    assert "test-token" not in job.log
    assert job.replaced == ["actions/download-artifact", "actions/checkout", "actions/setup-python", "Install"]


def test_a_report_of_another_commit_is_not_posted(comment: Callable[..., Job], github: GitHub) -> None:
    """So it goes for one that names somebody else's pull request, too."""
    github.heads["7"] = "b" * 40
    job = comment({"pull-request": "7\n", "report.md": "x\n"})
    assert job.exit_code == 0
    assert "::notice::Pull request 7 is not at the commit that this report is about" in job.log
    assert github.comments == []


NUMBERS = [
    "",
    "0\n",
    "7 8\n",
    "7;id\n",
    "../../issues\n",
    "-7\n",
    "7\n8\n",
    "77777777777\n",
    "$(id)\n",
    "::set-env::\n",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_no_number_is_refused(comment: Callable[..., Job], github: GitHub, number: str) -> None:
    job = comment({"pull-request": number, "report.md": "x\n"})
    assert job.exit_code == 3
    assert "::error::The report does not name a pull request." in job.log
    assert github.comments == []
    assert github.tokens == set()


def test_a_link_is_not_followed(comment: Callable[..., Job], github: GitHub) -> None:
    job = comment({"pull-request": "7\n"}, link="/etc/hostname")
    assert job.exit_code == 3
    assert "::error::There is no report." in job.log
    assert github.comments == []


def test_a_pull_request_that_is_not_there_is_an_error(comment: Callable[..., Job], github: GitHub) -> None:
    job = comment({"pull-request": "8\n", "report.md": "x\n"})
    assert job.exit_code != 0
    assert github.comments == []
