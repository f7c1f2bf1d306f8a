"""``tollbar scan``: a log from its file to the report and the exit code."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.bench.generated_log import GeneratedLog
from tests.conftest import ROOT
from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

NOW = ["--now", "2026-11-26T12:00:00Z"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the example's log, and no policy beside it."""
    shutil.copy(ROOT / "examples" / "llm-logs" / "calls.jsonl", tmp_path / "calls.jsonl")
    (tmp_path / "policy").mkdir()
    shutil.copy(ROOT / "examples" / "llm-logs" / "crashlens.yml", tmp_path / "policy")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _json(arguments: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> dict[str, Any]:
    assert main(["scan", *arguments, "--format", "json", *NOW]) == code
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


@pytest.mark.usefixtures("folder")
def test_the_examples_waste_is_found_with_amounts(capsys: pytest.CaptureFixture[str]) -> None:
    document = _json(["calls.jsonl"], capsys)
    found = {finding["detector"]: (finding["calls"], finding["wasted_usd"]) for finding in document["findings"]}
    assert found == {
        "model_overkill": (4, "0.14379285"),
        "oversized_context": (3, "0.0135"),
        "retry_loop": (5, "0.010625"),
        "duplicate_calls": (2, "0.0053"),
        "fallback_chain": (2, "0.004345"),
        "failed_calls": (0, "0"),
    }


@pytest.mark.usefixtures("folder")
def test_claims_and_bill_reconcile(capsys: pytest.CaptureFixture[str]) -> None:
    totals = _json(["calls.jsonl"], capsys)["totals"]
    assert totals["wasted_usd"] == "0.17756285"
    assert totals["overlap_usd"] == "0.01067"  # the failed attempts, which others claim


@pytest.mark.usefixtures("folder")
def test_a_broken_line_and_an_unknown_model_are_counted_not_fatal(capsys: pytest.CaptureFixture[str]) -> None:
    document = _json(["calls.jsonl"], capsys)
    assert document["totals"]["unpriced_calls"] == 1
    assert document["totals"]["unpriced_models"] == ["in-house-7b"]
    (problem,) = document["problems"]["first"]
    assert (problem["source"], problem["line"], problem["kind"]) == ("calls.jsonl", 22, "broken_line")


@pytest.mark.usefixtures("folder")
def test_a_denied_policy_is_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    document = _json(["calls.jsonl", "--policy", "policy/crashlens.yml"], capsys, code=1)
    assert document["decision"]["outcome"] == "deny"
    denied = {finding["code"] for finding in document["decision"]["findings"] if finding["severity"] == "error"}
    assert denied == {"TB301", "TB302"}


@pytest.mark.parametrize(("limit", "code"), [("0.18", 0), ("$0.17", 1), ("57%", 1), ("58%", 0)])
@pytest.mark.usefixtures("folder")
def test_more_waste_than_is_allowed_is_exit_code_1(limit: str, code: int) -> None:
    assert main(["scan", "calls.jsonl", "--fail-on-waste", limit, *NOW]) == code


@pytest.mark.usefixtures("folder")
def test_only_the_time_asked_for_counts(capsys: pytest.CaptureFixture[str]) -> None:
    document = _json(["calls.jsonl", "--since", "2026-11-03", "--until", "2026-11-04"], capsys)
    assert document["totals"]["calls"] == 12


@pytest.mark.usefixtures("folder")
def test_thresholds_are_set_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    document = _json(["calls.jsonl", "--set", "retry_loop.min_attempts=7"], capsys)
    assert "retry_loop" not in {finding["detector"] for finding in document["findings"]}


def test_thresholds_are_set_in_the_configuration(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "tollbar.yml").write_text(
        "version: 1\nscan: {model_overkill: off, retry_loop: {min_attempts: 7}}\n", encoding="utf-8"
    )
    document = _json(["calls.jsonl"], capsys)
    assert document["switched_off"] == ["model_overkill"]
    assert document["findings"][0]["detector"] == "oversized_context"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--set", "retry_lop.min_attempts=3"],
            "error: --set: there is no detector 'retry_lop'\n  Did you mean 'retry_loop'?",
        ),
        (["--set", "retry_loop.attempts=3"], "error: --set retry_loop.attempts: retry_loop has no such parameter"),
        (
            ["--set", "retry_loop.min_attempts=many"],
            "error: --set retry_loop.min_attempts is 'many'; expected a number",
        ),
        (["--set", "retry_loop"], "error: --set retry_loop: expected DETECTOR.PARAMETER=VALUE"),
        (["--by", "modle"], "error: --by modle: calls cannot be grouped by that\n  Did you mean 'model'?"),
        (["--fail-on-waste", "a lot"], "error: --fail-on-waste 'a lot' is no amount"),
        (["--format", "tabel"], "error: unknown format 'tabel'"),
        (["--since", "yesterday"], "error: 'yesterday' is not a time or day"),
        (["--tasks", "nowhere.toml"], "error: nowhere.toml cannot be read"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_mistake_is_told(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "calls.jsonl", *arguments, *NOW]) == 3
    assert capsys.readouterr().err.startswith(message)


