"""A backtest as people and machines read it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.decision import Decision, Finding
from tollbar.errors import ConfigError
from tollbar.policy.backtest import Backtest, Deployment, Replayed, Stored
from tollbar.report.backtest import render

if TYPE_CHECKING:
    from tollbar.decision import Outcome, Severity


def _decision(outcome: Outcome) -> Decision:
    severity: Severity = "error" if outcome == "deny" else "warning"
    found = Finding(code="TB102", rule="deployment_limit", title="", severity=severity, msg="")
    return Decision(outcome=outcome, findings=() if outcome == "allow" else (found,), revision="r")


def _replayed(name: str, before: Outcome, after: Outcome, approved_by: str | None = None) -> Replayed:
    team, delta = ("check|out", None) if name == "a" else (None, Decimal("-2.5"))
    deployment = Deployment("shop", "dev", team, "shop", None, "2026-11-21T10:00:00Z", Decimal("1234.5"), delta)
    stored = Stored(name, "{}", approved_by=approved_by, approvals_known=True)
    return Replayed(stored, deployment, _decision(before), _decision(after))


RESULT = Backtest(
    "tollbar.yml", "candidate.yml", "0.2.0",
    (
        _replayed("a", "warn", "deny"), _replayed("b", "deny", "allow"), _replayed("c", "deny", "deny", "alice"),
        _replayed("d", "allow", "deny", "bob"),
    ),
    {"e": "not an estimate"},
)  # fmt: skip
TABLE = """\
4 decisions replayed, from 2026-11-21 to 2026-11-21
  baseline:  tollbar.yml
  candidate: candidate.yml (policy 0.2.0)

Outcomes
                        Baseline  Candidate
  passes                       1          1
  passes with warnings         1          0
  needs approval               0          0
  denied                       2          3

What changes
                Decisions  Monthly cost  Their change
  newly denied          2     $2,469.00        -$2.50
  newly passes          1     $1,234.50        -$2.50

By team
  Team       Newly denied  Newly passes  Monthly cost
  no team               1             1     $2,469.00
  check|out             1                   $1,234.50

By rule
  Rule                    Newly denied  Newly passes  Monthly cost
  TB102 deployment_limit             2             1     $3,703.50

Decisions that change
  Decision  Deployment  Team       Change        Rules  Approved by  Monthly cost  Its change
  a         shop (dev)  check|out  newly denied  TB102                  $1,234.50   not known
  d         shop (dev)             newly denied  TB102  bob             $1,234.50      -$2.50
  b         shop (dev)             newly passes  TB102                  $1,234.50      -$2.50

False positives: 2 of 3 denials were approved later (66.7%); 1 of the 2 new ones.
1 estimate could not be decided, and no figure above has them:
  e: not an estimate
"""


def test_the_table() -> None:
    assert render(RESULT, "table") == TABLE


def test_the_markdown() -> None:
    lines = render(RESULT, "markdown").splitlines()
    assert lines[:5] == [
        "## Backtest: 2 newly denied", "", "- 4 decisions replayed, from 2026-11-21 to 2026-11-21",
        "- baseline: tollbar.yml", "- candidate: candidate.yml (policy 0.2.0)",
    ]  # fmt: skip
    assert r"| a | shop (dev) | check\|out | newly denied | TB102 |  | $1,234.50 | not known |" in lines
    assert lines[-3:] == [
        "- False positives: 2 of 3 denials were approved later (66.7%); 1 of the 2 new ones.",
        "- 1 estimate could not be decided, and no figure above has them:", "  - e: not an estimate",
    ]  # fmt: skip


def test_the_json() -> None:
    document = json.loads(render(RESULT, "json"))
    assert document["by_team"] == [
        {
            "team": None,
            "newly_denied": {"count": 1, "monthly_cost": 1234.5, "delta": -2.5},
            "newly_passes": {"count": 1, "monthly_cost": 1234.5, "delta": -2.5},
        },
        {"team": "check|out", "newly_denied": {"count": 1, "monthly_cost": 1234.5, "delta": None}},
    ]
    assert document["changed"][0] == {
        "id": "a", "name": "shop", "environment": "dev", "team": "check|out", "project_id": "shop",
        "pull_request": None, "time": "2026-11-21T10:00:00Z", "monthly_cost": 1234.5, "delta": None,
        "baseline": "warn", "candidate": "deny", "change": "newly_denied", "rules": ["TB102"], "approved_by": None,
    }  # fmt: skip
    assert document["errors"] == [{"id": "e", "message": "not an estimate"}]


def test_nothing_changes() -> None:
    result = Backtest("a", "b", "r", (_replayed("b", "allow", "allow"),), {})
    assert render(result, "table").endswith(
        "  denied                       0          0\n\nNo decision changes.\n"
        "False positives: 0 of 0 denials were approved later.\n"
    )
    assert render(result, "markdown").startswith("## Backtest: nothing newly denied\n")


def test_nothing_could_be_decided() -> None:
    result = Backtest("a", "b", "unknown", (), {"e": "not an estimate"})
    assert render(result, "table").startswith("0 decisions replayed\n")


@pytest.mark.parametrize(("everything", "cut"), [(False, ["  … 5 more (--all shows them)"]), (True, [])])
def test_a_long_list_is_cut(everything: bool, cut: list[str]) -> None:  # noqa: FBT001 -- a case
    result = Backtest("a", "b", "r", tuple(_replayed(f"n{n:02}", "allow", "deny") for n in range(25)), {})
    lines = render(result, "table", everything=everything).splitlines()
    assert len([line for line in lines if "shop (dev)" in line]) == (25 if everything else 20)
    assert [line for line in lines if "…" in line] == cut


def test_an_unknown_format() -> None:
    with pytest.raises(
        ConfigError, match=r"unknown format 'tabel'; known: json, markdown, table\n  Did you mean 'table'"
    ):
        render(RESULT, "tabel")
