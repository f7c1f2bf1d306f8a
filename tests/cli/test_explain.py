"""``tollbar explain``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.golden.cases import FOLDER as GOLDEN
from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

CONFIGURATION = """
provider "aws" {
  region = "us-east-1"
}
resource "aws_instance" "api" {
  count         = 2
  instance_type = "m5.large"
}
resource "aws_sqs_queue" "orders" {
}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(CONFIGURATION, encoding="utf-8")
    return tmp_path


def test_one_address(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "aws_instance.api[1]", str(project)]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"aws_instance.api[1] · {project}/main.tf:5 · us-east-1 · dev\n$70.88 a month")
    assert "m5a.large (2 vCPU, 8 GiB): $63.58, saves $7.30" in text


def test_a_range_of_large_requests_names_the_price_of_its_high_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    calls = "calls_per_month: 1000, input_tokens: {low: 1000, expected: 2000, high: 200001}, output_tokens: 0"
    file = tmp_path / "calls.yml"
    file.write_text(f"workloads:\n  - {{name: x, kind: llm, model: gemini-2.5-pro, {calls}}}\n", encoding="utf-8")
    assert main(["explain", "workload.x", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("  price"))
    assert lines[place : place + 2] == [
        "  price     $1.25 per 1M tokens: llm/google/gemini-2.5-pro/input_tokens in global",
        "            at the high end $2.5 per 1M tokens: llm/google/gemini-2.5-pro/input_tokens/above_200000",
    ]


def test_a_pattern_gives_all_it_matches(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "aws_instance.*[?]", str(project), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["resource"]["address"] for one in found] == ["aws_instance.api[0]", "aws_instance.api[1]"]
    first = found[0]["lines"][0]
    assert first["price"]["path"] == "aws/ec2/instance/linux/shared/on_demand/m5.large"
    assert (first["quantity"], first["basis"]) == ({"low": 730, "expected": 730, "high": 730}, "fixed")


def test_use_may_be_told_or_seen_before(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history = tmp_path / "history.csv"
    history.write_text("address,month,key,value\naws_sqs_queue.orders,2026-10,monthly_requests,2000000\n", "utf-8")
    assert main(["explain", "aws_sqs_queue.orders", str(project), "--usage-history", str(history)]) == 0
    assert f"monthly_requests = 2,000,000, {history}:2, the months before" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["aws_instance.apy[0]"], "Did you mean 'aws_instance.api[0]'?"),
        (["aws_lambda_function.*"], "There are 3 resources; `tollbar estimate` lists them."),
        (["aws_instance.api[0]", "--format", "yaml"], "unknown format 'yaml'; known: text, json"),
        (["aws_instance.api[0]", "--usage-size", "medum"], "Did you mean 'medium'?"),
    ],
)
def test_a_mistake_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    address, *options = arguments
    assert main(["explain", address, str(project), *options]) == 3
    assert message in capsys.readouterr().err


def test_a_stored_estimate_cannot_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    stored = str(GOLDEN / "three_clouds" / "expected" / "estimate.json")
    assert main(["explain", "aws_instance.web", stored]) == 3
    assert "it shows figures, not how they came about" in capsys.readouterr().err


CODE = """import openai


def reply(question):
    return openai.OpenAI().responses.create(model="gpt-4o", max_output_tokens=200, input=question)
"""


def test_a_call_in_source_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "src").mkdir()
    (tmp_path / "src/answer.py").write_text(CODE, encoding="utf-8")
    options = ["--calls-per-month", "2000", "--format", "json", "--now", "2026-11-21T12:00:00Z"]
    assert main(["explain", "code.answer.reply", "src", *options]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    resource = found["resource"]
    assert (resource["address"], resource["location"]) == ("code.answer.reply", {"file": "src/answer.py", "line": 5})
    assert resource["monthly_cost"] == 11.5
    quantities = [(line["name"], line["quantity"]["expected"], line["basis"]) for line in found["lines"]]
    assert quantities == [
        ("Input tokens (gpt-4o)", 3_000_000.0, "assumed"),
        ("Output tokens (gpt-4o)", 400_000.0, "assumed"),
    ]
    assert main(["explain", "code.answer.replay", "src"]) == 3
    assert "Did you mean 'code.answer.reply'?" in capsys.readouterr().err
