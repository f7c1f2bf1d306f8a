"""From input to report: what comes out of every golden case, byte by byte.

``TOLLBAR_UPDATE_GOLDEN=1 pytest tests/golden`` writes the expected files anew; read the diff.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.golden.cases import NOW, Case, golden_cases
from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

CASES = golden_cases()
REPORTED = {"changed_plan", "shop"}
REPORTS = {"sarif": "report.sarif", "junit": "junit.xml", "github": "annotations.txt", "html": "report.html"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize(
    ("command", "format_name", "file"),
    [
        ("estimate", "json", "estimate.json"),
        ("check", "json", "decision.json"),
        ("check", "table", "table.txt"),
        ("check", "markdown", "report.md"),
    ],
)
def test_golden(
    case: Case, command: str, format_name: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case.folder)
    monkeypatch.setenv("COLUMNS", "100")
    out = tmp_path / file
    code = main([command, *case.arguments, "--format", format_name, "--now", NOW, "--out", str(out)])
    assert code == (0 if command == "estimate" else case.exit_code)
    text = out.read_text(encoding="utf-8")
    if file == "decision.json":
        text = json.dumps(json.loads(text)["decision"], indent=2, ensure_ascii=False) + "\n"
    expected = case.folder / "expected" / file
    if os.environ.get("TOLLBAR_UPDATE_GOLDEN"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="paths are told from the root of a git checkout")
@pytest.mark.parametrize("case", [case for case in CASES if case.name in REPORTED], ids=lambda case: case.name)
def test_golden_reports(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case.folder)
    reports = [f"--report={name}={tmp_path / file}" for name, file in REPORTS.items()]
    code = main(["check", *case.arguments, "--now", NOW, "--out", str(tmp_path / "table.txt"), *reports])
    assert code == case.exit_code
    if os.environ.get("TOLLBAR_UPDATE_GOLDEN"):
        for file in REPORTS.values():
            (case.folder / "expected" / file).write_bytes((tmp_path / file).read_bytes())
    for file in REPORTS.values():
        assert (tmp_path / file).read_text(encoding="utf-8") == (case.folder / "expected" / file).read_text(
            encoding="utf-8"
        )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_stored_estimate_is_decided_alike(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case.folder)
    config = ["--config", str(case.settings)] if case.settings else []
    out = tmp_path / "decision.json"
    assert main(["check", str(case.estimate_file), *config, "--format", "json", "--out", str(out)]) == case.exit_code
    expected = json.loads((case.folder / "expected" / "decision.json").read_text(encoding="utf-8"))
    assert json.loads(out.read_text(encoding="utf-8"))["decision"] == expected
