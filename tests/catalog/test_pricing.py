"""The arithmetic: tiers, ranges, unknown quantities."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbar.catalog.pricing import Cost, PricedComponent, price_component, tiered_cost
from tollbar.component import Component, Quantity, Unpriced
from tollbar.errors import CatalogError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from tests.catalog.conftest import MakeCatalog

KEY = PriceKey("aws/transfer/out", "us-east-1")
EGRESS = Price(
    KEY,
    "GB",
    (Tier(Decimal(0), Decimal("0.09")), Tier(Decimal(10240), Decimal("0.085")), Tier(Decimal(51200), Decimal("0.07"))),
    "list",
    "2026-07-20",
    "A",
)


@pytest.mark.parametrize(
    ("quantity", "cost"), [("0", "0"), ("100", "9"), ("10240", "921.6"), ("10241", "921.685"), ("60000", "5019.2")]
)
def test_each_part_is_billed_at_its_own_tier(quantity: str, cost: str) -> None:
    assert tiered_cost(Decimal(quantity), EGRESS) == Decimal(cost)


@given(st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2))
def test_more_never_costs_less(a: Decimal, b: Decimal) -> None:
    low, high = sorted((a, b))
    assert 0 <= tiered_cost(low, EGRESS) <= tiered_cost(high, EGRESS)


def test_a_range_is_priced_end_by_end(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog("aws/transfer/out,GB,list,2026-07-20,A,us-east-1=0:0.09|10240:0.085")
    line = price_component(Component("Out", Quantity.between(1, 10, 100, "usage"), "GB", KEY), catalog)
    assert isinstance(line, PricedComponent)
    assert line.cost == Cost(Decimal("0.09"), Decimal("0.90"), Decimal("9.00"))


def test_an_unknown_quantity_has_a_price_but_no_cost(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog("aws/transfer/out,GB,list,2026-07-20,A,us-east-1=0.09")
    line = price_component(Component("Out", Quantity.unknown(), "GB", KEY), catalog)
    assert isinstance(line, PricedComponent)
    assert line.cost is None
    assert line.unit_price == Decimal("0.09")


def test_a_missing_price_is_unpriced(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog("aws/transfer/out,GB,list,2026-07-20,A,eu-west-1=0.09")
    line = price_component(Component("Out", Quantity.fixed(1), "GB", KEY), catalog)
    assert line == Unpriced("price_not_found", "Out: no price for aws/transfer/out in us-east-1; known in eu-west-1")


def test_a_price_per_another_unit_is_an_error(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog("aws/transfer/out,hours,list,2026-07-20,A,us-east-1=0.09")
    with pytest.raises(CatalogError, match="Out counts GB, its price aws/transfer/out in us-east-1 is per hours"):
        price_component(Component("Out", Quantity.fixed(1), "GB", KEY), catalog)


def test_the_unit_price_shown_is_that_of_the_last_tier_reached() -> None:
    line = PricedComponent(Component("Out", Quantity.fixed(20000), "GB", KEY), EGRESS, None)
    assert line.unit_price == Decimal("0.085")


STEPS = (
    "llm/x/m/input_tokens,tokens,list,2026-07-20,B,global=0.0002",
    "llm/x/m/input_tokens/above_100,tokens,list,2026-07-20,B,global=0.0005",
    "llm/x/m/input_tokens/above_1000,tokens,list,2026-07-20,B,global=0.0007",
    "llm/x/m/input_tokens/batch,tokens,list,2026-07-20,B,global=0.0001",
)
TWENTY = Cost(Decimal("0.002"), Decimal("0.002"), Decimal("0.002"))
TOKENS = PriceKey("llm/x/m/input_tokens", "global")


@pytest.mark.parametrize(
    ("sizes", "cost"),
    [
        ((50, 50, 50), (20, 20, 20)),
        ((100, 100, 100), (20, 20, 20)),
        ((101, 101, 101), (50, 50, 50)),
        ((2000, 2000, 2000), (70, 70, 70)),
        ((50, 500, 5000), (20, 50, 70)),
    ],
)
def test_the_size_of_a_request_decides_its_price(
    make_catalog: MakeCatalog, sizes: tuple[int, int, int], cost: tuple[int, int, int]
) -> None:
    size = Quantity.between(*sizes, "usage")
    component = Component("In", Quantity.fixed(10), "tokens", TOKENS, request_size=size)
    line = price_component(component, make_catalog(*STEPS))
    assert isinstance(line, PricedComponent)
    assert line.cost == Cost(*(Decimal(end) / 10_000 for end in cost))


def test_a_request_of_unknown_size_is_small(make_catalog: MakeCatalog) -> None:
    component = Component("In", Quantity.fixed(10), "tokens", TOKENS, request_size=Quantity.unknown())
    line = price_component(component, make_catalog(*STEPS))
    assert isinstance(line, PricedComponent)
    assert line.cost == TWENTY


def test_what_has_no_price_is_charged_otherwise(make_catalog: MakeCatalog) -> None:
    missing, other = PriceKey("llm/x/m/cache_read_tokens", "global"), PriceKey("llm/x/m/nothing", "global")
    component = Component("Cached", Quantity.fixed(10), "tokens", missing, otherwise=(other, TOKENS))
    line = price_component(component, make_catalog(*STEPS))
    assert isinstance(line, PricedComponent)
    assert (line.price.key, line.cost) == (TOKENS, TWENTY)
    unpriced = price_component(
        Component("Cached", Quantity.fixed(10), "tokens", missing, otherwise=(other,)), make_catalog(*STEPS)
    )
    assert isinstance(unpriced, Unpriced)
    assert unpriced.detail.startswith("Cached: no price for llm/x/m/cache_read_tokens in global")


class _Negotiated:
    """A catalogue whose own prices are negotiated, and the others the list's."""

    def __init__(self, **own: str) -> None:
        self._own = own

    def find(self, key: PriceKey, _resource_type: str | None = None, /) -> Price:
        """Return what was negotiated, else $0.0009 a token by the list."""
        told = self._own.get(key.path.rpartition("/")[2])
        tiers = (Tier(Decimal(0), Decimal(told or "0.0009")),)
        return Price(key, "tokens", tiers, "list", "2026-07-20", "A" if told is None else "own")

    def names_below(self, _path: str, /) -> list[str]:
        """Return the one step that the list has."""
        return ["above_100"]


@pytest.mark.parametrize(
    ("own", "usd"),
    [
        ({"input_tokens": "0.0001"}, "0.001"),
        ({"input_tokens": "0.0001", "above_100": "0.0002"}, "0.002"),
        ({}, "0.009"),
    ],
)
def test_a_negotiated_price_holds_for_every_size_but_for_a_negotiated_step(own: dict[str, str], usd: str) -> None:
    large = Component("In", Quantity.fixed(10), "tokens", TOKENS, request_size=Quantity.fixed(101))
    line = price_component(large, _Negotiated(**own))
    assert isinstance(line, PricedComponent)
    assert line.cost == Cost(Decimal(usd), Decimal(usd), Decimal(usd))