@pytest.mark.usefixtures("folder")
def test_no_such_file_is_exit_code_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "nowhere.jsonl", *NOW]) == 3
    assert capsys.readouterr().err.startswith("error: nowhere.jsonl: no such file")


@pytest.mark.parametrize("format_name", ["table", "markdown"])
@pytest.mark.usefixtures("folder")
def test_reports_tell_the_waste_and_where_it_is(format_name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "calls.jsonl", "--format", format_name, *NOW]) == 0
    told = capsys.readouterr().out.replace("\\", "")
    assert "$0.18 of $0.31 is waste (57.6 %)" in told
    assert "calls.jsonl:6 " in told


def test_every_call_and_dollar_of_a_generated_log_is_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = GeneratedLog(9_000, hours=26, bad_lines=3).write(folder / "generated.jsonl")
    document = _json(["generated.jsonl"], capsys)
    found = {finding["detector"]: finding for finding in document["findings"] if finding["calls"]}
    wanted = {name: (calls, f"{expected.wasted_usd[name].normalize():f}") for name, calls in expected.calls.items()}
    assert {name: (finding["calls"], finding["wasted_usd"]) for name, finding in found.items()} == wanted
    assert document["totals"]["calls"] == 9_000
    assert document["totals"]["cost_usd"] == f"{expected.cost_usd.normalize():f}"
    assert document["problems"]["counts"] == {"broken_line": 3}


@pytest.mark.usefixtures("folder")
def test_of_each_kind_of_doubt_the_first_lines_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = (
        '{"id": "c-%d", "object": "chat.completion", "created": %s, "model": "gpt-4o", "usage": {"prompt_tokens": 1}}'
    )
    lines = ["broken"] * 50 + [call % (number, '"never"') for number in range(4)]
    (folder / "doubtful.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["scan", "doubtful.jsonl", *NOW]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert (
        "Not read, or in doubt: "
        "50 lines: broken line: doubtful.jsonl:1, doubtful.jsonl:2, doubtful.jsonl:3 and 47 more "
        "4 lines: unreadable time: doubtful.jsonl:51, doubtful.jsonl:52, doubtful.jsonl:53 and 1 more "
    ) in told


@pytest.mark.usefixtures("folder")
def test_a_time_without_calls_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    document = _json(["calls.jsonl", "--since", "2027-01-01"], capsys)
    assert document["notes"] == ["no call of the log is of the time asked for (--since, --until)"]


@pytest.mark.usefixtures("folder")
def test_many_files_are_not_all_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(7):
        shutil.copy(folder / "calls.jsonl", folder / f"{number}.jsonl")
    assert main(["scan", *(f"{number}.jsonl" for number in range(7)), *NOW]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "0.jsonl, 1.jsonl, 2.jsonl, 3.jsonl, 4.jsonl and 2 more files"


@pytest.mark.usefixtures("folder")
def test_a_bill_that_is_not_known_is_not_zero(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = '{"id": "c", "object": "chat.completion", "model": "%s", "usage": {"prompt_tokens": %d}}\n'
    (folder / "unknown.jsonl").write_text(call % ("in-house", 5) + call % ("gpt-4o", -1), encoding="utf-8")
    document = _json(["unknown.jsonl", "--by", "model"], capsys)
    assert document["totals"]["cost_usd"] is None
    assert document["totals"]["unpriced_models"] == ["gpt-4o (tokens not told)", "in-house"]
    assert [row["cost_usd"] for row in document["consumption"]] == [None, None]
    assert main(["scan", "unknown.jsonl", *NOW]) == 0
    told = capsys.readouterr().out
    assert "  Time      not told\n" in told
    assert "  Cost      not known (prices of 2026-11-26)\n" in told
    assert "\n$0.00 of a bill that is not known is waste. No policy was asked.\n" in told
