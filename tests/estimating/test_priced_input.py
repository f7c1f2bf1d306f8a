"""What Infracost has priced, through the commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tollbar.cli.app import main
from tollbar.estimating.priced_input import kind_of

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = ROOT / "examples" / "infracost" / "infracost.json"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"version": "0.2", "metadata": {"infracostCommand": "diff"}, "currency": "USD"', "infracost"),
        ('\n {"currency": "EUR", "projects": []}', "infracost"),
        ('{"format_version": "1.2", "planned_values": {}}', None),
        ('{"schema_version": "1.0", "currency": "USD", "resources": []}', "estimate"),
        ("infracostCommand", None),
        ("", None),
    ],
)
def test_the_beginning_tells_the_kind_of_document(tmp_path: Path, content: str, expected: str | None) -> None:
    file = tmp_path / "a.json"
    for encoding in ("utf-8", "utf-16"):
        file.write_text(content, encoding=encoding)
        assert kind_of(file) == expected


def test_a_directory_and_a_missing_file_are_none(tmp_path: Path) -> None:
    assert kind_of(tmp_path) is None
    assert kind_of(tmp_path / "missing.json") is None


def _dearer(folder: Path) -> Path:
    """Return a copy of the example in which the API's disk costs 2 USD more."""
    content = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    now = content["projects"][0]["breakdown"]
    disk = now["resources"][0]["subresources"][0]["costComponents"][0]
    disk |= {"monthlyQuantity": "125", "monthlyCost": "10"}
    now["totalMonthlyCost"] = "332.82"
    file = folder / "dearer.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_two_documents_are_compared_with_one_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(_dearer(tmp_path)), "--base", str(EXAMPLE), "--format", "json"]) == 0
    totals = json.loads(capsys.readouterr().out)["totals"]
    assert (totals["previous"], totals["monthly_cost"], totals["delta"]) == (290.82, 332.82, 2)


def test_the_policy_judges_it(capsys: pytest.CaptureFixture[str]) -> None:
    config = EXAMPLE.with_name("tollbar.yml")
    arguments = ["check", str(EXAMPLE), "--config", str(config), "--now", "2026-11-21T12:00:00Z", "--format", "json"]
    assert main(arguments) == 1
    decision = json.loads(capsys.readouterr().out)["decision"]
    assert [f["code"] for f in decision["findings"] if f["severity"] == "error"] == ["TB104"]


def test_a_project_with_errors_is_no_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    content["projects"][0]["metadata"]["errors"] = [{"code": 101, "message": "broken", "data": None, "isError": True}]
    file = tmp_path / "infracost.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert main(["check", str(file)]) == 3
    assert "Infracost could not price the project 'shop/infra': broken (code 101)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--usage-file", "usage.yml"], "is priced by Infracost; use is told when one is made"),
        (["check", "--commitments", "inventory.yml"], "is priced by Infracost; commitments are applied when one is"),
        (["check", str(EXAMPLE)], "is priced by Infracost; it cannot be combined with other inputs"),
        (["explain", "--address"], "is priced by Infracost: it shows figures, not how they came about"),
    ],
)
def test_what_cannot_be_done_with_it(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    command, *more = arguments
    if command == "explain":
        assert main([command, "aws_instance.api", str(EXAMPLE)]) == 3
    else:
        assert main([command, str(EXAMPLE), *more]) == 3
    assert message in capsys.readouterr().err
