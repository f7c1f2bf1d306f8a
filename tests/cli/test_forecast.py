"""``tollbar forecast`` on the example's log: formats, budgets, and what a mistake gets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "examples" / "llm-forecast"
LOG, CONFIG = str(FOLDER / "spend_logs.jsonl"), ["--config", str(FOLDER / "tollbar.yml")]
NOW = ["--now", "2026-11-20T00:00:00Z"]


def test_as_json_with_budgets(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", LOG, *CONFIG, *NOW, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["month"], found["calls"], found["unpriced"]) == ("2026-11", 227, {})
    assert [(one["of"], one["outlook"]) for one in found["budgets"]] == [
        ("team support", "over"),
        ("team search", "within"),
    ]
    end = found["month_end"]
    assert found["spent"] < end["low"] < end["expected"] < end["high"]
    for dimension in ("model", "team"):
        assert sum(part["month_end"] for part in found["by"][dimension]) == pytest.approx(end["expected"], abs=1e-5)


def test_what_is_spent_is_an_independent_sum(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in (FOLDER / "spend_logs.jsonl").read_text(encoding="utf-8").splitlines()]
    prices = {"gpt-4o": (2.5, 10.0), "gpt-4o-mini": (0.15, 0.6)}  # USD per million tokens
    spent = sum(
        (row["prompt_tokens"] * prices[row["model"]][0] + row["completion_tokens"] * prices[row["model"]][1]) / 1e6
        for row in rows
        if row["startTime"] >= "2026-11"
    )
    main(["forecast", LOG, *NOW, "--format", "json"])
    assert json.loads(capsys.readouterr().out)["spent"] == pytest.approx(spent, abs=1e-6)


def test_a_log_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "own.csv"
    log.write_text("at,in,out\n2026-11-02T10:00:00Z,1000000,100000\n2026-11-02T11:00:00Z,3000000,200000\n")
    columns = ["--columns", 'time=at,input_tokens=in,output_tokens=out,model="gpt-4o"']
    assert main(["forecast", str(log), *columns, *NOW, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["month"], found["calls"], found["spent"]) == ("2026-11", 2, 4 * 2.5 + 0.3 * 10)


def test_as_markdown_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "forecast.md"
    assert main(["forecast", LOG, *CONFIG, *NOW, "--format", "markdown", "--out", str(out)]) == 0
    assert capsys.readouterr().out == ""
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[:4] == ["### LLM spend in 2026-11", "", "|  | USD | 80 % interval |", "| --- | ---: | ---: |"]
    assert any(line.startswith("| team support | $8.00 | ") for line in lines)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            [LOG, "--format", "jsn"],
            "error: unknown format 'jsn'; known: table, json, markdown\n  Did you mean 'json'?\n",
        ),
        ([LOG, "--as-of", "soon"], "error: 'soon' is not a time or day\n  Write it as 2026-11-21T12:00:00Z.\n"),
        ([LOG, "--as-of", "2026-01-01"], "error: --as-of lies before the log begins\n"),
        (["none.jsonl"], "error: "),
    ],
)
def test_a_mistake(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", *arguments, *NOW]) == 3
    printed = capsys.readouterr()
    assert (printed.out, printed.err[: len(message)]) == ("", message)
