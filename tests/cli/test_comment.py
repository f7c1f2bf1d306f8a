"""``tollbar comment``: from a file or a pipe to the pull request, against GitHub and GitLab on loopback."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.comment.platform_server import TOKEN, Fault, github_server, gitlab_server
from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

CI = ("GITHUB_", "GITLAB_", "CI_", "GH_")


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment without what the CI that runs these tests tells."""
    import os  # noqa: PLC0415 -- only to clean it

    for name in [name for name in os.environ if name.startswith(CI)]:
        monkeypatch.delenv(name)
    return monkeypatch


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "cost.md"
    file.write_text("## shop: $12.00 a month\n", encoding="utf-8")
    return file


def in_actions(job: pytest.MonkeyPatch, url: str, tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 12}}), encoding="utf-8")
    for name, value in {
        "ACTIONS": "true", "REPOSITORY": "acme/shop", "EVENT_PATH": str(event), "TOKEN": TOKEN, "API_URL": url,
    }.items():  # fmt: skip
        job.setenv(f"GITHUB_{name}", value)


def test_in_actions_nothing_needs_to_be_told(
    job: pytest.MonkeyPatch, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with github_server() as server:
        in_actions(job, server.url, tmp_path)
        assert main(["comment", str(report)]) == 0
        report.write_text("## shop: $13.00 a month\n", encoding="utf-8")
        assert main(["comment", str(report)]) == 0
        assert main(["comment", str(report)]) == 0
        assert main(["comment", str(report), "--name", "network"]) == 0
    assert server.bodies == [
        "<!-- tollbar:cost -->\n## shop: $13.00 a month\n",
        "<!-- tollbar:network -->\n## shop: $13.00 a month\n",
    ]
    first, last = (comment["id"] for comment in server.comments)
    page = "https://github.test/acme/shop/pull/12#issuecomment-"
    assert capsys.readouterr().out == (
        f"created {page}{first}\nupdated {page}{first}\nunchanged {page}{first}\ncreated {page}{last}\n"
    )


def test_in_gitlab_neither_and_the_report_may_come_through_a_pipe(
    job: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    job.setattr(sys, "stdin", io.StringIO("piped\n"))
    with gitlab_server() as server:
        told = {"CI_API_V4_URL": server.url, "CI_PROJECT_ID": "42", "CI_MERGE_REQUEST_IID": "12"}
        for name, value in {**told, "CI_JOB_TOKEN": "weak", "GITLAB_TOKEN": TOKEN}.items():
            job.setenv(name, value)
        assert main(["comment", "-"]) == 0
    assert server.bodies == ["<!-- tollbar:cost -->\npiped\n"]
    assert capsys.readouterr().out == "created the comment\n"


def test_elsewhere_options_tell(job: pytest.MonkeyPatch, report: Path) -> None:
    with github_server() as server:
        job.setenv("GH_TOKEN", TOKEN)
        job.setenv("GITHUB_API_URL", server.url)
        where = ["--platform", "github", "--repo", "acme/shop", "--pull-request", "12"]
        assert main(["comment", str(report), *where, "--behavior", "new"]) == 0
    assert server.bodies == ["<!-- tollbar:cost -->\n## shop: $12.00 a month\n"]


def test_a_refusal_exits_with_3_and_shows_no_token(
    job: pytest.MonkeyPatch, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with github_server() as server:
        in_actions(job, server.url, tmp_path)
        server.faults.append(Fault("POST", 403, message=f"Resource not accessible by {TOKEN}"))
        assert main(["comment", str(report)]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error: the token may not comment on pull request 12 of acme/shop")
    assert "pull-requests: write" in printed.err
    assert TOKEN not in printed.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["absent.md"], "error: absent.md cannot be read: No such file or directory"),
        (["empty.md"], "error: empty.md is empty: there is nothing to post"),
        (["binary.md"], "error: binary.md cannot be read: it is not UTF-8 text"),
        (["cost.md"], "error: this is no job of GitHub Actions or GitLab CI"),
        (["cost.md", "--behavior", "replace"], "error: unknown behavior 'replace'"),
        (["cost.md", "--name", "a-->"], "error: --name 'a-->': expected letters"),
        (["cost.md", "--pull-request", "0"], "error: Invalid value for '--pull-request'"),
    ],
)
def test_mistakes_exit_with_3(
    arguments: list[str],
    message: str,
    job: pytest.MonkeyPatch,
    report: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    job.chdir(report.parent)
    (report.parent / "empty.md").write_text(" \n", encoding="utf-8")
    (report.parent / "binary.md").write_bytes(b"\xff\xfe")
    assert main(["comment", *arguments]) == 3
    assert capsys.readouterr().err.startswith(message)


@pytest.mark.parametrize("missing", ["httpx2", "stamina"])
def test_without_the_extra_it_says_how_to_get_it(
    missing: str, job: pytest.MonkeyPatch, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_actions(job, "https://api.test", tmp_path)
    job.setitem(sys.modules, missing, None)
    for module in ("api", "github"):
        job.delitem(sys.modules, f"tollbar.comment.{module}", raising=False)
    assert main(["comment", str(report)]) == 3
    assert capsys.readouterr().err == (
        f"error: posting a comment needs the package {missing}\n  Install it: pip install 'tollbar[comment]'\n"
    )
