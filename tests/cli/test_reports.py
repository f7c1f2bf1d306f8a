"""``--report FORMAT=FILE``: several reports of one check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import ROOT
from tollbar.cli.app import main
from tollbar.cli.reports import source_root
from tollbar.report.interface import format_names

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = str(ROOT / "examples" / "terraform")


def test_one_check_writes_them_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports = [
        f"--report={name}={tmp_path / file}"
        for name, file in (("sarif", "t.sarif"), ("junit", "t.xml"), ("html", "cost.html"), ("json", "all.json"))
    ]
    assert main(["check", EXAMPLE, *reports, "--report", "github=-"]) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["all.json", "cost.html", "t.sarif", "t.xml"]
    decision = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["decision"]
    found = [*decision["findings"], *decision["exempted"]]
    (run,) = json.loads((tmp_path / "t.sarif").read_text(encoding="utf-8"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == [finding["code"] for finding in found]
    cases = ET.parse(tmp_path / "t.xml").iter("testcase")  # noqa: S314 -- our own document
    assert [case.attrib["classname"].split(".")[1] for case in cases] == [finding["code"] for finding in found]
    assert (tmp_path / "cost.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    table, _, annotations = capsys.readouterr().out.partition("exit 1\n")
    assert "TB101 environment_limit" in table
    warnings = [finding for finding in decision["findings"] if finding["severity"] == "warning"]
    assert annotations.count("\n::warning ") == len(warnings)


def test_the_files_have_no_colours_of_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert main(["check", EXAMPLE, "--report", f"table={tmp_path / 'table.txt'}"]) == 1
    assert "\x1b" not in (tmp_path / "table.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--report", "sarif"],
            "error: --report sarif: expected FORMAT=FILE\n  For example --report html=cost.html.\n",
        ),
        (["--report", "=x"], "error: --report =x: expected FORMAT=FILE\n  For example --report html=cost.html.\n"),
        (
            ["--report", "sarfi=x"],
            f"error: unknown format 'sarfi'; known: {', '.join(format_names())}\n  Did you mean 'sarif'?\n",
        ),
        (["--report", "html=x", "--report", "json=./x"], "error: two reports would be written to x\n"),
        (["--out", "x", "--report", "json=x"], "error: two reports would be written to x\n"),
    ],
)
def test_mistakes_are_told_before_anything_is_priced(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", "absent", *arguments]) == 3
    assert capsys.readouterr().err == message
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_cannot_be_written_is_no_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "absent" / "cost.html"
    assert main(["check", EXAMPLE, "--report", f"html={missing}"]) == 3
    assert capsys.readouterr().err == f"error: {missing} cannot be written: No such file or directory\n"


def test_an_estimate_has_a_page_but_no_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", EXAMPLE, "--format", "html", "--out", str(tmp_path / "cost.html")]) == 0
    assert main(["estimate", EXAMPLE, "--format", "sarif"]) == 3
    assert capsys.readouterr().err.startswith("error: format 'sarif' shows what a policy found")


def test_the_root_is_that_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "shop" / "infra"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert source_root() == folder
    (tmp_path / "shop" / ".git").mkdir()
    assert source_root() == tmp_path / "shop"
