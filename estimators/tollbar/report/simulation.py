"""A simulated call for a terminal, as Markdown, or as JSON: which policies it violates, and the dollars."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.errors import ConfigError
from tollbar.money import format_usd, round_amount
from tollbar.report.wording import message_of
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tollbar.llm.policies import LlmPolicy
    from tollbar.llm.simulation import CallCost, Compared, Simulation
    from tollbar.llm.violations import Violation

_OPTIONS = {
    "calls_per_month": ("calls a month", "--calls-per-month"),
    "input_tokens": ("input tokens a call", "--input-tokens"),
    "output_tokens": ("output tokens a call", "--output-tokens"),
}
_A_CENT = Decimal("0.01")
_THOUSAND = 1000
_NUMBERS_FROM = 1
_MODELS_NAMED = 4


def require_format(format_name: str) -> None:
    """Do nothing where there is a format of this name.

    Raises:
        ConfigError: There is none; the nearest known one is named.
    """
    if format_name not in _FORMATS:
        raise ConfigError(
            f"unknown format {format_name!r}; known: {', '.join(_FORMATS)}", hint=did_you_mean(format_name, _FORMATS)
        )


def render(simulation: Simulation, format_name: str, exit_code: int) -> str:
    """Return a simulation in the named format, ending in a newline.

    Raises:
        ConfigError: There is no such format.
    """
    require_format(format_name)
    return _FORMATS[format_name](simulation, exit_code)


def headline(violation: Violation) -> str:
    """Return a violation in a sentence or three: the policy, what to do instead, the dollars."""
    name, limit, actual = violation.policy, violation.limit, violation.actual
    if violation.finding.rule == "model_overkill":
        saving = violation.saving
        amount = "" if saving is None else f" Estimated savings: {format_usd(saving)}/month."
        fallback = f" Suggested fallback: {violation.fallback}." if violation.fallback else ""
        return f"Policy '{name}' violated.{fallback}{amount}"
    what = {"llm_retries": "retries", "output_limit": "output tokens"}.get(violation.finding.rule)
    if what is None or limit is None:
        return f"Policy '{name}' violated: {_sentence(message_of(violation.finding))}"
    has = f"{actual:f} {what}" if actual is not None else "no limit set"
    amount = f" Estimated cost increase: {format_usd(violation.increase)}." if violation.increase is not None else ""
    return f"Policy '{name}' violated ({has} > max {limit:f}).{amount}"


def _table(simulation: Simulation, exit_code: int) -> str:
    lines = [*_verdict(simulation), ""]
    costs = list(_cost_rows(simulation.costs, simulation.calls_per_month))
    lines += _aligned(costs)
    for violation in simulation.violations:
        lines += _arithmetic(violation, simulation)
    if simulation.compared:
        lines += ["", "The same call with other models:", *_aligned(_compare_rows(simulation))]
    lines += ["", *_notes(simulation), f"exit {exit_code}"]
    return "\n".join(lines) + "\n"


def _markdown(simulation: Simulation, exit_code: int) -> str:
    lines = [f"- **{line}**" if line.startswith("Policy '") else f"- {line.strip()}" for line in _verdict(simulation)]
    lines += ["", *_markdown_table(list(_cost_rows(simulation.costs, simulation.calls_per_month))), ""]
    for violation in simulation.violations:
        lines += [f"- {line.strip()}" for line in _arithmetic(violation, simulation)]
    if simulation.compared:
        lines += ["", *_markdown_table(_compare_rows(simulation))]
    lines += ["", *_notes(simulation), "", f"Exit code {exit_code}"]
    return "\n".join(lines) + "\n"


def _json(simulation: Simulation, exit_code: int) -> str:
    return json.dumps({"exit_code": exit_code, **document_of(simulation)}, indent=2, default=as_number) + "\n"


def document_of(simulation: Simulation) -> dict[str, Any]:
    """Return a simulation as a document; :func:`as_number` makes JSON of its exact numbers."""
    scenario = simulation.scenario
    told = {name: getattr(scenario, name) for name in type(scenario).__slots__}
    return {
        "outcome": simulation.decision.outcome,
        "scenario": {name: value for name, value in told.items() if value is not None},
        "assumed": dict(simulation.assumed),
        "calls_per_month": simulation.calls_per_month,
        "prices_as_of": simulation.estimate.meta.prices.as_of,
        "policies": [_policy(policy) for policy in simulation.policies if not policy.is_rule],
        "violations": [_violation(violation) for violation in simulation.violations],
        "notes": [*(message_of(finding) for finding in simulation.notes), *_not_tried(simulation)],
        "exempted": [finding.code for finding in simulation.decision.exempted],
        "costs": [_cost(cost) for cost in simulation.costs],
        "compared": [
            {**_cost(one.cost), "violations": [violation.policy for violation in one.violations],
             "verdict": _verdict_word(one)}
            for one in simulation.compared
        ],
    }  # fmt: skip


_FORMATS: Mapping[str, Callable[[Simulation, int], str]] = {"table": _table, "json": _json, "markdown": _markdown}


def as_number(value: object) -> object:
    """Return an exact number as JSON has it.

    Raises:
        TypeError: It is something else.
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def _violation(violation: Violation) -> dict[str, Any]:
    finding = violation.finding
    told = {
        "fallback": violation.fallback,
        "limit": violation.limit,
        "actual": violation.actual,
        "savings_per_month": violation.saving,
        "savings_per_call": violation.per_call if violation.saving is not None else None,
        "cost_increase_per_month": violation.increase,
        "cost_increase_per_call": violation.per_call if violation.increase is not None else None,
    }
    return {
        "policy": violation.policy,
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity,
        "summary": headline(violation),
        "message": message_of(finding),
        "remediation": finding.remediation,
        **{name: value for name, value in told.items() if value is not None},
    }


