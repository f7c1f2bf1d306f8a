"""What a backtest makes of decisions before and after."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.ledger.samples import estimate
from tests.policy import small_policies
from tollbar.decision import Decision, Finding
from tollbar.errors import EngineError
from tollbar.policy.backtest import Backtest, Deployment, FalsePositives, Policy, Replayed, Stored, Sum, backtest
from tollbar.policy.opa_binary import OpaBinary

if TYPE_CHECKING:
    from pathlib import Path

    from tollbar.decision import Outcome, Severity

# Denies what costs over the limit, lets approve what costs over half of it, and knows nothing of what costs 13.
LIMIT = """package tollbar

decision := {"outcome": outcome, "revision": "r", "findings": findings}

findings := [{"code": "TB901", "rule": "limit", "title": "Limit", "severity": severity, "msg": "[TB901] over"}]

severity := {"deny": "error", "needs_approval": "approval", "allow": "info"}[outcome]

cost := input.totals.monthly_cost if input.totals.monthly_cost != 13

limit := data.tollbar_settings.limit

outcome := "deny" if cost > limit

outcome := "needs_approval" if {
	cost <= limit
	cost > limit / 2
}

outcome := "allow" if cost <= limit / 2
"""


def _policy(opa: Path, folder: Path, label: str, settings: dict[str, Any] | None) -> Policy:
    (folder / "policy.rego").write_text(LIMIT, encoding="utf-8")
    return Policy(label, OpaBinary(opa, [folder]), settings)


def _stored(name: str, cost: int, **more: Any) -> Stored:
    return Stored(name, estimate(cost=str(cost), team=name[:1]).to_json(), **more)


def _recorded(outcome: Outcome) -> Decision:
    return Decision(outcome=outcome, findings=(), revision="r0")


def test_two_settings_compared(opa: Path, tmp_path: Path) -> None:
    stored = [_stored("a1", 90), _stored("a2", 60), _stored("b1", 30), _stored("b2", 5)]
    before, after = (_policy(opa, tmp_path, name, {"limit": limit}) for name, limit in (("old", 100), ("new", 50)))
    result = backtest(stored, after, before, "old")
    assert (result.baseline, result.candidate, result.revision, result.errors) == ("old", "new", "r", {})
    assert [(entry.stored.name, entry.change) for entry in result.replayed] == [
        ("a1", "newly_denied"), ("a2", "newly_denied"), ("b1", "newly_needs_approval"), ("b2", None),
    ]  # fmt: skip
    assert [entry.stored.name for entry in result.changed] == ["a1", "a2", "b1"]
    assert result.outcomes("before") == {"allow": 2, "warn": 0, "needs_approval": 2, "deny": 0}
    assert result.outcomes("after") == {"allow": 1, "warn": 0, "needs_approval": 1, "deny": 2}
    assert {team: len(found) for team, found in result.by_team().items()} == {"a": 2, "b": 1}
    assert {rule: len(found) for rule, found in result.by_rule().items()} == {"TB901": 3}
    assert result.of_change("newly_denied") == Sum(2, Decimal(150), None)
    assert result.false_positives is None


def test_recorded_decisions_are_compared_with_by_their_own_settings(opa: Path, tmp_path: Path) -> None:
    stored = [
        _stored("a", 90, settings={"limit": 50}, decision=_recorded("allow"), approvals_known=True),
        _stored("b", 90, settings={"limit": 100}, decision=_recorded("deny"), approvals_known=True),
    ]
    result = backtest(stored, _policy(opa, tmp_path, "new", None), None, "recorded")
    assert [entry.change for entry in result.replayed] == ["newly_denied", "newly_needs_approval"]


def test_denials_that_were_approved_later_are_false_positives(opa: Path, tmp_path: Path) -> None:
    known = {"approvals_known": True}
    stored = [
        _stored("a", 90, decision=_recorded("deny"), approved_by="alice", **known),
        _stored("b", 90, decision=_recorded("deny"), **known),
        _stored("c", 90, decision=_recorded("needs_approval"), approved_by="bob", **known),
        _stored("d", 90, decision=_recorded("allow"), **known),
        _stored("e", 1, decision=_recorded("deny"), approved_by="carol", **known),
    ]
    result = backtest(stored, _policy(opa, tmp_path, "new", {"limit": 50}), None, "recorded")
    assert result.false_positives == FalsePositives(denied=4, approved=2, newly_denied=2, newly_denied_approved=1)
    assert result.of_change("newly_passes").count == 1


def test_what_cannot_be_decided_is_told_by_name(opa: Path, tmp_path: Path) -> None:
    stored = [
        _stored("fine", 5, settings={"limit": 9}, decision=_recorded("allow")),
        _stored("not recorded", 5, settings={"limit": 9}),
        _stored("without settings", 5, decision=_recorded("allow")),
        _stored("undefined", 13, settings={"limit": 9}, decision=_recorded("allow")),
        Stored("no JSON", "{", {"limit": 9}, _recorded("allow")),
        Stored("no estimate", "[]", {"limit": 9}, _recorded("allow")),
        Stored("without a cost", json.dumps({"deployment": {}, "totals": {}}), {"limit": 9}, _recorded("allow")),
    ]
    result = backtest(stored, _policy(opa, tmp_path, "new", None), None, "recorded")
    assert [entry.stored.name for entry in result.replayed] == ["fine"]
    undefined = "new: the policy gave no decision: data.tollbar.decision is undefined"
    assert result.errors == {
        "no JSON": "not JSON: Expecting property name enclosed in double quotes",
        "no estimate": "not an estimate",
        "not recorded": "no decision on it was recorded",
        "undefined": undefined,
        "without a cost": "not an estimate",
        "without settings": "by which settings it was decided is not known: name some with --config",
    }


def test_a_policy_that_decides_nothing_is_one_error(opa: Path, tmp_path: Path) -> None:
    (tmp_path / "policy.rego").write_text(small_policies.UNDEFINED, encoding="utf-8")
    policy = Policy("empty.tar.gz", OpaBinary(opa, [tmp_path]), {})
    with pytest.raises(EngineError, match=r"empty\.tar\.gz: the policy gave no decision"):
        backtest([_stored("a", 1), _stored("b", 2)], policy, policy, "same")


def _replayed(before: tuple[Outcome, list[str]], after: tuple[Outcome, list[str]]) -> Replayed:
    deployment = Deployment("shop", "dev", None, None, None, "2026-11-21T10:00:00Z", Decimal(1), Decimal(1))
    return Replayed(Stored("a", "{}"), deployment, _decided(*before), _decided(*after))


def _decided(outcome: Outcome, found: list[str]) -> Decision:
    severities: dict[str, Severity] = {"!": "error", "?": "approval", "~": "warning", ".": "info"}
    findings = [
        Finding(code=text[1:6], rule="rule", title="", severity=severities[text[0]], msg="", resource=text[6:] or None)
        for text in found
    ]
    return Decision(outcome=outcome, findings=tuple(findings), revision="r")


@pytest.mark.parametrize(
    ("before", "after", "change", "rules"),
    [
        (("allow", []), ("allow", [".TB101"]), None, ()),
        (("deny", ["!TB101"]), ("deny", ["!TB102"]), None, ()),
        (("allow", []), ("warn", ["~TB101"]), "newly_warns", ("TB101",)),
        (("warn", ["~TB101"]), ("allow", []), "no_longer_warns", ("TB101",)),
        (("warn", ["~TB101", "~TB201"]), ("deny", ["!TB101", "~TB201"]), "newly_denied", ("TB101",)),
        (("needs_approval", ["?TB101"]), ("deny", ["?TB101", "!TB102"]), "newly_denied", ("TB102",)),
        (
            ("warn", []),
            ("needs_approval", ["?TB101a", "?TB101b", "?TB104"]),
            "newly_needs_approval",
            ("TB101", "TB104"),
        ),
        (("deny", ["!TB101", "!TB102"]), ("needs_approval", ["?TB101"]), "newly_needs_approval", ("TB101", "TB102")),
        (("deny", ["!TB101", "!TB102"]), ("warn", ["~TB101"]), "newly_passes", ("TB101", "TB102")),
        (("needs_approval", ["?TB101"]), ("allow", []), "newly_passes", ("TB101",)),
    ],
)
def test_what_changed_and_by_which_rules(
    before: tuple[Outcome, list[str]], after: tuple[Outcome, list[str]], change: str | None, rules: tuple[str, ...]
) -> None:
    replayed = _replayed(before, after)
    assert (replayed.change, replayed.rules) == (change, rules)


def test_the_sum_of_changes_holds_what_is_known() -> None:
    known = _replayed(("allow", []), ("deny", ["!TB101"]))
    result = Backtest("a", "b", "r", (known, known), {})
    assert result.of_change("newly_denied") == Sum(2, Decimal(2), Decimal(2))
    assert result.of_change("newly_passes") == Sum(0, Decimal(0), None)
