"""What commitments make of resources' costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.adjust.price_list import EMPTY
from tollbar.adjust.commitment import KINDS
from tollbar.adjust.commitments import UsedCommitment
from tollbar.adjust.committed_costs import CommittedCost, PricedLines, adjust
from tollbar.catalog.pricing import Cost, PricedComponent
from tollbar.component import Component, Quantity
from tollbar.price import Price, PriceKey, Tier

ON = date(2026, 6, 1)
RESERVED = KINDS["reserved_instance"].model_validate(
    {
        "kind": "reserved_instance", "id": "ri-1", "service": "ec2", "type": "m5.large", "region": "us-east-1",
        "count": 1, "term": "1_year", "hourly_rate": "0.06", "start": date(2026, 1, 1), "end": date(2026, 12, 31),
    }
)  # fmt: skip


def _line(path: str, unit_price: str, quantity: Decimal | None) -> PricedComponent:
    key = PriceKey(path, "us-east-1")
    price = Price(key, "hours", (Tier(Decimal(0), Decimal(unit_price)),), "list", "2026-11-01", "A")
    cost = None if quantity is None else quantity * Decimal(unit_price)
    component = Component("Usage", Quantity.unknown() if quantity is None else Quantity.fixed(quantity), "hours", key)
    return PricedComponent(component, price, None if cost is None else Cost(cost, cost, cost))


INSTANCE = "aws/ec2/instance/linux/shared/on_demand/m5.large"


def test_only_the_machines_of_a_resource_are_covered() -> None:
    resources = [
        PricedLines("disk", [_line("aws/ebs/gp3/storage", "0.08", Decimal(100))]),
        PricedLines(
            "machine", [_line("aws/ebs/gp3/storage", "0.08", Decimal(20)), _line(INSTANCE, "0.1", Decimal(730))]
        ),
        PricedLines("by usage", [_line(INSTANCE, "0.1", None)]),
        PricedLines("nothing", []),
    ]
    adjusted = adjust(resources, [RESERVED], ON, EMPTY, Decimal(730))
    covered = CommittedCost(Decimal("43.8"), Decimal(73))
    assert adjusted.costs == (CommittedCost(), covered, CommittedCost(), CommittedCost())
    assert covered.effective(Decimal("74.6")) == Decimal("45.4")
    assert adjusted.commitments == (UsedCommitment("ri-1", "reserved_instance", Decimal("43.8"), Decimal("43.8")),)


def test_the_lines_of_a_resource_add_up() -> None:
    two = PricedLines("group", [_line(INSTANCE, "0.1", Decimal(365)), _line(INSTANCE, "0.1", Decimal(730))])
    (cost,) = adjust([two], [RESERVED], ON, EMPTY, Decimal(730)).costs
    assert cost == CommittedCost(Decimal("43.8"), Decimal(73))


def test_without_commitments_the_list_price_is_effective() -> None:
    (cost,) = adjust([PricedLines("m", [_line(INSTANCE, "0.1", Decimal(730))])], [], ON, EMPTY, Decimal(730)).costs
    assert cost.effective(Decimal(73)) == 73
