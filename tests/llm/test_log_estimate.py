"""What policies say of the calls in a log: groups, a month's dollars, verdicts by the real policy library."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.llm.call_rows import DAY, call, engine_of
from tests.policy import policy_file_texts as texts
from tollbar.catalog.layers import NamedLayer
from tollbar.catalog.llm import LlmCatalog
from tollbar.catalog.opening import CatalogSettings, open_catalog
from tollbar.estimate import Deployment, LlmCalls
from tollbar.llm.log_estimate import JudgedLog, judge_log
from tollbar.llm.log_groups import groups
from tollbar.llm.policies import policies_of, settings_with
from tollbar.policy.config import Config
from tollbar.policy.library import policy_library
from tollbar.policy.opa_binary import local_engine
from tollbar.policy.policy_files import with_policies
from tollbar.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.layers import LayeredCatalog

FILE = with_policies(Config(version=1), "tollbar.yml", [(".github/crashlens.yml", texts.FIRST)])
SETTINGS = Settings("2026-11-21T12:00:00Z", Deployment(name="log", environment="production"))
A_MONTH = 730 * 3600
HALF_A_MONTH = A_MONTH / 2


@pytest.fixture(scope="module")
def catalog() -> Iterator[LayeredCatalog]:
    """Return the prices of models."""
    opened = open_catalog(CatalogSettings(), [NamedLayer("genai-prices", LlmCatalog(DAY))])
    yield opened
    opened.close()


def _judged(rows: list[dict[str, Any]], catalog: LayeredCatalog, config: Config = FILE) -> JudgedLog:
    policies = policies_of(config, policy_library())
    engine = local_engine(None, settings_with(policies, config))
    return judge_log(engine_of(rows), policies, engine, SETTINGS, catalog)


def _summary(seconds: float, **columns: Any) -> dict[str, Any]:
    small = {"model": "gpt-4", "task_type": "summarization", "input_tokens": 400, "project": "support"}
    return call(seconds, **small | columns)


_NOT_OF_THE_LOG = {"other_models": (), "batch_monthly_cost": None, "operation": None, "usage": None, "price": None}
"""What pricing adds to the facts of a group."""


def test_a_group_is_what_its_calls_were_a_month(catalog: LayeredCatalog) -> None:
    rows = [_summary(0), _summary(HALF_A_MONTH, output_tokens=300, cache_read=100, cost_usd=Decimal("0.03"))]
    (resource,) = _judged(rows, catalog).estimate.resources
    assert (resource.address, resource.monthly_cost) == ("calls.support.summarization.gpt-4", Decimal("0.08"))
    assert resource.cost_estimate is not None
    assert resource.cost_estimate.basis == "history"
    assert resource.llm is not None
    assert resource.llm.model_copy(update=_NOT_OF_THE_LOG) == LlmCalls(
        provider="openai", model="gpt-4", task_type="summarization", calls_per_month=Decimal(4),
        input_tokens=Decimal(400), output_tokens=Decimal(200), cached_share=Decimal("0.125"), batch=False,
        max_output_tokens=300, max_retries=0, observed=True, attempts_per_call=Decimal(1),
        cost_per_call=Decimal("0.02"),
    )  # fmt: skip
    assert resource.tags == {"project-id": "support"}
    assert (resource.location and (resource.location.file, resource.location.line)) == ("log.jsonl", 1)


def test_overkill_in_a_log_is_denied_with_what_the_fallback_would_have_saved(catalog: LayeredCatalog) -> None:
    rows = [_summary(0, cost_usd=Decimal("0.018")), _summary(A_MONTH, cost_usd=Decimal("0.018"))]
    judged = _judged(rows, catalog)
    assert judged.decision.outcome == "deny"
    (found,) = [one for one in judged.findings if one.finding.code == "TB301"]
    assert found.monthly_cost == Decimal("0.036")
    saving = Decimal("0.036") - 2 * (400 * Decimal("0.15") + 100 * Decimal("0.6")) / 1_000_000
    assert (found.finding.model_extra or {})["saving"] == float(saving)
    assert found.finding.msg == (
        "[TB301] calls.support.summarization.gpt-4 uses gpt-4 for summarization with 400 input tokens a call, which "
        "is disallowed up to 500 input tokens by policy prevent-model-overkill. Suggested fallback: gpt-4o-mini, "
        "which saves $0.04 a month ($17.88 per 1,000 calls)."
    )


def test_large_calls_do_not_hide_small_ones(catalog: LayeredCatalog) -> None:
    rows = [_summary(0), *(_summary(n, input_tokens=4000) for n in range(1, 20))]
    judged = _judged(rows, catalog)
    assert {
        resource.address: (resource.llm and resource.llm.input_tokens) for resource in judged.estimate.resources
    } == {
        "calls.support.summarization.gpt-4": 4000,
        "calls.support.summarization.gpt-4#2": 400,
    }
    (found,) = [one for one in judged.findings if one.finding.code == "TB301"]
    assert found.group is not None
    assert found.group.calls == 1


def test_a_call_at_the_limit_is_not_hidden_by_a_larger_one(catalog: LayeredCatalog) -> None:
    rows = [_summary(0, input_tokens=500), _summary(1, input_tokens=501)]
    found = [one for one in _judged(rows, catalog).findings if one.finding.code == "TB301"]
    assert [one.group.calls for one in found if one.group is not None] == [1]


@pytest.mark.parametrize(("tokens", "small"), [(500, True), (501, False), (None, True)])
def test_a_call_at_the_limit_is_small(tokens: int | None, small: bool, catalog: LayeredCatalog) -> None:  # noqa: FBT001 -- a case
    codes = [one.finding.code for one in _judged([_summary(0, input_tokens=tokens)], catalog).findings]
    assert ("TB301" in codes) == small


@pytest.mark.parametrize(("confidence", "judged"), [(Decimal("0.6"), True), (Decimal("0.59"), False), (None, False)])
def test_a_task_that_was_only_guessed_is_not_judged(
    confidence: Decimal | None,
    judged: bool,  # noqa: FBT001 -- a case
    catalog: LayeredCatalog,
) -> None:
    codes = [one.finding.code for one in _judged([_summary(0, task_confidence=confidence)], catalog).findings]
    assert ("TB301" in codes) == judged


def _retried(times: int, **columns: Any) -> list[dict[str, Any]]:
    failed = {"status": "error", "finish_reason": None, "output_tokens": 0}
    same = {"prompt_hash": 1, "near_hash": 1, "trace_id": "t", "cost_usd": Decimal("0.01"), "project": "agent"}
    return [call(10 * n, **same | failed | columns) for n in range(times)] + [call(10 * times, **same | columns)]


@pytest.mark.parametrize(("retries", "over"), [(3, False), (4, True)])
def test_retries_that_happened_are_judged(retries: int, over: bool, catalog: LayeredCatalog) -> None:  # noqa: FBT001 -- a case
    found = [one for one in _judged(_retried(retries), catalog).findings if one.finding.code == "TB302"]
    assert bool(found) == over


def test_attempts_beyond_the_limit_are_counted_with_what_they_cost(catalog: LayeredCatalog) -> None:
    rows = [*_retried(6), call(A_MONTH, project="agent")]
    judged = _judged(rows, catalog)
    (found,) = [one for one in judged.findings if one.finding.code == "TB302"]
    assert found.finding.msg == (
        "[TB302] calls.agent.untold-task.gpt-4o retries a call up to 6 times, over the limit of 3 by policy "
        "cap-llm-retries."
    )
    assert found.retried is not None
    assert (found.retried.calls, found.retried.attempts, found.retried.cost_usd) == (1, 3, Decimal("0.03"))
    assert found.retried_monthly == Decimal("0.03")


def test_failures_without_a_bill_are_retries_and_no_calls(catalog: LayeredCatalog) -> None:
    rows = _retried(5, input_tokens=None, output_tokens=None, cost_usd=None, status="error")
    rows[-1] = call(50, prompt_hash=1, near_hash=1, trace_id="t", project="agent")
    judged = _judged(rows, catalog)
    (resource,) = judged.estimate.resources
    assert (resource.llm and resource.llm.max_retries, resource.unpriced) == (5, ())
    (found,) = [one for one in judged.findings if one.finding.code == "TB302"]
    assert found.group is not None
    assert found.group.calls == 1


def test_the_longest_answer_is_judged_where_the_log_tells_no_limit(catalog: LayeredCatalog) -> None:
    rows = [_summary(0, task_type="content_generation", model="gpt-4o", output_tokens=n) for n in (10, 900)]
    judged = _judged(rows, catalog)
    (found,) = judged.findings
    assert (found.finding.code, found.finding.severity, judged.decision.outcome) == ("TB303", "warning", "warn")
    assert "writes up to 900 output tokens a call for content_generation, over the limit of 750" in found.finding.msg
    told = [row | {"max_output_tokens": 700} for row in rows]
    assert _judged(told, catalog).findings == ()


def test_a_model_without_a_price_is_unpriced_and_never_free(catalog: LayeredCatalog) -> None:
    judged = _judged([call(0), call(1, model=None, logged_model="in-house-7b", cost_usd=None)], catalog)
    costs = {resource.address: resource.monthly_cost for resource in judged.estimate.resources}
    assert costs == {"calls.untold-task.gpt-4o": Decimal("0.304167"), "calls.untold-task.in-house-7b": None}
    assert judged.estimate.coverage.unpriced == 1
    assert [one.finding.code for one in judged.findings] == ["TB304"]


def test_the_total_is_the_logs_cost_scaled_to_a_month(catalog: LayeredCatalog) -> None:
    rows = [
        call(n * HALF_A_MONTH / 9, model=model, team=team, task_type=task, cost_usd=Decimal(n) / 100)
        for n, (model, team, task) in enumerate(
            [("gpt-4", "a", "chat"), ("gpt-4o", "b", None), ("claude-haiku-4-5", None, "rag")] * 3 + [("o1", "a", "x")]
        )
    ]
    totals = _judged(rows, catalog).estimate.totals
    assert totals.monthly_cost == sum(row["cost_usd"] for row in rows) * 2
    assert totals.by_team == {"a": Decimal("0.36"), "b": Decimal("0.24")}


def test_a_log_of_less_than_a_day_is_taken_for_a_whole_day(catalog: LayeredCatalog) -> None:
    judged = _judged([call(0), call(3600)], catalog)
    assert judged.warnings == ("the log spans 1.0 hours: a month is reckoned from it as if it were a whole day",)
    assert judged.estimate.totals.monthly_cost == Decimal("0.608333")
    assert _judged([call(0), call(24 * 3600)], catalog).warnings == ()


@pytest.mark.parametrize(("operations", "grouped"), [(50, 50), (51, 1)])
def test_operations_tell_calls_apart_where_they_are_few(operations: int, grouped: int) -> None:
    rows = [call(n, operation=f"route-{n}") for n in range(operations)]
    assert len(groups(engine_of(rows), ())) == grouped


def test_an_empty_log_has_no_groups(catalog: LayeredCatalog) -> None:
    judged = _judged([], catalog)
    assert (judged.estimate.resources, judged.decision.outcome, judged.findings) == ((), "allow", ())