def _policy(policy: LlmPolicy) -> dict[str, Any]:
    return {
        "name": policy.name,
        "rules": list(policy.rules),
        "origin": "shipped" if policy.is_shipped else "configured",
        "asks": [demand(rule, case) for rule, case in policy.cases],
    }


def _cost(cost: CallCost) -> dict[str, Any]:
    return {
        "model": cost.model,
        "lines": [{"name": name, "tokens": tokens, "usd": amount} for name, tokens, amount in cost.lines],
        "per_call": cost.per_attempt,
        "per_1000_calls": None if cost.per_attempt is None else cost.per_attempt * _THOUSAND,
        "per_month": cost.monthly,
    }


def demand(rule: str, case: Mapping[str, Any]) -> str:
    """Return what a case of a policy asks, in words."""
    task = case.get("task_type", "any")
    of_task = "" if task == "any" else f" for {task}"
    if rule == "model_overkill":
        size = f" up to {case['input_tokens_max']} input tokens" if "input_tokens_max" in case else ""
        models = [str(model) for model in case["disallowed_models"]]
        more = f" and {len(models) - _MODELS_NAMED} more" if len(models) > _MODELS_NAMED else ""
        return f"disallows {', '.join(models[:_MODELS_NAMED])}{more}{of_task}{size}"
    if rule == "llm_retries":
        scope = [str(model) for model in case.get("model_scope", ["all"])]
        return f"at most {case['max_retries']} retries" + ("" if "all" in scope else f" of {', '.join(scope)}")
    return f"at most {case['max_output_tokens']} output tokens{of_task}"


def _verdict(simulation: Simulation) -> Iterator[str]:
    """Yield each violation, and of policies that are kept what they ask: that is why."""
    for violation in simulation.violations:
        yield headline(violation)
        if not violation.blocks:
            yield "  A warning: this policy does not block."
        for option in violation.finding.remediation.splitlines():
            yield f"  {option}"
    for finding in simulation.decision.exempted:
        yield f"Exempted: {_sentence(message_of(finding))}"
    if not simulation.violations:
        yield f"Passes: {_call(simulation)} violates no policy that was tried."
    for policy in simulation.kept:
        if not policy.is_rule or len(simulation.policies) == 1:
            yield _kept(policy)
    for note in simulation.notes:
        yield f"  Note: {_sentence(message_of(note))}"
    yield from (f"  Note: {note}" for note in _not_tried(simulation))


def _not_tried(simulation: Simulation) -> Iterator[str]:
    """Yield what the one policy that was asked for could not be tried on, as nobody told it: it passes anything."""
    if len(simulation.policies) != 1:
        return
    cases = simulation.policies[0].cases
    if simulation.scenario.task is None and any(case.get("task_type", "any") != "any" for _, case in cases):
        yield "no task is told (--task): what the policy asks of single tasks was not tried."
    if simulation.scenario.retries is None and any(rule == "llm_retries" for rule, _ in cases):
        yield "no retries are told (--retries): the limit was not tried."


def _kept(policy: LlmPolicy) -> str:
    if policy.is_off:
        return f"  Policy '{policy.name}' is off."
    if policy.is_rule:
        return f"  The rule {policy.name} finds nothing in this call."
    return f"  Policy '{policy.name}' is kept: {'; '.join(demand(rule, case) for rule, case in policy.cases)}."


def _call(simulation: Simulation) -> str:
    scenario = simulation.scenario
    facts = [
        f"{scenario.input_tokens:,} input tokens" if scenario.input_tokens is not None else "",
        f"at most {scenario.max_output_tokens:,} output tokens" if scenario.max_output_tokens is not None else "",
        f"{scenario.retries} retries" if scenario.retries is not None else "",
    ]
    told = ", ".join(fact for fact in facts if fact)
    return f"{scenario.model}{f' for {scenario.task}' if scenario.task else ''}{f' ({told})' if told else ''}"


