"""``tollbar break-even``: with the catalogue's prices, and what a mistake gets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

NOW = ["--now", "2026-11-21T12:00:00Z"]
HOSTED = ["--model", "gpt-4o", "--self-hosted", "llama-3.3-70b", "--instance-type", "p4d.24xlarge"]
LOAD = ["--monthly-tokens", "2B", "--tokens-per-second", "2500"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_self_hosting_with_people_and_operations(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["break-even", *HOSTED, *LOAD, *NOW, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["api_per_month"], found["replicas"], found["tokens_per_replica"]) == (11000.0, 1, 3_285_000_000.0)
    assert found["low"]["operations_per_month"] == pytest.approx(125_000 / 12)
    assert found["high"]["operations_per_month"] == pytest.approx(190_000 / 12)
    assert found["low"]["own_per_month"] == pytest.approx(found["machine_per_month"] + 125_000 / 12)
    assert found["low"]["break_even_tokens"] < found["high"]["break_even_tokens"]


def test_operations_can_be_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["break-even", *HOSTED, *LOAD, *NOW, "--operations-per-year", "0"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split()[:5] == ["people", "and", "operations", "$0.00", "a"]
    assert lines[-1].startswith(
        "llama-3.3-70b pays from 2.91B tokens a month on. At 2B it costs $5,029.08 a month more."
    )


def test_machines_that_serve_too_little_never_pay(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--monthly-tokens", "2B", "--tokens-per-second", "100"]
    assert main(["break-even", *HOSTED, *arguments, *NOW]) == 0
    assert "llama-3.3-70b never pays: what a replica serves costs $722.70 a month by API" in capsys.readouterr().out


def test_fine_tuning(capsys: pytest.CaptureFixture[str]) -> None:
    tuned = ["--fine-tuned", "gpt-4o-mini", "--tuned-prices", "0.30,1.20", "--training-cost", "$500"]
    assert main(["break-even", "--model", "gpt-4o", *tuned, *NOW]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  a call of gpt-4o             $0.00775",
        "  a call of tuned gpt-4o-mini  $0.00093  prices of --tuned-prices",
        "  the training                 $500.00",
        "",
        "tuned gpt-4o-mini pays from 73,314 calls on: 7.3 months at 10,000 calls a month.",
        "After that it saves $68.20 a month.",
    ]
    dear = ["--fine-tuned", "gpt-4o", "--training-cost", "500"]
    assert main(["break-even", "--model", "gpt-4o-mini", *dear, *NOW]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "tuned gpt-4o never pays: its calls cost no less."


@pytest.mark.parametrize(
    ("base", "each", "priced_as"),
    [("gpt-4o-mini", 0.00093, "ft:gpt-4o-mini"), ("gpt-4.1-nano", 0.00031, "gpt-4.1-nano, its base")],
)
def test_a_tuned_model_costs_what_its_provider_asks_for_tuned_ones(
    base: str, each: float, priced_as: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tuned = ["--fine-tuned", base, "--training-cost", "500", "--format", "json"]
    assert main(["break-even", "--model", "gpt-4o", *tuned, *NOW]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["tuned_per_call"], document["tuned_priced_as"]) == (each, priced_as)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fine-tuned", "gpt-4o", "--training-cost", "5", "--tuned-prices", "3"], "error: --tuned-prices '3': expec"),
        (
            ["--self-hosted", "x", *LOAD, "--gpu", "h10", "--gpus", "1"],
            "error: no price is known: no machine of aws has a GPU 'h10'. Did you mean 'h100'?",
        ),
        (
            ["--self-hosted", "x", *LOAD, "--gpu", "h100", "--operations-per-year", "190K-125K"],
            "error: --operations-per-year 190K-125K: the first amount is the larger one",
        ),
        ([], "error: tell what is to pay: --self-hosted NAME, or --fine-tuned MODEL\n"),
        (["--self-hosted", "x"], "error: --self-hosted needs --monthly-tokens, and --tokens-per-second of a replica\n"),
        (["--self-hosted", "x", *LOAD], "error: tell the machine of a replica: --instance-type, --gpu with --gpus,"),
        (["--fine-tuned", "gpt-4o"], "error: --fine-tuned needs --training-cost: what a training costs in USD\n"),
        (["--self-hosted", "x", *LOAD, "--instance-type", "p9.huge"], "error: no price is known: "),
        (["--self-hosted", "x", *LOAD[:2], "--tokens-per-second", "many"], "error: --tokens-per-second 'many' is not"),
        (["--fine-tuned", "gpt-4o", "--training-cost", "5", "--format", "xml"], "error: unknown format 'xml'"),
        (["--fine-tuned", "gpt-9o", "--training-cost", "5"], "error: no price is known of a model 'gpt-9o'\n  Did you"),
    ],
)
def test_a_mistake(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["break-even", "--model", "gpt-4o", *arguments, *NOW]) == 3
    assert capsys.readouterr().err.startswith(message)
