"""``tollbar route``: a table, JSON, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
[benchmarks.mine]
title = "Our tickets"
page = "wiki/tickets"
as_of = "2026-11-10"
tasks = ["triage"]
[benchmarks.mine.scores]
"openai/gpt-4o-mini" = 91.5
"openai/gpt-4o" = 94
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A file with figures of two models."""
    file = tmp_path / "quality.toml"
    file.write_text(OWN, encoding="utf-8")
    return str(file)


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["route", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_table_says_what_it_costs_and_where_it_is_from(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "--task", "triage", "--quality-file", own, "--calls-per-month", "10000", "--most", "1")
    assert code == 0
    lines = out.splitlines()
    assert lines[:5] == [
        "triage: 1,500 tokens in, 400 out, 10,000 calls a month",
        "",
        "    Model        Provider  1,000 calls  A month  Quality  Context  Can",
        " 1  gpt-4o-mini  openai          $0.47    $4.65    91.5%     128k  json tools vision",
        "… 1 more will do (--most 2 lists them)",
    ]
    assert lines[6:8] == ["Quality: Our tickets.", "  wiki/tickets, 2026-11-10."]
    assert lines[-1].startswith("Prices: genai-prices==")


def test_json_has_all_with_the_reasons(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "--task", "triage", "--quality-file", own, "--quality", "93", "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert [(model["model"], model["cost_per_call"], model["monthly_cost"]) for model in document["models"]] == [
        ("gpt-4o", 0.00775, None)
    ]
    assert document["left_out"] == {"below the quality asked for": ["openai/gpt-4o-mini"]}
    assert document["benchmark"] == {
        "name": "mine",
        "title": "Our tickets",
        "page": "wiki/tickets",
        "as_of": "2026-11-10",
        "unit": "%",
    }


def test_nothing_that_will_do_is_exit_1(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "--task", "triage", "--quality-file", own, "--quality", "99")
    assert code == 1
    assert "No model will do.\n\nLeft out: 2 below the quality asked for.\n" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--task", "codin"], "error: no benchmark speaks for the task 'codin'\n  Did you mean 'coding'?\n"),
        (["--task", "chat", "--needs", "visoin"], "error: --needs: nothing is known of 'visoin'\n  Did you mean 'vis"),
        (["--task", "chat", "--provider", "azzure"], "error: --provider: no prices are known of 'azzure'\n  Did you"),
        ([], "error: Missing option '--task'.\n"),
    ],
)  # fmt: skip
def test_a_mistake_names_what_is_near(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    code, out, err = _run(capsys, *arguments)
    assert (code, out) == (3, "")
    assert err.startswith(said)