def _cost_rows(costs: Sequence[CallCost], calls: Decimal) -> Iterator[tuple[str, ...]]:
    yield ("", *(cost.model for cost in costs))
    names = dict.fromkeys((name, tokens) for cost in costs for name, tokens, _ in cost.lines)
    for name, tokens in names:
        amounts = [_amount_of(cost, name) for cost in costs]
        yield (f"{tokens:,.0f} {name[:1].lower()}{name[1:]}", *amounts)
    yield ("one call", *(_exact(cost.per_attempt) for cost in costs))
    yield ("1,000 calls", *(_usd(None if cost.per_attempt is None else cost.per_attempt * _THOUSAND) for cost in costs))
    attempts = next((cost.attempts for cost in costs), Decimal(1))
    repeated = "" if attempts == 1 else f", {attempts:.4g} attempts each"
    yield (f"{calls:,.0f} calls a month{repeated}", *(_usd(cost.monthly) for cost in costs))


def _amount_of(cost: CallCost, wanted: str) -> str:
    return next((_exact(amount) for name, _, amount in cost.lines if name == wanted), "")


def _arithmetic(violation: Violation, simulation: Simulation) -> Iterator[str]:
    """Yield how the dollars of a violation come about."""
    calls = simulation.calls_per_month
    if violation.saving is not None and violation.per_call is not None:
        saved = format_usd(violation.saving)
        yield f"  {_exact(violation.per_call)} less a call x {calls:,.0f} calls = {saved} a month"
    if violation.increase is None or violation.limit is None or violation.actual is None or not calls:
        return
    more = violation.actual - violation.limit
    each = violation.increase / calls / more
    what = "attempts" if violation.finding.rule == "llm_retries" else "tokens"
    worst = "every call needs all its retries" if what == "attempts" else "every answer is as long as it may be"
    yield (
        f"  At worst ({worst}): {more:,.0f} {what} more x {_exact(each)} x {calls:,.0f} calls = "
        f"{format_usd(violation.increase)} a month"
    )


def _compare_rows(simulation: Simulation) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("model", "one call", "1,000 calls", f"{simulation.calls_per_month:,.0f} a month", "verdict")
    ]
    for one in simulation.compared:
        each = one.cost.per_attempt
        thousand = None if each is None else each * _THOUSAND
        rows.append((one.cost.model, _exact(each), _usd(thousand), _usd(one.cost.monthly), _verdict_word(one)))
    return rows


def _verdict_word(one: Compared) -> str:
    if not one.violations:
        return "passes"
    worst = {"error": "denied", "approval": "needs approval", "warning": "warned"}
    names = ", ".join(dict.fromkeys(violation.policy for violation in one.violations))
    return f"{worst[one.violations[0].finding.severity]}: {names}"


def _notes(simulation: Simulation) -> Iterator[str]:
    if simulation.assumed:
        told = [f"{value:,.0f} {_OPTIONS[name][0]} ({_OPTIONS[name][1]})" for name, value in simulation.assumed.items()]
        yield f"Assumed: {', '.join(told)}."
    if any(policy.is_shipped for policy in simulation.policies):
        enforced = any(policy.as_if_enforced for policy in simulation.policies)
        how = ", tried as if they were enforced (in a check they warn)" if enforced else ""
        yield f"The policies are those that Tollbar ships{how}: yours go into .github/crashlens.yml or tollbar.yml."
    yield f"List prices of {simulation.estimate.meta.prices.as_of}."


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _usd(amount: Decimal | None) -> str:
    return "not priced" if amount is None else format_usd(amount)


def _exact(amount: Decimal | None) -> str:
    """Return what one call costs: to the cent where it costs a dollar, else as many digits as tell it."""
    if amount is None:
        return "not priced"
    if amount >= 1 or amount == 0:
        return format_usd(amount)
    digits = round_amount(amount)
    return f"${digits:f}" if digits else f"${amount:.3g}"


def _aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return rows as lines, the first and last column of text to the left and numbers to the right."""
    rows = [list(row) for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    is_text = [column < _NUMBERS_FROM or rows[0][column] == "verdict" for column in range(len(rows[0]))]
    return [
        "  "
        + "  ".join(
            cell.ljust(width) if left else cell.rjust(width)
            for cell, width, left in zip(row, widths, is_text, strict=True)
        ).rstrip()
        for row in rows
    ]


def _markdown_table(rows: Sequence[Sequence[str]]) -> list[str]:
    marks = ["---" if column < _NUMBERS_FROM else "---:" for column in range(len(rows[0]))]
    cells = [[cell.replace("|", r"\|") for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (cells[0], marks, *cells[1:])]
