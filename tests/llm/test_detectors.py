"""What each detector claims, and what it leaves alone: the peers' defects are tests here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.llm.call_rows import call, found
from tollbar.llm.detector import Settings
from tollbar.llm.scan import Question

CENT = Decimal("0.01")


def _claims(rows: list[dict[str, Any]], question: Question | None = None) -> dict[str, tuple[int, Decimal]]:
    return {
        name: (finding.calls, finding.wasted_usd) for name, finding in found(rows, question).items() if finding.calls
    }


def _same(seconds: float, **columns: Any) -> dict[str, Any]:
    return call(seconds, **{"prompt_hash": 1, "near_hash": 1, "trace_id": "t"} | columns)


# --- retry loops ------------------------------------------------------------------------------------


def test_all_attempts_but_the_first_answer_are_a_retry_loop() -> None:
    assert _claims([_same(10 * n) for n in range(6)]) == {"retry_loop": (5, 5 * CENT)}


def test_three_attempts_are_what_an_sdk_sends_and_no_loop() -> None:
    failed = {"status": "error", "finish_reason": None, "cost_usd": Decimal(0)}
    assert _claims([_same(0, **failed), _same(10, **failed), _same(20)]) == {}


def test_a_loop_is_found_between_other_calls() -> None:
    others = [call(10 * n + 5, prompt_hash=100 + n, near_hash=100 + n, trace_id="t") for n in range(6)]
    rows = sorted([*(_same(10 * n) for n in range(6)), *others], key=lambda row: row["time"])
    assert _claims(rows) == {"retry_loop": (5, 5 * CENT)}


def test_a_loop_is_found_under_fresh_trace_ids() -> None:
    assert _claims([_same(10 * n, trace_id=f"t{n}") for n in range(6)]) == {"retry_loop": (5, 5 * CENT)}


def test_a_loop_of_nearly_the_same_prompts_is_found_in_one_trace() -> None:
    assert _claims([_same(10 * n, prompt_hash=n) for n in range(6)]) == {"retry_loop": (5, 5 * CENT)}


def test_nearly_the_same_prompts_of_different_traces_are_different_work() -> None:
    assert _claims([_same(10 * n, prompt_hash=n, trace_id=f"t{n}") for n in range(6)]) == {}


def test_nearly_the_same_prompts_belong_together_after_a_failure() -> None:
    rows = [_same(10 * n, prompt_hash=n, trace_id=f"t{n}", status="rate_limited") for n in range(5)]
    assert _claims([*rows, _same(50, prompt_hash=9)]) == {"retry_loop": (5, 5 * CENT)}


def test_of_a_loop_with_failures_the_first_answer_is_kept() -> None:
    failed = {"status": "timeout", "cost_usd": Decimal("0.02")}
    rows = [_same(0, **failed), _same(10, **failed), _same(20), _same(30, cost_usd=Decimal("0.03"))]
    assert _claims(rows) == {"retry_loop": (3, Decimal("0.07"))}


def test_the_same_question_of_several_users_is_no_loop() -> None:
    settings = Settings(off=frozenset({"duplicate_calls"}))
    assert _claims([_same(10 * n, user_id=f"u{n}") for n in range(6)], Question(settings=settings)) == {}


@pytest.mark.parametrize(("pause", "claims"), [(300, {"retry_loop": (3, 3 * CENT)}), (301, {})])
def test_a_longer_pause_ends_a_loop(pause: int, claims: dict[str, Any]) -> None:
    settings = Settings(off=frozenset({"duplicate_calls"}))
    assert _claims([_same(pause * n) for n in range(4)], Question(settings=settings)) == claims


def test_every_loop_and_call_is_counted() -> None:
    rows = [_same(10 * n, near_hash=loop, prompt_hash=loop) for loop in range(150) for n in range(5)]
    finding = found(rows)["retry_loop"]
    assert (finding.incidents, finding.calls, finding.wasted_usd) == (150, 600, 600 * CENT)


# --- fallbacks, failures, storms --------------------------------------------------------------------


def test_a_good_fallback_after_an_error_is_no_waste() -> None:
    failed = _same(0, model="gpt-4o-mini", status="error", cost_usd=Decimal(0))
    assert _claims([failed, _same(5, model="gpt-4o")]) == {}


def test_of_a_fallback_after_an_error_the_failed_attempt_is_waste_where_it_was_billed() -> None:
    failed = _same(0, model="gpt-4o-mini", status="timeout", cost_usd=Decimal("0.002"))
    assert _claims([failed, _same(5, model="gpt-4o")]) == {"fallback_chain": (1, Decimal("0.002"))}


def test_a_dear_model_after_a_cheap_one_answered_is_waste() -> None:
    rows = [_same(0, model="gpt-4o-mini", cost_usd=Decimal("0.001")), _same(5, model="gpt-4o")]
    finding = found(rows)["fallback_chain"]
    assert (finding.calls, finding.wasted_usd, finding.examples[0].basis) == (1, CENT, "a dearer model after an answer")


def test_a_fallback_after_an_empty_answer_is_no_waste_but_the_empty_one_is() -> None:
    empty = _same(0, model="gpt-4o-mini", output_tokens=0, output_visible=0, cost_usd=Decimal("0.001"))
    others = [call(60, model="gpt-4o-mini"), _same(5, model="gpt-4o")]
    assert _claims([empty, *others]) == {"fallback_chain": (1, Decimal("0.001"))}


def test_embeddings_write_no_tokens_and_are_answered() -> None:
    embedded = {"model": "text-embedding-3-small", "output_tokens": 0, "output_visible": 0}
    assert _claims([_same(10 * n, prompt_hash=n, trace_id=f"t{n}", **embedded) for n in range(6)]) == {}


def test_a_deliberate_router_is_neither_storm_nor_fallback() -> None:
    rows = []
    for number in range(40):
        router = {"prompt_hash": 2 * number, "near_hash": 2 * number, "trace_id": f"t{number}"}
        answer = {"prompt_hash": 2 * number + 1, "near_hash": 2 * number + 1, "trace_id": f"t{number}"}
        rows += [call(number, model="gpt-4o-mini", **router), call(number + 0.5, model="gpt-4o", **answer)]
    assert _claims(rows) == {}


def test_many_prompts_retried_at_once_are_a_storm() -> None:
    failed = {"status": "rate_limited", "cost_usd": Decimal("0.001")}
    rows = []
    for prompt in range(20):
        rows += [_same(prompt / 10 + n, near_hash=prompt, prompt_hash=prompt, **failed) for n in range(3)]
    assert _claims(rows) == {
        "retry_storm": (40, Decimal("0.040")),
        "failed_calls": (20, Decimal("0.020")),  # the first attempts
    }


def test_a_few_prompts_retried_are_no_storm() -> None:
    failed = {"status": "rate_limited", "cost_usd": Decimal(0)}
    rows = [_same(n, near_hash=prompt, prompt_hash=prompt, **failed) for prompt in range(9) for n in range(3)]
    assert _claims(rows) == {}


def test_a_cut_answer_that_was_asked_for_again_is_waste() -> None:
    rows = [_same(0, finish_reason="length", cost_usd=Decimal("0.04")), _same(9)]
    assert _claims(rows) == {"cut_answers": (1, Decimal("0.04"))}


def test_the_same_prompt_hours_later_could_have_come_from_a_cache() -> None:
    rows = [_same(3600 * n, user_id=f"u{n}") for n in range(4)]
    assert _claims(rows) == {"duplicate_calls": (3, 3 * CENT)}


# --- models -----------------------------------------------------------------------------------------


def _easy(model: str, cost: str, **columns: Any) -> dict[str, Any]:
    small = {"input_tokens": 200, "input_uncached": 200, "output_tokens": 50, "output_visible": 50}
    return call(0, model=model, cost_usd=Decimal(cost), task_type="classification", **small | columns)


def test_o1_pro_is_overkill_for_an_easy_task() -> None:
    # 200 x $150 + 50 x $600 per million, against 200 x $0.15 + 50 x $0.60 of gpt-4o-mini
    assert _claims([_easy("o1-pro", "0.06")]) == {"model_overkill": (1, Decimal("0.059940"))}


def test_claude_opus_4_is_overkill_for_an_easy_task() -> None:
    # 200 x $15 + 50 x $75 per million, against 200 x $1 + 50 x $5 of claude-haiku-4-5
    claims = _claims([_easy("claude-opus-4-20250514", "0.00675", provider="anthropic")])
    assert claims == {"model_overkill": (1, Decimal("0.0063"))}


def test_gpt_4o_mini_is_not_overkill() -> None:
    assert _claims([_easy("gpt-4o-mini", "0.00006")]) == {}


@pytest.mark.parametrize(
    "columns",
    [
        {"task_type": "reasoning"},
        {"task_type": None},
        {"task_confidence": Decimal("0.5")},
        {"input_tokens": 501, "input_uncached": 501},
        {"status": "error", "cost_usd": Decimal(0)},
    ],
)
def test_hard_large_doubtful_or_failed_work_is_not_overkill(columns: dict[str, Any]) -> None:
    assert _claims([_easy("o1-pro", "0.06") | columns]) == {}


def test_short_calls_without_a_task_are_easy_where_that_is_asked_for() -> None:
    settings = Settings({"model_overkill": {"untold_max_input_tokens": 200}})
    rows = [_easy("o1-pro", "0.06") | {"task_type": None, "task_confidence": None}]
    assert _claims(rows, Question(settings=settings)) == {"model_overkill": (1, Decimal("0.059940"))}


def test_a_model_of_a_provider_without_a_small_one_is_compared_with_the_cheapest_of_all() -> None:
    row = _easy("command-a", "0.1", provider="cohere")
    finding = found([row])["model_overkill"]
    assert finding.examples[0].basis == "command-a where gemini-2.5-flash-lite would do"


# --- context and cache ------------------------------------------------------------------------------


def test_history_older_than_the_last_turns_is_waste() -> None:
    rows = []
    for turn in range(10):
        tokens = {"input_tokens": 1000 * (turn + 1), "input_uncached": 1000 * (turn + 1)}
        rows.append(call(60 * turn, session_id="s", **tokens))
    # turns 8, 9 and 10 send 1,000, 2,000 and 3,000 tokens of history beyond six turns, at $2.50 per million
    assert _claims(rows) == {"oversized_context": (3, Decimal("0.015"))}


def test_history_from_the_cache_counts_at_its_price() -> None:
    rows = []
    for turn in range(10):
        tokens = {"input_tokens": 1000 * (turn + 1), "input_uncached": 1000, "cache_read": 1000 * turn}
        rows.append(call(60 * turn, session_id="s", **tokens))
    assert _claims(rows) == {"oversized_context": (3, Decimal("0.0075"))}


def test_a_session_whose_input_stays_level_is_fine() -> None:
    assert _claims([call(60 * turn, session_id="s", input_tokens=9000) for turn in range(12)]) == {}


def _prefixed(seconds: float, **columns: Any) -> dict[str, Any]:
    usual = {
        "prefix_hash": 7, "prefix_chars": 8000, "prompt_chars": 10_000, "cache_read": 0,
        "input_tokens": 2000, "input_uncached": 2000,
    }  # fmt: skip
    return call(seconds, **usual | columns)


def test_a_missing_cache_is_priced() -> None:
    # 9 calls could read 1,600 tokens at $1.25 instead of $2.50 per million
    assert _claims([_prefixed(10 * n) for n in range(10)]) == {"missing_cache": (9, Decimal("0.018"))}


def test_writing_the_cache_is_taken_off() -> None:
    rows = [_prefixed(10 * n, provider="anthropic", model="claude-sonnet-4-20250514") for n in range(9)]
    # 8 reads save 1,600 x $2.70 per million each; one write costs 1,600 x $0.75 more than input
    assert _claims(rows) == {"missing_cache": (8, Decimal("0.033360"))}


@pytest.mark.parametrize(
    "columns",
    [
        {"cache_read": 1500},
        {"cache_read": None},
        {"prefix_chars": 4000},
        {"input_tokens": 1000, "input_uncached": 1000},
        {"model": "gpt-4"},
        {"prefix_hash": None},
    ],
)
def test_no_cache_is_missing(columns: dict[str, Any]) -> None:
    assert _claims([_prefixed(10 * n, **columns) for n in range(10)]) == {}


def test_nightly_work_could_be_batched() -> None:
    night = 14 * 3600  # 23:00
    rows = [call(night + n, operation="nightly-tags") for n in range(100)]
    # gpt-4o: 1,000 x $1.25 + 100 x $5 per million less
    assert _claims(rows) == {"batchable": (100, Decimal("0.175"))}


@pytest.mark.parametrize("columns", [{"session_id": "s"}, {"task_type": "chat"}, {"batch": True}, {"operation": None}])
def test_interactive_or_batched_work_is_left_alone(columns: dict[str, Any]) -> None:
    rows = [call(14 * 3600 + n, **{"operation": "o"} | columns) for n in range(100)]
    assert _claims(rows) == {}


def test_work_of_the_day_is_not_nightly() -> None:
    assert _claims([call(n, operation="o") for n in range(100)]) == {}


# --- reconciling ------------------------------------------------------------------------------------


def test_no_dollar_is_claimed_twice() -> None:
    rows = [_same(10 * n, model="o1-pro", task_type="classification", input_tokens=200, input_uncached=200,
                  output_tokens=50, output_visible=50, cost_usd=Decimal("0.06")) for n in range(6)]  # fmt: skip
    findings = found(rows)
    saved = Decimal("0.059940")
    assert (findings["retry_loop"].wasted_usd, findings["retry_loop"].overlap_usd) == (5 * Decimal("0.06"), Decimal(0))
    assert (findings["model_overkill"].wasted_usd, findings["model_overkill"].overlap_usd) == (saved, 5 * saved)


def test_a_second_finding_claims_of_what_the_first_one_left() -> None:
    night = 14 * 3600
    rows = [
        _easy("o1-pro", "0.06", operation="nightly") | {"time": call(night + n)["time"]} for n in range(100)
    ]  # fmt: skip
    findings = found(rows)
    # a thousandth is left by the cheaper model; a batch would take half of it
    assert findings["model_overkill"].wasted_usd == Decimal("5.9940")
    assert findings["batchable"].wasted_usd == Decimal("0.0030")
    assert findings["batchable"].overlap_usd == Decimal("2.9970")


def test_an_unpriced_call_is_counted_and_named() -> None:
    finding = found([_same(10 * n, cost_usd=None) for n in range(6)])["retry_loop"]
    assert (finding.calls, finding.unpriced_calls, finding.wasted_usd) == (5, 5, Decimal(0))
