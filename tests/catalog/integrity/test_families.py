"""The record of families: what gives away a table that was multiplied, exchanged or cut."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.integrity.families import (
    Family,
    families_of,
    family_name,
    family_problems,
    read_families,
    write_families,
)
from tollbar.errors import CatalogError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = Family("aws/ec2", "hours", 100, 400, 0.5)


def _price(path: str, amount: str) -> Price:
    return Price(PriceKey(path, "r"), "hours", (Tier(Decimal(0), Decimal(amount)),), "list", "2026-07-20", "A")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("aws/kms/key", "aws/kms"),
        ("aws/sqs", "aws/sqs"),
        ("aws/ebs/storage/gp3", "aws/ebs/storage"),
        ("aws/ec2/instance/linux/shared/on_demand/m5.large", "aws/ec2/instance/linux"),
    ],
)
def test_a_family_is_the_beginning_of_a_path(path: str, name: str) -> None:
    assert family_name(path) == name


def test_the_mean_is_geometric_over_the_first_and_last_prices_above_nothing() -> None:
    tiered = Price(
        PriceKey("aws/a/w", "r"),
        "hours",
        tuple(Tier(Decimal(start), Decimal(amount)) for start, amount in ((0, 0), (10, 8), (1000, 2))),
        "list",
        "2026-07-20",
        "A",
    )
    assert families_of([_price("aws/a/x", "1"), _price("aws/a/y", "4"), _price("aws/a/z", "0"), tiered]) == [
        Family("aws/a", "hours", 4, 4, 2.52, 2.0),
        Family("aws/a in r", "hours", 4, 4, 2.52, 2.0),
    ]


@pytest.mark.parametrize(
    ("now", "problems"),
    [
        (KNOWN, []),
        (Family("aws/ec2", "hours", 90, 360, 0.6), []),
        (Family("aws/ec2", "hours", 200, 900, 0.5), []),
        (Family("aws/ec2", "hours", 89, 400, 0.5), ["shrunken family: aws/ec2 (hours): 100 things, now 89"]),
        (Family("aws/ec2", "hours", 100, 359, 0.5), ["shrunken family: aws/ec2 (hours): 400 prices, now 359"]),
        (
            Family("aws/ec2", "hours", 100, 400, 5),
            ["moved family: aws/ec2 (hours): its mean price moved from $0.5 to $5"],
        ),
        (
            Family("aws/ec2", "hours", 100, 400, 0.05),
            ["moved family: aws/ec2 (hours): its mean price moved from $0.5 to $0.05"],
        ),
        (
            Family("aws/ec2", "hours", 100, 400, 0.5, 1),
            ["moved tiers: aws/ec2 (hours): its tiers start at 10^1 on average, before at 10^0"],
        ),
        (Family("aws/ec2", "GB", 100, 400, 0.5), ["vanished family: aws/ec2 (hours): 400 prices are gone"]),
    ],
)
def test_what_is_told_of_a_family(now: Family, problems: list[str]) -> None:
    assert [str(problem) for problem in family_problems([KNOWN], [now])] == problems


def test_a_record_of_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "families.csv").write_text("family,unit\naws/a,hours\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"families\.csv:2: no line of a record of families"):
        read_families(tmp_path / "families.csv")


def test_a_record_survives_being_written_and_read(tmp_path: Path) -> None:
    write_families(tmp_path / "families.csv", [KNOWN])
    assert read_families(tmp_path / "families.csv") == [KNOWN]
    assert read_families(tmp_path / "absent.csv") == []
