"""``tollbar validate``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

EXPIRED = "version: 1\nexemptions: [{id: A, rules: [TB101], reason: x, expires: 2020-01-01}]\n"


def _file(folder: Path, text: str) -> str:
    file = folder / "tollbar.yml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_valid_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _file(tmp_path, "version: 1\n")
    assert main(["validate", "--config", file]) == 0
    assert capsys.readouterr().out == f"{file}: valid\n"


def test_the_file_here(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _file(tmp_path, "version: 1\n")
    monkeypatch.chdir(tmp_path)
    assert main(["validate"]) == 0
    assert capsys.readouterr().out == "tollbar.yml: valid\n"


def test_warnings_fail_only_if_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _file(tmp_path, EXPIRED)
    assert main(["validate", "--config", file]) == 0
    assert main(["validate", "--config", file, "--strict"]) == 3
    warning = f"{file}:2: warning: exemption A expired on 2020-01-01\n  Renew it with its approver, or remove it.\n"
    assert capsys.readouterr().out == f"{warning}{file}: 1 warning\n" * 2


def test_what_is_not_yaml_is_told_with_line_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _file(tmp_path, "version: 1\nteam: a: b\n")
    assert main(["validate", "--config", file]) == 3
    said = (
        f"{file}:2: error: not valid YAML: mapping values are not allowed in this context (column 8)\n{file}: 1 error\n"
    )
    assert capsys.readouterr().out == said


def test_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _file(tmp_path, EXPIRED)
    assert main(["validate", "--config", file, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "severity": "warning",
            "message": "exemption A expired on 2020-01-01",
            "file": file,
            "line": 2,
            "hint": "Renew it with its approver, or remove it.",
        }
    ]


def test_a_policy_file_with_the_other_ending_is_not_taken_for_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "crashlens.yaml"
    file.write_text("version: 1\n", encoding="utf-8")
    assert main(["validate", "--config", str(file)]) == 3
    assert (
        capsys.readouterr().err == f"error: {file} is not read: the file is to be called crashlens.yml\n  Rename it.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--config", "none.yml"], "error: there is no file none.yml\n  Name one with --config.\n"),
        (["--format", "xml"], "error: unknown format 'xml'; known: text, json\n"),
    ],
)
def test_a_mistake(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", *arguments]) == 3
    assert capsys.readouterr().err == message
