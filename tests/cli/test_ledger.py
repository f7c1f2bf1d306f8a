"""``check --ledger``, ``tollbar ledger``, and what a history file makes of a check."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.samples import estimate
from tollbar.cli.app import main

BUDGET = "budgets: [{team: checkout, monthly: 150}]\npolicies: {mode: 'off', rules: {team_budget: {mode: enforce}}}\n"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with two estimates, the second of a change two days later."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOLLBAR_LEDGER", raising=False)
    _write("first.json", estimate("2026-11-19T10:00:00Z", cost="100", name="orders").to_json())
    _write("second.json", estimate("2026-11-21T10:00:00Z", cost="60", name="cart").to_json())
    _write("tollbar.yml", f"version: 1\n{BUDGET}")


def _write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")


def _listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["ledger", "list", "--format", "json", *arguments]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_the_policy_sees_what_was_kept_before(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "first.json", "--ledger", "l.sqlite"]) == 0
    printed = capsys.readouterr()
    assert re.fullmatch(r"note: kept as [0-9a-f]{12} in l\.sqlite\n", printed.err)
    assert main(["check", "second.json", "--ledger", "l.sqlite"]) == 1
    assert "its other deployments (1) cost $100.00" in " ".join(capsys.readouterr().out.split())
    listed = _listed(capsys, "--ledger", "l.sqlite")
    assert [(entry["name"], entry["monthly_cost"], entry["outcome"]) for entry in listed] == [
        ("cart", 60.0, "deny"), ("orders", 100.0, "allow"),
    ]  # fmt: skip


def test_the_same_check_again_is_the_same_entry(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["check", "first.json", "--ledger", "l.sqlite"]) == 0
    assert len(_listed(capsys, "--ledger", "l.sqlite")) == 1


@pytest.mark.parametrize("asked", ["option", "environment", "file", "section"])
def test_where_the_ledger_is(asked: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    arguments: list[str] = []
    expected = tmp_path / "own.sqlite"
    Path("conf").mkdir()
    section = {"file": "ledger: ../own.sqlite\n", "section": "ledger: {url: ../own.sqlite, days: 30}\n"}
    _write("conf/tollbar.yml", f"version: 1\n{section.get(asked, 'ledger: other.sqlite')}")
    if asked == "option":
        monkeypatch.setenv("TOLLBAR_LEDGER", str(tmp_path / "other.sqlite"))
        arguments = ["--ledger", str(expected)]
    elif asked == "environment":
        monkeypatch.setenv("TOLLBAR_LEDGER", str(expected))
    assert main(["check", "first.json", "--config", "conf/tollbar.yml", *arguments]) == 0
    assert [str(file.relative_to(tmp_path)) for file in sorted(tmp_path.rglob("*.sqlite"))] == ["own.sqlite"]


def test_without_a_ledger_nothing_is_written(tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    assert main(["check", "first.json"]) == 0
    assert sorted(tmp_path.iterdir()) == before


def test_a_ledger_that_cannot_be_read_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    _write("l.sqlite", "no database" * 100)
    assert main(["check", "first.json", "--ledger", "l.sqlite"]) == 3
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == (
        "", "error: the ledger l.sqlite cannot be opened: file is not a database\n",
    )  # fmt: skip


def test_a_password_is_in_no_message(capsys: pytest.CaptureFixture[str]) -> None:
    place = "postgresql://tollbar:hunter2@127.0.0.1:1/costs?connect_timeout=1"
    assert main(["check", "first.json", "--ledger", place]) == 3
    assert "hunter2" not in capsys.readouterr().err


def test_a_cut_history_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    _write("tollbar.yml", "version: 1\nledger: {url: l.sqlite, most: 1}\n")
    for name in ("first.json", "second.json"):
        main(["check", name])
    assert "the policy sees the last 1 deployments of l.sqlite only" in capsys.readouterr().out


def test_what_was_spent_comes_from_the_history_file(capsys: pytest.CaptureFixture[str]) -> None:
    _write("spend.yml", "spend: [{team: checkout, month: 2026-11, as_of: 2026-11-20, amount: 149}]\n")
    _write("tollbar.yml", f"version: 1\nhistory: spend.yml\nledger: l.sqlite\n{BUDGET}")
    assert main(["check", "second.json"]) == 1
    assert "$149.00 spent up to 2026-11-20" in " ".join(capsys.readouterr().out.split())


def test_deployments_come_from_one_place(capsys: pytest.CaptureFixture[str]) -> None:
    past = "{time: 2026-11-20T10:00:00Z, name: a, environment: dev, team: checkout, monthly_cost: 100, outcome: allow}"
    _write("history.yml", f"deployments: [{past}]\n")
    _write("tollbar.yml", f"version: 1\nhistory: history.yml\n{BUDGET}")
    assert main(["check", "second.json"]) == 1
    assert main(["check", "second.json", "--ledger", "l.sqlite"]) == 3
    assert "history.yml: deployments: those before are the ledger's" in capsys.readouterr().err


def test_a_history_file_that_is_not_there_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    _write("tollbar.yml", "version: 1\nhistory: absent.yml\n")
    assert main(["check", "second.json"]) == 3
    assert "absent.yml" in capsys.readouterr().err


def test_an_approval(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "first.json", "--ledger", "l.sqlite"])
    main(["check", "second.json", "--ledger", "l.sqlite"])
    denied = _listed(capsys, "--ledger", "l.sqlite")[0]["id"]
    command = ["ledger", "approve", denied[:12], "--by", "alice", "--at", "2026-11-21T12:00:00Z"]
    assert main([*command, "--ledger", "l.sqlite"]) == 0
    assert capsys.readouterr().out == f"{denied[:12]} (cart, deny) approved by alice\n"
    assert main(["ledger", "list", "--ledger", "l.sqlite", "--most", "1"]) == 0
    assert capsys.readouterr().out == (
        "Id            Time               Deployment  Team      Monthly  Change  Outcome\n"
        f"{denied[:12]}  2026-11-21T10:00Z  cart (dev)  checkout   $60.00          deny, approved by alice\n"
    )


def test_where_the_service_is_set_up_its_ledger_is_meant(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its container a token is made without telling where its ledger is; `check` keeps nothing there."""
    monkeypatch.setenv("TOLLBAR_SERVICE_LEDGER", "service.sqlite")
    main(["check", "first.json"])
    assert not Path("service.sqlite").exists()
    assert main(["tokens", "create", "portal", "--scope", "history"]) == 0
    assert Path("service.sqlite").exists()
    assert main(["ledger", "list", "--ledger", "absent.sqlite"]) == 3
    monkeypatch.setenv("TOLLBAR_LEDGER", "own.sqlite")
    assert main(["tokens", "list"]) == 3
    assert "there is no ledger own.sqlite" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["list"], "no ledger is named\n  Name one with --ledger, TOLLBAR_LEDGER or ledger: in tollbar.yml."),
        (["list", "--ledger", "absent.sqlite"], "there is no ledger absent.sqlite"),
        (["list", "--ledger", "absent.sqlite", "--format", "xml"], "unknown format 'xml'; known: json, table"),
        (["approve", "abcdef", "--by", " ", "--ledger", "absent.sqlite"], "--by is empty"),
    ],
)
def test_mistakes(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", *arguments]) == 3
    assert capsys.readouterr().err.startswith(f"error: {message}")


def test_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "first.json", "--ledger", "l.sqlite"])
    capsys.readouterr()
    assert main(["ledger", "list", "--ledger", "l.sqlite", "--project", "none"]) == 0
    assert capsys.readouterr().out == "no entries\n"
