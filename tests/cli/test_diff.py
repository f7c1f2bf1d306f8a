"""``tollbar diff``: directories, plans and estimates against one another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.golden.cases import FOLDER as GOLDEN
from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _project(folder: Path, instance_type: str, more: str = "") -> Path:
    folder.mkdir()
    (folder / "main.tf").write_text(
        f"""
provider "aws" {{
  region = "us-east-1"
}}
resource "aws_instance" "api" {{
  instance_type = "{instance_type}"
}}
{more}
""",
        encoding="utf-8",
    )
    return folder


def test_two_directories(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _project(tmp_path / "before", "m5.large", 'resource "aws_nat_gateway" "old" {\n}\n')
    after = _project(tmp_path / "after", "m5.xlarge", 'resource "aws_kms_key" "new" {\n}\n')
    assert main(["diff", str(before), str(after), "--no-assumptions", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    rows = {
        r["address"]: (r["action"], r.get("previous_monthly_cost"), r.get("monthly_cost"))
        for r in document["resources"]
    }
    assert rows == {
        "aws_instance.api": ("update", 70.88, 140.96),
        "aws_kms_key.new": ("create", 0, 1),
        "aws_nat_gateway.old": ("delete", 32.85, 0),
    }
    totals = document["totals"]
    assert (totals["previous"], totals["monthly_cost"], totals["delta"]) == (103.73, 141.96, 38.23)


def test_an_estimate_against_a_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = str(GOLDEN / "three_clouds" / "plan.json")
    stored = tmp_path / "before.json"
    assert main(["estimate", plan, "--format", "json", "--out", str(stored)]) == 0
    assert main(["diff", str(stored), plan, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["totals"]["delta"] == 0
    assert {resource["action"] for resource in document["resources"]} == {"no-op"}


def test_a_price_that_went_missing_is_no_saving(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _project(tmp_path / "before", "m5.4xlarge")
    after = _project(tmp_path / "after", "m5.4xlarg")
    assert main(["diff", str(before), str(after), "--no-assumptions", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["totals"]["delta"] == 0
    assert document["coverage"]["unpriced"] == 1
