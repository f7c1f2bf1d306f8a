"""What rates become: tiers, base units, and what is no price at all."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.refresh.aws.assembly import PriceAssembly
from tollbar.catalog.refresh.aws.product import ON_DEMAND, Product, Rate, Term
from tollbar.catalog.refresh.aws.service import Rule, Service, Sold, by_rules
from tollbar.catalog.refresh.interface import Portion
from tollbar.errors import RefreshError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Portion("things", "eu-west-1")
NO_UPFRONT = Term("Reserved", "4NA7Y494T4", "1yr", "No Upfront", "standard")
ALL_UPFRONT = Term("Reserved", "6QCMYABX3D", "1yr", "All Upfront", "standard")
PARTIAL = Term("Reserved", "HU7G6KETJZ", "1yr", "Partial Upfront", "standard")


def product(sku: str = "A", **attributes: str) -> Product:
    return Product(sku, "Things", {"regioncode": "eu-west-1", "usagetype": "EU-Thing", **attributes})


def rate(
    usd: str | None, unit: str = "Hrs", begin: str = "0", *, term: Term = ON_DEMAND, sold: Product | None = None
) -> Rate:
    return Rate(sold or product(), term, unit, Decimal(begin), None if usd is None else Decimal(usd))


def assembled(rates: Sequence[Rate], unit: str = "hours", portion: Portion = HERE, pieces: int = 1) -> list[str]:
    """Return the prices as texts: path, unit, and tiers as start:price."""

    def sold(_product: Product, term: Term) -> Sold:
        path = "aws/thing" if term.kind == "OnDemand" else f"aws/thing/{term.years}_year/{term.payment_option}"
        return Sold(path, unit, pieces)

    assembly = PriceAssembly(Service("things", (), sold), portion)
    for one in rates:
        assembly.add(one)
    return [
        f"{price.key.path} {price.unit} {' '.join(f'{tier.start:f}:{tier.unit_price:f}' for tier in price.tiers)}"
        for price in assembly.prices("list", "2026-11-20")
    ]


def test_a_price_carries_its_source_date_and_trust() -> None:
    service = Service("things", (), by_rules([Rule("Thing", "aws/thing", "hours")]))
    assembly = PriceAssembly(service, HERE)
    assembly.add(rate("0.0480000000"))

    expected = Price(
        PriceKey("aws/thing", "eu-west-1"), "hours", (Tier(Decimal(0), Decimal("0.048")),), "list", "2026-11-20", "A"
    )
    assert assembly.prices("list", "2026-11-20") == (expected,)


def test_tiers_are_ordered_by_their_start() -> None:
    rates = [rate("0.1", "Metrics", "10000"), rate("0.3", "Metrics"), rate("0.05", "Metrics", "250000")]
    assert assembled(rates, "metrics") == ["aws/thing metrics 0:0.3 10000:0.1 250000:0.05"]


def test_starts_and_prices_are_in_base_units() -> None:
    rates = [rate("0.00001667", "GB-Second"), rate("0.00000833", "GB-Second", "3600000")]
    assert assembled(rates, "GB-hours") == ["aws/thing GB-hours 0:0.060012 1000:0.029988"]
    assert assembled([rate("45.056", "GiBps-mo")], "MBps-months") == ["aws/thing MBps-months 0:0.044"]
    assert assembled([rate("0.000111", "GB-Hours")], "GB-months") == ["aws/thing GB-months 0:0.08103"]


@pytest.mark.parametrize(
    ("unit", "usd", "expected"),
    [
        ("Units", "3.0000000000", "0:0.000003"),
        ("1M tokens", "3.0000000000", "0:0.000003"),
        ("1K tokens", "0.0030000000", "0:0.000003"),
    ],
)
def test_pieces_count_only_where_the_unit_does_not_say_how_many(unit: str, usd: str, expected: str) -> None:
    assert assembled([rate(usd, unit)], "tokens", pieces=1_000_000) == [f"aws/thing tokens {expected}"]


def test_the_free_allowance_of_the_account_is_left_to_the_account() -> None:
    rates = [rate("0", "Requests"), rate("0.0000005", "Requests", "1000000")]
    assert assembled(rates, "requests") == ["aws/thing requests 0:0.0000005"]


def test_what_is_sold_at_nothing_alone_is_no_price() -> None:
    assert assembled([rate("0.0000000000")]) == []


def test_nothing_behind_a_paid_tier_is_refused() -> None:
    with pytest.raises(RefreshError, match="things in eu-west-1: A sells aws/thing at 0 behind a tier that is paid"):
        assembled([rate("0.1"), rate("0", begin="100")])


def test_a_reservation_is_priced_by_its_hours_not_by_its_fee() -> None:
    rates = [
        rate("0.06", term=NO_UPFRONT),
        rate("250", "Quantity", term=PARTIAL),
        rate("0.029", term=PARTIAL),
        rate("490", "Quantity", term=ALL_UPFRONT),
        rate("0", term=ALL_UPFRONT),
        rate("0.03", term=Term("Reserved", "NQ3QZPMQV9", "3yr", "Heavy Utilization")),
    ]
    assert assembled(rates) == [
        "aws/thing/1_year/no_upfront hours 0:0.06",
        "aws/thing/1_year/partial_upfront hours 0:0.029",
    ]


def test_prices_in_other_currencies_are_passed_over() -> None:
    assert assembled([rate(None)]) == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"regioncode": "eu-west-2"},
        {"regioncode": "us-west-2-lax-1"},
        {"regioncode": ""},
        {"locationtype": "AWS Local Zone"},
        {"locationtype": "AWS Outposts"},
    ],
)
def test_only_the_region_of_the_portion_counts(elsewhere: dict[str, str]) -> None:
    assert assembled([rate("1", sold=product(**elsewhere)), rate("2")]) == ["aws/thing hours 0:2"]


def test_what_is_sold_nowhere_in_particular_is_sold_everywhere() -> None:
    edge = product(regioncode="", locationtype="AWS Edge Location")
    rates = [rate("1", sold=edge), rate("2")]
    assert assembled(rates, portion=Portion("things", "global")) == ["aws/thing hours 0:1"]


def test_an_unknown_unit_is_refused_by_name() -> None:
    with pytest.raises(
        RefreshError,
        match=r"^things in eu-west-1: A \(EU-Thing\) is sold in 'Furlongs', which is not known to hold any hours",
    ):
        assembled([rate("1", "Furlongs")])


def test_a_known_unit_of_something_else_is_refused() -> None:
    with pytest.raises(RefreshError, match="is sold in 'GB', which is not known to hold any hours"):
        assembled([rate("1", "GB")])


def test_two_products_under_one_path_must_agree() -> None:
    first, second = rate("1", sold=product("A")), rate("2", sold=product("B"))

    with pytest.raises(RefreshError, match="A and B are both aws/thing, at different prices: 1 and 2"):
        assembled([first, second])


def test_two_products_at_one_price_are_one_price() -> None:
    assert assembled([rate("1.00", sold=product("A")), rate("1", sold=product("B"))]) == ["aws/thing hours 0:1"]


def test_a_free_product_beside_a_paid_one_does_not_contradict_it() -> None:
    assert assembled([rate("0", sold=product("A")), rate("1", sold=product("B"))]) == ["aws/thing hours 0:1"]


def test_one_tier_has_one_price() -> None:
    with pytest.raises(RefreshError, match="A has two prices from 0 hours on: 1 and 2"):
        assembled([rate("1"), rate("2")])
