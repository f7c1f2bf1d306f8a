"""``tollbar simulate``: the commands people know, with dollars; what passes, and what a mistake gets."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from genai_prices import Usage, calc_price

from tests.conftest import ROOT
from tests.policy import policy_file_texts as texts
from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

NOW = ["--now", "2026-11-21T12:00:00Z"]
OVERKILL = [
    "--policy",
    "prevent-model-overkill",
    "--task",
    "summarization",
    "--input-tokens",
    "400",
    "--model",
    "gpt-4",
]
RETRIES = ["--policy", "cap-llm-retries", "--retries", "5", "--model", "gpt-4o"]
ASSUMED = "10,000 calls a month (--calls-per-month), 400 output tokens a call (--output-tokens)"


@pytest.fixture(params=["none", "FIRST", "SECOND"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without any policy, and with each of the files that people have."""
    if request.param != "none":
        (tmp_path / ".github").mkdir()
        text = getattr(texts, request.param)
        (tmp_path / ".github" / "crashlens.yml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _price(model: str, sent: int, received: int) -> Decimal:
    """Return what a call costs by the price library itself."""
    return calc_price(Usage(input_tokens=sent, output_tokens=received), model, provider_id="openai").total_price


def _simulated(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    main(["simulate", *arguments, *NOW, "--format", "json"])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out, parse_float=Decimal)
    return answer


@pytest.mark.usefixtures("folder")
def test_overkill_names_the_policy_the_fallback_and_the_savings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", *OVERKILL, *NOW]) == 1
    lines = capsys.readouterr().out.splitlines()
    saved = (_price("gpt-4", 400, 400) - _price("gpt-4o-mini", 400, 400)) * 10_000
    assert lines[0] == (
        "Policy 'prevent-model-overkill' violated. Suggested fallback: gpt-4o-mini. "
        f"Estimated savings: ${saved:.2f}/month."
    )
    assert lines[3:10] == [
        "                          gpt-4  gpt-4o-mini",
        "  400 input tokens       $0.012     $0.00006",
        "  400 output tokens      $0.024     $0.00024",
        "  one call               $0.036      $0.0003",
        "  1,000 calls            $36.00        $0.30",
        "  10,000 calls a month  $360.00        $3.00",
        "  $0.0357 less a call x 10,000 calls = $357.00 a month",
    ]
    assert f"Assumed: {ASSUMED}." in lines
    assert lines[-1] == "exit 1"


@pytest.mark.usefixtures("folder")
def test_retries_name_the_limit_and_what_more_of_them_cost(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", *RETRIES, *NOW]) == 1
    lines = capsys.readouterr().out.splitlines()
    increase = _price("gpt-4o", 1500, 400) * 2 * 10_000
    assert lines[0] == (
        f"Policy 'cap-llm-retries' violated (5 retries > max 3). Estimated cost increase: ${increase:.2f}."
    )
    assert (
        "  At worst (every call needs all its retries): 2 attempts more x $0.00775 x 10,000 calls = $155.00 a month"
    ) in lines


@pytest.mark.parametrize("calls", [1, 250, 1_000_000])
@pytest.mark.usefixtures("here")
def test_savings_follow_the_calls_and_the_tokens(calls: int, capsys: pytest.CaptureFixture[str]) -> None:
    told = _simulated([*OVERKILL, "--calls-per-month", str(calls), "--output-tokens", "150"], capsys)
    each = _price("gpt-4", 400, 150) - _price("gpt-4o-mini", 400, 150)
    (violation,) = told["violations"]
    assert violation["savings_per_month"] == each * calls
    assert violation["savings_per_call"] == each
    assert told["assumed"] == {}


@pytest.mark.usefixtures("here")
def test_what_the_increase_is_told_as_is_what_the_policy_says(capsys: pytest.CaptureFixture[str]) -> None:
    (violation,) = _simulated([*RETRIES, "--calls-per-month", "4321"], capsys)["violations"]
    said = re.search(r"at worst the 2 more cost \$([\d.]+) a month", violation["message"])
    assert said is not None
    assert round(violation["cost_increase_per_month"], 2) == Decimal(said[1])


@pytest.mark.parametrize(
    ("arguments", "outcome", "violated"),
    [
        (["--input-tokens", "500"], "deny", ["prevent-model-overkill"]),
        (["--input-tokens", "501"], "allow", []),
        (["--input-tokens", "400", "--model", "gpt-4o-mini"], "allow", []),
        (["--input-tokens", "400", "--task", "translation"], "allow", []),
        ([], "deny", ["prevent-model-overkill"]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_only_what_a_policy_is_about_violates_it(
    arguments: list[str], outcome: str, violated: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["--policy", "prevent-model-overkill", "--task", "summarization", "--model", "gpt-4"]
    told = _simulated([*base, *arguments], capsys)
    assert (told["outcome"], [violation["policy"] for violation in told["violations"]]) == (outcome, violated)
    assert told["exit_code"] == (1 if violated else 0)


@pytest.mark.usefixtures("here")
def test_what_passes_says_what_was_tried(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "--model",
        "gpt-4o-mini",
        "--task",
        "summarization",
        "--input-tokens",
        "400",
        "--retries",
        "3",
        "--max-output-tokens",
        "300",
    ]
    assert main(["simulate", *arguments, *NOW]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        (
            "Passes: gpt-4o-mini for summarization (400 input tokens, at most 300 output tokens, 3 retries) violates "
            "no policy that was tried."
        ),
        "  Policy 'cap-llm-retries' is kept: at most 3 retries.",
    ]
    assert lines[3] == "  Policy 'limit-output-tokens' is kept: at most 750 output tokens for content_generation."


def test_a_policy_that_only_notifies_does_not_block(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "crashlens.yml").write_text(texts.FIRST, encoding="utf-8")
    arguments = [
        "--policy",
        "limit-output-tokens",
        "--task",
        "content_generation",
        "--max-output-tokens",
        "2000",
        "--model",
        "gpt-4o",
    ]
    assert main(["simulate", *arguments, "--config", "crashlens.yml", *NOW]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "Policy 'limit-output-tokens' violated (2000 output tokens > max 750). Estimated cost increase: $125.00.",
        "  A warning: this policy does not block.",
    ]


@pytest.mark.parametrize("name", ["cap-llm-retries", "llm_retries", "llm-retries", "TB302", "tb302"])
@pytest.mark.usefixtures("here")
def test_a_policy_by_its_rule_or_code(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = _simulated(["--policy", name, "--retries", "4", "--model", "gpt-4o"], capsys)
    assert [violation["code"] for violation in told["violations"]] == ["TB302"]


@pytest.mark.usefixtures("here")
def test_models_side_by_side_the_cheapest_first(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "--model",
        "gpt-4",
        "--task",
        "basic_q_and_a",
        "--input-tokens",
        "100",
        "--output-tokens",
        "50",
        "--max-output-tokens",
        "60",
    ]
    told = _simulated([*arguments, "--compare", "gpt-4o-mini, claude-haiku-4-5,gpt-4o"], capsys)
    assert [(one["model"], one["verdict"]) for one in told["compared"]] == [
        ("gpt-4o-mini", "passes"),
        ("claude-haiku-4-5", "passes"),
        ("gpt-4o", "denied: prevent-model-overkill"),
        ("gpt-4", "denied: prevent-model-overkill"),
    ]
    assert told["compared"][3]["per_1000_calls"] == _price("gpt-4", 100, 50) * 1000


@pytest.mark.usefixtures("here")
def test_expected_retries_count_in_the_month(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "--policy",
        "cap-llm-retries",
        "--model",
        "gpt-4o",
        "--retries",
        "2",
        "--retry-share",
        "0.5",
        "--calls-per-month",
        "1000",
    ]
    (cost,) = _simulated(arguments, capsys)["costs"]
    assert cost["per_month"] == _price("gpt-4o", 1500, 400) * 1000 * (1 + Decimal("0.5") + Decimal("0.25"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--model", "gtp-4"],
            "error: no price is known of a model 'gtp-4'\n  Did you mean 'gpt-4' or 'gpt-4o'?\n",
        ),
        (
            ["--model", "gpt-4", "--task", "sumarization"],
            (
                "error: no policy is about the task 'sumarization', and it is not known otherwise\n"
                "  Did you mean 'summarization'?\n"
            ),
        ),
        (
            ["--model", "gpt-4", "--policy", "prevent-model-overkil"],
            (
                "error: there is no policy 'prevent-model-overkil' on language models\n"
                "  Did you mean 'prevent-model-overkill'?\n"
            ),
        ),
        (
            ["--model", "gpt-4", "--compare", "gpt-4o,gpt4o-mni"],
            "error: no price is known of a model 'gpt4o-mni'\n  Did you mean 'gpt-4o-mini' or",
        ),
        (["--model", "gpt-4", "--provider", "opnai"], "error: no price is known of a model 'gpt-4' of opnai\n  There"),
        (["--model", "llama-3.3-70b-versatile"], "error: the name 'llama-3.3-70b-versatile' does not tell who sells"),
        (["--model", "gpt-4", "--retry-share", "0.1"], "error: --retry-share needs --retries"),
        (["--model", "gpt-4", "--cached-share", "1.1"], "error: --cached-share '1.1' is not a share from 0 to 1\n"),
        (["--model", "gpt-4", "--cached-share", "x"], "error: --cached-share 'x' is not a share from 0 to 1\n"),
        (["--model", "gpt-4", "--format", "jsn"], "error: unknown format 'jsn'; known: table, json, markdown\n  Did"),
        (["--model", "gpt-4", "--config", "no.yml"], "error: there is no file no.yml\n  Name one with --config.\n"),
        (["--model", "gpt-4", "--config", "a/crashlens.yml"], "error: there is no file a/crashlens.yml\n"),
        (["--model", "gpt-4", "--calls-per-month", "0"], "error: Invalid value for '--calls-per-month'"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_mistake(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", *arguments, *NOW]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(message)


@pytest.mark.usefixtures("here")
def test_as_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", *OVERKILL, *NOW, "-f", "markdown", "--compare", "gpt-4o-mini"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "- **Policy 'prevent-model-overkill' violated. Suggested fallback: gpt-4o-mini. "
        "Estimated savings: $357.00/month.**"
    )
    assert "| one call | $0.036 | $0.0003 |" in lines
    assert "| gpt-4o-mini | $0.0003 | $0.30 | $3.00 | passes |" in lines
    assert lines[-1] == "Exit code 1"


def test_a_policy_that_is_off_denies_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "tollbar.yml").write_text("version: 1\npolicies: {rules: {llm_retries: {mode: 'off'}}}\n", encoding="utf-8")
    assert main(["simulate", *RETRIES, *NOW]) == 0
    assert "  Policy 'cap-llm-retries' is off." in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("policy", "told", "note"),
    [
        ("prevent-model-overkill", ["--task", "summarization"], "no task is told (--task)"),
        ("cap-llm-retries", ["--retries", "1"], "no retries are told (--retries)"),
    ],
)
def test_a_policy_that_could_not_be_tried_says_so(
    policy: str, told: list[str], note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["simulate", "--policy", policy, "--model", "gpt-4o-mini", "--input-tokens", "100"]
    assert main(asked) == 0
    assert f"  Note: {note}" in capsys.readouterr().out
    assert main([*asked, *told]) == 0
    assert note not in capsys.readouterr().out


@pytest.mark.parametrize("command", [["validate"], ["simulate", "--model", "gpt-4", "--task", "summarization"]])
def test_a_policy_file_of_another_name_is_known_by_what_it_says(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "llm-policies.yml"
    shutil.copy(ROOT / "examples" / "llm-policy" / ".github" / "crashlens.yml", file)
    code = main([*command, "--config", str(file), *(["--input-tokens", "400"] if len(command) > 1 else [])])
    assert (code, "unknown key" in capsys.readouterr().err) == (0 if len(command) == 1 else 1, False)
