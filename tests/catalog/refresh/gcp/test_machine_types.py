"""The sizes of machine types must add up to the prices that are embedded."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.refresh.gcp.compute import machine_parts
from tollbar.catalog.refresh.gcp.machine_parts import PURCHASES
from tollbar.catalog.refresh.gcp.machine_types import MachineType, machine_types
from tollbar.catalog.table import DATA, read_table

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.machine_parts import Component

TOLERANCE = Fraction(5, 1000)
Row = dict["Component", Fraction]


def embedded_prices() -> dict[tuple[str, str], dict[str, Fraction]]:
    """Return the embedded price of machine types by purchase option and region."""
    found: dict[tuple[str, str], dict[str, Fraction]] = defaultdict(dict)
    for price in read_table(DATA / "gcp" / "compute.csv"):
        what, *rest = price.key.path.split("/")[2:]
        if what == "instance":
            purchase, name = rest
            found[purchase, price.key.region or ""][name] = Fraction(price.tiers[0].unit_price)
    return found


def reduced(row: Row, amount: Fraction, basis: dict[Component, tuple[Row, Fraction]]) -> tuple[Row, Fraction]:
    """Return what is left of a sum of parts and its price after the sums that are known."""
    for pivot, (known, known_amount) in basis.items():
        if factor := row.get(pivot, Fraction(0)):
            row = {part: row.get(part, 0) - factor * known.get(part, 0) for part in row | known}
            amount -= factor * known_amount
    return {part: units for part, units in row.items() if units}, amount


NOT_READ = {"a3-ultragpu-8g"}
"""What the SKUs of its parts are called is not known; the embedded price is that of the whole machine."""


def test_the_embedded_types_and_no_others_have_sizes() -> None:
    embedded = {name for (purchase, _), names in embedded_prices().items() if purchase == "on_demand" for name in names}
    assert {machine.name for machine in machine_types()} == embedded - NOT_READ


@pytest.mark.parametrize("purchase", PURCHASES.values())
def test_parts_that_explain_some_embedded_prices_explain_all_others(purchase: str) -> None:
    # Each type is an equation: the units of its parts times their prices are its price. Those that say something
    # new are kept, largest first; every other one must then come out right.
    largest_first = sorted(machine_types(), key=lambda machine: -machine.vcpus)
    checked: dict[str, int] = defaultdict(int)
    for (option, _), prices in embedded_prices().items():
        basis: dict[Component, tuple[Row, Fraction]] = {}
        for machine in largest_first if option == purchase else ():
            if machine.name not in prices:
                continue
            parts = machine_parts(machine, purchase)  # type: ignore[arg-type]  # a value of PURCHASES
            row, rest = reduced({part: Fraction(units) for part, units in parts.items()}, prices[machine.name], basis)
            if row:
                pivot = max(row, key=lambda part: row[part])
                basis[pivot] = ({part: units / row[pivot] for part, units in row.items()}, rest / row[pivot])
            else:
                assert abs(rest) <= TOLERANCE * prices[machine.name], (machine.name, float(rest))
                checked[machine.name.split("-")[0]] += 1
    for series in ("n1", "n2", "n2d", "e2", "c2", "c2d", "c3", "c3d", "c4", "n4", "t2d", "m1", "m3", "a2", "a3", "g2"):
        assert checked[series] > 0, series
    assert purchase != "on_demand" or checked["t2a"] > 0
    assert purchase == "spot" or checked["m2"] > 0


def test_a_size_follows_the_rule_of_its_family_or_its_exception() -> None:
    by_name = {machine.name: machine for machine in machine_types()}
    assert by_name["n2-standard-48"] == MachineType("n2-standard-48", Decimal(48), Decimal(192))
    assert by_name["n2-highmem-128"] == MachineType("n2-highmem-128", Decimal(128), Decimal(864))
    assert by_name["e2-micro"] == MachineType("e2-micro", Decimal("0.25"), Decimal(1))
    assert by_name["c3-standard-8-lssd"] == MachineType(
        "c3-standard-8-lssd", Decimal(8), Decimal(32), local_ssd_gb=Decimal(750)
    )
    assert by_name["g2-standard-24"] == MachineType("g2-standard-24", Decimal(24), Decimal(96), "nvidia-l4", Decimal(2))
