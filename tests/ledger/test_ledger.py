"""What a ledger keeps, what it tells of it, and what it refuses."""

from __future__ import annotations

import multiprocessing
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.ledger.samples import NOW, decision, estimate
from tollbar.errors import LedgerError
from tollbar.estimate import PastDeployment
from tollbar.ledger.interface import Selection, Summary
from tollbar.ledger.ledger import facts_of
from tollbar.ledger.opening import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tollbar.ledger.ledger import Ledger

AT = datetime(2026, 11, 21, 10, 0, 5, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(open_ledger(str(tmp_path / "ledger.sqlite"), create=True)) as opened:
        yield opened


def test_what_is_kept_comes_back_as_it_was(ledger: Ledger) -> None:
    made = estimate(cost="1234.567891", delta="-0.000001", pull_request="#7")
    entry_id = ledger.record(made, decision("deny"), {"rules": {"deployment_limit": {"limit": 10.5}}}, AT)
    (entry,) = ledger.entries(Selection())
    assert entry.summary == Summary(
        id=entry_id, time="2026-11-21T10:00:00.000000Z", recorded_at="2026-11-21T10:00:05.000000Z",
        change=entry.summary.change, name="shop", environment="dev", team="checkout", project_id="shop",
        pull_request="#7", monthly_cost=Decimal("1234.567891"), delta=Decimal("-0.000001"), outcome="deny",
        revision="r1", approved_by=None, approved_at=None,
    )  # fmt: skip
    assert entry.estimate == made.to_json()
    assert entry.settings == {"rules": {"deployment_limit": {"limit": 10.5}}}
    assert entry.decision == decision("deny")


def test_settings_that_are_not_known_stay_unknown(ledger: Ledger) -> None:
    ledger.record(estimate(), decision(), None)
    assert [entry.settings for entry in ledger.entries(Selection())] == [None]


def test_the_same_content_is_one_entry(ledger: Ledger) -> None:
    first = ledger.record(estimate(), decision(), {}, AT)
    assert ledger.record(estimate(), decision(), {}, datetime(2027, 1, 1, tzinfo=UTC)) == first
    assert [entry.recorded_at for entry in ledger.summaries()] == ["2026-11-21T10:00:05.000000Z"]


@pytest.mark.parametrize("other", ["estimate", "decision", "settings"])
def test_other_content_is_another_entry(ledger: Ledger, other: str) -> None:
    first = ledger.record(estimate(), decision(), {})
    second = ledger.record(
        estimate(cost="101") if other == "estimate" else estimate(),
        decision(revision="r2") if other == "decision" else decision(),
        {"mode": "warn"} if other == "settings" else {},
    )
    assert {entry.id for entry in ledger.summaries()} == {first, second}
    assert first != second


def test_the_deployments_before_are_those_of_the_team_or_the_project(ledger: Ledger) -> None:
    owners: dict[str, dict[str, Any]] = {
        "same team": {"team": "checkout", "project_id": "other"},
        "same project": {"team": "other", "project_id": "shop"},
        "neither": {"team": "other", "project_id": "other"},
        "nobody's": {"team": None, "project_id": None},
    }
    for name, owner in owners.items():
        ledger.record(estimate("2026-11-20T10:00:00Z", name=name, **owner), decision(), {})
    found = ledger.deployments_before(facts_of(estimate()), 90, 500)
    assert {past.name for past in found} == {"same team", "same project"}


def test_without_an_owner_the_name_tells(ledger: Ledger) -> None:
    nobody: dict[str, Any] = {"team": None, "project_id": None}
    ledger.record(estimate("2026-11-20T10:00:00Z", cost="5", **nobody), decision(), {})
    ledger.record(estimate("2026-11-20T10:00:00Z", cost="6", name="other", **nobody), decision(), {})
    assert [past.monthly_cost for past in ledger.deployments_before(facts_of(estimate(**nobody)), 90, 500)] == [
        Decimal(5)
    ]


def test_a_deployment_before_is_told_in_the_words_of_the_contract(ledger: Ledger) -> None:
    entry = ledger.record(
        estimate("2026-11-20T12:00:00+02:00", cost="5.5", delta="1.25", pull_request="#6"), decision("deny"), {}
    )
    ledger.approve(entry, "alice", "2026-11-20T15:00:00Z")
    assert ledger.deployments_before(facts_of(estimate()), 90, 500) == (
        PastDeployment(
            time="2026-11-20T10:00:00.000000Z", name="shop", environment="dev", team="checkout", project_id="shop",
            pull_request="#6", monthly_cost=Decimal("5.5"), delta=Decimal("1.25"), outcome="deny",
            approved_at="2026-11-20T15:00:00.000000Z",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("time", "found"),
    [
        ("2026-11-14T09:59:59Z", 0),
        ("2026-11-14T10:00:00Z", 1),
        ("2026-11-21T09:59:59Z", 1),
        ("2026-11-21T10:00:00Z", 0),
        ("2026-11-22T10:00:00Z", 0),
    ],
)
def test_the_window(ledger: Ledger, time: str, found: int) -> None:
    ledger.record(estimate(time, cost="5"), decision(), {})
    assert len(ledger.deployments_before(facts_of(estimate()), 7, 500)) == found


def test_of_the_checks_of_one_change_the_last_counts(ledger: Ledger) -> None:
    for day, cost, pull_request in ((10, "1", "#1"), (11, "2", "#1"), (12, "3", "#2"), (13, "4", "#7")):
        ledger.record(estimate(f"2026-11-{day}T10:00:00Z", cost=cost, pull_request=pull_request), decision(), {})
    ledger.record(estimate("2026-11-14T10:00:00Z", cost="5", pull_request="#7", environment="prod"), decision(), {})
    before = ledger.deployments_before(facts_of(estimate(cost="9", pull_request="#7")), 90, 500)
    assert [int(past.monthly_cost) for past in before] == [5, 3, 2]


def test_without_pull_requests_the_same_resources_are_the_same_change(ledger: Ledger) -> None:
    for day in (10, 11):
        ledger.record(estimate(f"2026-11-{day}T10:00:00Z", cost="5"), decision(), {})
    ledger.record(estimate("2026-11-12T10:00:00Z", cost="100"), decision(), {})
    assert [int(past.monthly_cost) for past in ledger.deployments_before(facts_of(estimate()), 90, 500)] == [5]


def test_no_more_than_asked_for_the_newest(ledger: Ledger) -> None:
    for day in (10, 11, 12):
        ledger.record(estimate(f"2026-11-{day}T10:00:00Z", cost=str(day)), decision(), {})
    assert [int(past.monthly_cost) for past in ledger.deployments_before(facts_of(estimate()), 90, 2)] == [12, 11]


@pytest.mark.parametrize(
    ("selection", "costs"),
    [
        (Selection(), [10, 11, 12]),
        (Selection(since="2026-11-11T10:00:00Z"), [11, 12]),
        (Selection(since="2026-11-11"), [11, 12]),
        (Selection(until="2026-11-11T10:00:00Z"), [10]),
        (Selection(project="shop"), [10, 11]),
        (Selection(team="search"), [12]),
        (Selection(project="nothing"), []),
    ],
)
def test_a_selection(ledger: Ledger, selection: Selection, costs: list[int]) -> None:
    for day in (11, 10):
        ledger.record(estimate(f"2026-11-{day}T10:00:00Z", cost=str(day)), decision(), {})
    ledger.record(estimate("2026-11-12T10:00:00Z", cost="12", project_id="index", team="search"), decision(), {})
    assert [int(entry.summary.monthly_cost) for entry in ledger.entries(selection)] == costs
    assert [int(entry.monthly_cost) for entry in ledger.select(selection)] == costs[::-1]


def test_a_selection_by_no_time_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="'soon' is not an RFC 3339 time"):
        list(ledger.select(Selection(since="soon")))


def test_an_approval_is_noted_once(ledger: Ledger) -> None:
    entry = ledger.record(estimate(), decision("deny"), {})
    for at in ("2026-11-21T12:00:00Z", "2026-11-22T12:00:00Z"):
        approved = ledger.approve(entry[:12], "alice", at)
        assert (approved.approved_by, approved.approved_at) == ("alice", "2026-11-21T12:00:00.000000Z")
    with pytest.raises(LedgerError, match=rf"{entry[:12]} was approved by alice at 2026-11-21T12"):
        ledger.approve(entry, "bob", NOW)


def test_what_passed_needs_no_approval(ledger: Ledger) -> None:
    entry = ledger.record(estimate(), decision("warn"), {})
    with pytest.raises(LedgerError, match="needs no approval: its outcome was warn"):
        ledger.approve(entry, "alice", NOW)
    assert [found.approved_by for found in ledger.summaries()] == [None]


@pytest.mark.parametrize(
    ("entry_id", "message"),
    [
        ("ffffffffffff", "there is no entry 'ffffffffffff' in"),
        ("fffff", "'fffff' is not an id\n  `tollbar ledger list` shows them"),
        ("%%%%%%%%", "is not an id"),
        ("______", "is not an id"),
    ],
)
def test_an_approval_of_nothing(ledger: Ledger, entry_id: str, message: str) -> None:
    ledger.record(estimate(), decision("deny"), {})
    with pytest.raises(LedgerError, match=message):
        ledger.approve(entry_id, "alice", NOW)


def test_the_beginning_of_several_ids(ledger: Ledger, tmp_path: Path) -> None:
    for cost in ("1", "2"):
        ledger.record(estimate(cost=cost), decision("deny"), {})
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        connection.execute("UPDATE tollbar_ledger_entries SET id = 'abcdef' || substr(id, 7)")
        connection.commit()
    with pytest.raises(LedgerError, match="there are several entries 'abcdef' in"):
        ledger.approve("abcdef", "alice", NOW)


def test_a_damaged_entry_is_an_error(ledger: Ledger, tmp_path: Path) -> None:
    entry = ledger.record(estimate(), decision(), {})
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        connection.execute("UPDATE tollbar_ledger_entries SET estimate = x'00'")
        connection.commit()
    with pytest.raises(LedgerError, match=rf"the entry {entry[:12]} of .* is damaged"):
        list(ledger.entries(Selection()))


def test_a_ledger_whose_tables_are_gone_is_an_error(ledger: Ledger, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        connection.execute("DROP TABLE tollbar_ledger_entries")
    with pytest.raises(LedgerError, match="cannot be read: no such table"):
        ledger.deployments_before(facts_of(estimate()), 90, 500)
    with pytest.raises(LedgerError, match="cannot be written: no such table"):
        ledger.record(estimate(), decision(), {})


def _write(place: str, writer: int) -> None:
    with closing(open_ledger(place, create=True)) as ledger:
        for number in range(10):
            ledger.record(estimate(cost=str(number)), decision(), {})
            ledger.record(estimate(cost=str(1000 + 100 * writer + number)), decision(), {})


def test_writers_side_by_side(tmp_path: Path) -> None:
    """All of them begin the ledger, write the same ten entries and ten of their own."""
    place = str(tmp_path / "ledger.sqlite")
    processes = [multiprocessing.get_context("spawn").Process(target=_write, args=(place, n)) for n in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    with closing(open_ledger(place)) as ledger:
        assert len(list(ledger.entries(Selection()))) == 50
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".")]
