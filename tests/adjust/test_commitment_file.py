"""Inventory files: what they may say, and how mistakes are told."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.adjust import commitment_file
from tollbar.adjust.commitment import CommittedUse, Measured, Reservation, ReservedInstance, SavingsPlan
from tollbar.adjust.commitment_file import Inventory, inventory_text, read_inventory
from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

ALL_KINDS = Inventory(
    (
        ReservedInstance(
            kind="reserved_instance",
            id="ri-1",
            service="ec2",
            type="m5.large",
            region="us-east-1",
            count=4,
            os="linux",
            term="1_year",
            payment="no_upfront",
            start=date(2026, 1, 10),
            end=date(2027, 1, 9),
        ),
        SavingsPlan(
            kind="savings_plan",
            id="sp-1",
            plan="compute",
            hourly_commitment=Decimal("2.5"),
            term="3_years",
            percent=Decimal(40),
            start=date(2026, 3, 1),
            end=date(2029, 2, 28),
        ),
        CommittedUse(
            kind="committed_use",
            id="cud-1",
            series="n2",
            region="us-central1",
            vcpus=Decimal(16),
            memory_gib=Decimal(64),
            term="1_year",
            start=date(2026, 5, 1),
            end=date(2027, 4, 30),
        ),
        Reservation(
            kind="reservation",
            id="vm-1",
            size="standard_d4s_v5",
            region="westeurope",
            count=2,
            term="1_year",
            start=date(2026, 2, 1),
            end=date(2027, 1, 31),
        ),
    ),
    Measured(
        on=date(2026, 11, 26),
        days=30,
        reserved_instances_percent=Decimal("93.5"),
        savings_plans_percent=Decimal(88),
    ),
)


def read(tmp_path: Path, text: str) -> Inventory:
    file = tmp_path / "commitments.yml"
    file.write_text(text, encoding="utf-8")
    return read_inventory(file)


def wrong(tmp_path: Path, text: str) -> tuple[str, int, str | None]:
    """Return message, line and hint of the mistake in a file."""
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert caught.value.location is not None
    assert caught.value.location.file == str(tmp_path / "commitments.yml")
    return caught.value.message, caught.value.location.line or 0, caught.value.hint


def test_the_documented_shape(tmp_path: Path) -> None:
    documented = (commitment_file.__doc__ or "").partition("Shape::\n")[2]
    assert read(tmp_path, documented) == ALL_KINDS


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    ordered = Inventory(tuple(sorted(ALL_KINDS.commitments, key=lambda c: c.kind)), ALL_KINDS.measured)
    text = inventory_text(ALL_KINDS)
    assert read(tmp_path, text) == ordered
    assert inventory_text(ordered) == text
    assert "  hourly_commitment: 2.5\n" in text


def test_an_empty_file_has_no_commitments(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Inventory(())


RI = """\
commitments:
  - kind: reserved_instance
    id: ri-1
    service: ec2
    type: m5.large
    region: us-east-1
    count: 1
    term: 1_year
    start: 2026-01-01
    end: 2026-12-31
"""
SP = """\
commitments:
  - kind: savings_plan
    id: sp-1
    plan: compute
    hourly_commitment: 1
    start: 2026-01-01
    end: 2026-12-31
"""
CUD = """\
commitments:
  - kind: committed_use
    id: cud-1
    series: n2
    region: us-central1
    vcpus: 2
    start: 2026-01-01
    end: 2026-12-31
"""


@pytest.mark.parametrize(
    ("text", "message", "line", "hint"),
    [
        ("commitment: []", "unknown key 'commitment'", 1, "Did you mean 'commitments'?"),
        ("commitments: 5", "commitments: expected a list", 1, None),
        ("commitments: [5]", "commitments.0: expected a mapping", 1, None),
        ("commitments: [{id: a}]", "commitments.0.kind is missing", 1, re.compile("Known kinds: reserved_instance, ")),
        (
            RI.replace("kind: res", "kind: pres"),
            "unknown kind 'preserved_instance'",
            2,
            "Did you mean 'reserved_instance'?",
        ),
        (RI.replace("count:", "cuont:"), "unknown key 'commitments.0.cuont'", 7, "Did you mean 'count'?"),
        (f"{RI}    cuont: 1\n", "unknown key 'commitments.0.cuont'", 11, "Did you mean 'count'?"),
        (RI.replace("count: 1", "count: true"), "commitments.0.count: expected a number", 7, None),
        (RI.replace("count: 1", "count: 0"), re.compile("commitments.0.count: .*greater than or equal to 1"), 7, None),
        (
            RI.replace("2026-01-01", "01.01.2026"),
            re.compile("commitments.0.start: '01.01.2026' is not a date"),
            9,
            None,
        ),
        (RI.replace("2026-12-31", "2025-12-31"), "commitments.0: ends on 2025-12-31, before it starts", 2, None),
        (RI.replace("ec2", "rds"), "commitments.0: a reservation of rds needs an engine", 2, None),
        (
            f"{RI}    payment: all_upfront\n",
            "commitments.0: what is paid all upfront needs hourly_rate, upfront or both",
            2,
            None,
        ),
        (RI + RI.removeprefix("commitments:\n"), "the id 'ri-1' is given twice", 12, None),
        (
            SP.replace("compute", "ec2_instance"),
            "commitments.0: an ec2_instance plan needs a family and a region",
            2,
            None,
        ),
        (f"{SP}    family: m5\n", "commitments.0: a compute plan holds for all families and regions", 2, None),
        (f"{SP}    percent: 100\n", re.compile("commitments.0.percent: .*less than 100"), 8, None),
        (
            SP.replace("commitment: 1", "commitment: 0"),
            re.compile("commitments.0.hourly_commitment: .*greater than 0"),
            5,
            None,
        ),
        (
            CUD.replace("    vcpus: 2\n", ""),
            re.compile("commitments.0: resource-based committed use needs series, "),
            2,
            None,
        ),
        (f"{CUD}    percent: 5\n", "commitments.0: hourly_commitment and percent are for `type: flexible`", 2, None),
        (
            f"{CUD}    type: flexible\n",
            "commitments.0: flexible committed use needs hourly_commitment and percent",
            2,
            None,
        ),
        (
            f"{CUD}    type: flexible\n    percent: 5\n    hourly_commitment: 1\n",
            "commitments.0: flexible committed use holds for all series and regions",
            2,
            None,
        ),
        (
            f"{CUD}    vcpu_hourly_rate: 1\n",
            "commitments.0: give both vcpu_hourly_rate and gib_hourly_rate, or neither",
            2,
            None,
        ),
        (
            "measured: {on: 2026-01-01, days: 30, used: 5}",
            "unknown key 'measured.used'",
            1,
            re.compile("Known here: on, "),
        ),
    ],
)
def test_mistakes_are_told_with_their_place(
    tmp_path: Path, text: str, message: str | re.Pattern[str], line: int, hint: str | re.Pattern[str] | None
) -> None:
    told = wrong(tmp_path, text)
    assert told[1] == line
    for expected, actual in ((message, told[0]), (hint, told[2])):
        if isinstance(expected, re.Pattern):
            assert expected.match(actual or ""), actual
        else:
            assert actual == expected
