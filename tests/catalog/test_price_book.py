"""Price books: what they may say, which entry holds, and what a mistake in one gets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbar.catalog.price_book import Discount, NegotiatedPrice, Pattern, PriceBook, PriceBooks
from tollbar.catalog.price_book_check import check_price_books
from tollbar.catalog.price_book_file import read_price_books
from tollbar.errors import ConfigError
from tollbar.location import Location
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from pathlib import Path

    from tests.catalog.conftest import MakeCatalog

DAY = date(2026, 11, 21)
HERE = Location("book.yml", 1)
M5 = "aws/ec2/instance/m5.large"
KEY = PriceKey(M5, "eu-west-1")
LISTED = Price(
    KEY, "hours", (Tier(Decimal(0), Decimal("0.1")), Tier(Decimal(100), Decimal("0.08"))), "list", "2026-07-20", "A"
)
HEAD = "name: acme\nas_of: 2026-11-01\n"

shares = st.decimals(0, 100, places=2)
amounts = st.decimals(0, 10**6, places=6)


def _read(tmp_path: Path, *books: str) -> tuple[PriceBook, ...]:
    for number, text in enumerate(books):
        (tmp_path / f"book{number}.yml").write_text(text, encoding="utf-8")
    config = tmp_path / "tollbar.yml"
    names = ", ".join(f"book{number}.yml" for number in range(len(books)))
    config.write_text(f"version: 1\nprices: {{books: [{names}]}}\n", encoding="utf-8")
    return read_price_books(config, DAY)


def _error(tmp_path: Path, *books: str) -> str:
    with pytest.raises(ConfigError) as error:
        _read(tmp_path, *books)
    return str(error.value).replace(f"{tmp_path}/", "")


def _negotiated(amount: str, path: str = M5, region: str | None = None) -> NegotiatedPrice:
    pattern = Pattern(region) if region else None
    return NegotiatedPrice(Pattern(path), pattern, "hours", (Tier(Decimal(0), Decimal(amount)),), HERE)


def _off(
    percent: str | Decimal,
    path: str | None = M5,
    *,
    resource_type: str | None = None,
    region: str | None = None,
    stack: bool = False,
) -> Discount:
    pattern = Pattern(path) if path and not resource_type else None
    return Discount(
        pattern, resource_type, Pattern(region) if region else None, Decimal(percent), HERE, None, None, stack
    )


def _book(*entries: NegotiatedPrice | Discount, name: str = "acme") -> PriceBook:
    prices = tuple(entry for entry in entries if isinstance(entry, NegotiatedPrice))
    return PriceBook(
        name, "2026-11-01", "book.yml", prices, tuple(entry for entry in entries if isinstance(entry, Discount))
    )


def _amounts(books: PriceBooks, key: PriceKey = KEY) -> list[str]:
    return [str(price.tiers[0].unit_price) for _, price in books.negotiated(key)]


def _first_tier(books: PriceBooks, resource_type: str | None = None, region: str | None = "eu-west-1") -> Decimal:
    found = books.discounted(LISTED, region, resource_type)
    return (found[1] if found else LISTED).tiers[0].unit_price


# What a file says


def test_a_book_says_prices_discounts_and_rates(tmp_path: Path) -> None:
    text = """\
name: acme
as_of: 2026-11-01
currency: EUR
usd_per_unit: 1.10
prices:
  - {path: aws/ec2/instance/m5.large, region: eu-*, price: 0.08, unit: hour}
  - path: aws/sqs/requests/standard
    unit: 1M requests
    tiers: [{from: 0, price: 0.30}, {from: 100, price: 0.20}]
discounts:
  - {service: aws/ec2, percent: 12, from: 2026-01-01, until: 2026-12-31}
  - {type: aws_instance, region: eu-west-1, percent: 2.5, stack: true}
on_prem: {cpu_hour: 0.02, storage_gib_month: 0.05}
"""
    file = str(tmp_path / "book0.yml")
    eu, per_million = Pattern("eu-*"), Decimal(1_000_000)
    assert _read(tmp_path, text) == (
        PriceBook(
            "acme",
            "2026-11-01",
            file,
            (
                NegotiatedPrice(
                    Pattern(M5), eu, "hours", (Tier(Decimal(0), Decimal("0.088")),), Location(file, 6)
                ),
                NegotiatedPrice(
                    Pattern("aws/sqs/requests/standard"),
                    None,
                    "requests",
                    (
                        Tier(Decimal(0), Decimal("0.33") / per_million),
                        Tier(Decimal(100) * per_million, Decimal("0.22") / per_million),
                    ),
                    Location(file, 7),
                ),
                NegotiatedPrice(
                    Pattern("kubernetes/onprem/cpu"),
                    None,
                    "vCPU-hours",
                    (Tier(Decimal(0), Decimal("0.022")),),
                    Location(file, 13),
                ),
                NegotiatedPrice(
                    Pattern("kubernetes/onprem/storage"),
                    None,
                    "GiB-months",
                    (Tier(Decimal(0), Decimal("0.055")),),
                    Location(file, 13),
                ),
            ),
            (
                Discount(
                    Pattern("aws/ec2/*"), None, None, Decimal(12), Location(file, 11), date(2026, 1, 1),
                    date(2026, 12, 31),
                ),
                Discount(
                    None, "aws_instance", Pattern("eu-west-1"), Decimal("2.5"), Location(file, 12), None, None, True
                ),
            ),
        ),
    )  # fmt: skip


def test_a_book_may_stand_in_the_configuration_or_in_another_folder(tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "a.yml").write_text("name: a\nas_of: 2026-11-01\n", encoding="utf-8")
    config = tmp_path / "tollbar.yml"
    config.write_text(
        """\
version: 1
prices:
  books:
    - books/a.yml
    - name: b
      as_of: 2026-11-02
      prices:
        - {path: custom/hosting, price: 5, unit: month}
""",
        encoding="utf-8",
    )
    first, second = read_price_books(config, DAY)
    assert (first.name, first.origin) == ("a", str(tmp_path / "books" / "a.yml"))
    assert (second.name, second.as_of, second.origin) == ("b", "2026-11-02", str(config))
    assert second.prices[0].location == Location(str(config), 8)


@pytest.mark.parametrize(
    ("unit", "unit_price"),
    [("request", "2"), ("requests", "2"), ("1M requests", "0.000002")],
)
def test_a_unit_is_written_as_it_is_shown_or_as_the_base_unit(tmp_path: Path, unit: str, unit_price: str) -> None:
    (book,) = _read(tmp_path, f"{HEAD}prices: [{{path: a/b, price: 2, unit: {unit}}}]")
    assert (book.prices[0].unit, book.prices[0].tiers) == ("requests", (Tier(Decimal(0), Decimal(unit_price)),))


@given(amount=amounts, rate=st.decimals("0.0001", 1000, places=4))
def test_a_currency_is_converted_exactly(
    amount: Decimal, rate: Decimal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = (
        f"{HEAD}currency: EUR\nusd_per_unit: {rate:f}\n"
        f"prices: [{{path: a, price: {amount:f}, unit: hour}}, {{path: b, price: {amount:f}, unit: 1M requests}}]"
    )
    (book,) = _read(tmp_path_factory.mktemp("book"), text)
    per_hour, per_request = (price.tiers[0].unit_price for price in book.prices)
    assert per_hour == amount * rate
    assert per_request * 1_000_000 == amount * rate


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("as_of: 2026-11-01", "book0.yml:1: name is missing"),
        ("name: acme", "book0.yml:1: as_of is missing"),
        ("name: acme\nas_of: 2026", "book0.yml:2: as_of: 2026 is not a date; write it as 2026-11-01"),
        ("name: acme\nas_of: 2026-02-30", "book0.yml:2: as_of: day is out of range for month"),
        (
            "name: acme\nas_of: 2026-11-22",
            (
                "book0.yml:2: as_of: 2026-11-22 is after 2026-11-21, the day prices are looked up for\n"
                "  as_of is the day on which the prices were known; a discount that is to come has a `from`."
            ),
        ),
        (f"{HEAD}price: []", "book0.yml:3: unknown key 'price'\n  Did you mean 'prices'?"),
        (
            f"{HEAD}prices:\n  - path: a/b\n    prise: 1\n    unit: hour",
            "book0.yml:5: unknown key 'prices.0.prise'\n  Did you mean 'price'?",
        ),
        (
            f"{HEAD}on_prem: {{cpu_hours: 1}}",
            "book0.yml:3: unknown key 'on_prem.cpu_hours'\n  Did you mean 'cpu_hour'?",
        ),
        (
            f"{HEAD}currency: EUR",
            "book0.yml:1: usd_per_unit is missing: what one EUR is in USD",
        ),
        (f"{HEAD}usd_per_unit: 1.1", "book0.yml:1: usd_per_unit is 1 for prices in USD; which currency are they in?"),
        (f"{HEAD}currency: euro", "book0.yml:3: currency: String should match pattern '^[A-Z]{3}$'"),
        (f"{HEAD}currency: EUR\nusd_per_unit: 0", "book0.yml:4: usd_per_unit: Input should be greater than 0"),
        (f"{HEAD}prices: [{{path: a, unit: hour}}]", "book0.yml:3: prices.0: expected either price or tiers"),
        (f"{HEAD}prices: [{{path: a, price: 1}}]", "book0.yml:3: prices.0.unit is missing"),
        (
            f"{HEAD}prices: [{{path: a, price: 1, unit: hr}}]",
            "book0.yml:3: prices.0.unit: unknown unit 'hr'. Did you mean 'hour'?",
        ),
        (
            f"{HEAD}prices: [{{path: a, price: 1, unit: GB-mont}}]",
            "book0.yml:3: prices.0.unit: unknown unit 'GB-mont'. Did you mean 'GB-month'?",
        ),
        (
            f"{HEAD}prices: [{{path: a, price: -1, unit: hour}}]",
            "book0.yml:3: prices.0.price: Input should be greater than or equal to 0",
        ),
        (f"{HEAD}prices: [{{path: a, price: yes, unit: hour}}]", "book0.yml:3: prices.0.price: expected a number"),
        (
            f"{HEAD}prices: [{{path: a, price: 1e12, unit: hour}}]",
            "book0.yml:3: prices.0.price: Input should be less than or equal to 1000000000",
        ),
        (
            f"{HEAD}prices: [{{path: a, unit: hour, tiers: [{{from: 5, price: 1}}]}}]",
            "book0.yml:3: prices.0.tiers: tiers begin with `from: 0` and go up",
        ),
        (
            f"{HEAD}prices: [{{path: a, unit: hour, tiers: [{{from: 0, price: 1}}, {{from: 0, price: 2}}]}}]",
            "book0.yml:3: prices.0.tiers: tiers begin with `from: 0` and go up",
        ),
        (
            f"{HEAD}discounts:\n  - service: aws/ec2\n    percent: 120",
            "book0.yml:5: discounts.0.percent: Input should be less than or equal to 100",
        ),
        (
            f"{HEAD}discounts: [{{service: aws/ec2, percent: -1}}]",
            "book0.yml:3: discounts.0.percent: Input should be greater than or equal to 0",
        ),
        (f"{HEAD}discounts: [{{percent: 5}}]", "book0.yml:3: discounts.0: expected one of service, path and type"),
        (
            f"{HEAD}discounts: [{{percent: 5, type: aws_instance, service: aws/ec2}}]",
            "book0.yml:3: discounts.0: expected one of service, path and type",
        ),
        (
            f"{HEAD}discounts: [{{percent: 5, service: aws/*}}]",
            "book0.yml:3: discounts.0.service: a service has no wildcards; give it as path",
        ),
        (
            f"{HEAD}discounts: [{{percent: 5, type: t, from: 2026-02-02, until: 2026-02-01}}]",
            "book0.yml:3: discounts.0: until 2026-02-01 is before from 2026-02-02",
        ),
        (
            f"{HEAD}prices:\n  - {{path: a, price: 1, unit: hour}}\n  - {{path: a, price: 2, unit: hour}}",
            "book0.yml:5: a is priced twice, first in line 4",
        ),
        (
            f"{HEAD}prices: [{{path: kubernetes/onprem/cpu, price: 1, unit: vCPU-hour}}]\non_prem: {{cpu_hour: 2}}",
            "book0.yml:4: kubernetes/onprem/cpu is priced twice, first in line 3",
        ),
        (
            f"{HEAD}discounts:\n  - {{path: a/*, percent: 1, until: 2026-06-30}}\n  - {{service: a, percent: 2}}",
            "book0.yml:5: a/* is discounted twice, first in line 4",
        ),
    ],
)
def test_a_mistake_is_placed_and_what_was_expected_is_said(tmp_path: Path, text: str, message: str) -> None:
    assert _error(tmp_path, text) == message


def test_one_discount_may_follow_another_and_stand_beside_one_to_stack(tmp_path: Path) -> None:
    entries = [
        "{path: a, percent: 1, until: 2026-06-30}",
        "{path: a, percent: 2, from: 2026-07-01}",
        "{path: a, percent: 3, stack: true}",
    ]
    (book,) = _read(tmp_path, f"{HEAD}discounts: [{', '.join(entries)}]")
    assert [discount.percent for discount in book.discounts] == [1, 2, 3]


def test_books_are_told_apart_by_their_names(tmp_path: Path) -> None:
    assert _error(tmp_path, HEAD, HEAD) == "tollbar.yml:2: two price books are called 'acme'"


def test_a_book_that_is_not_there_is_named(tmp_path: Path) -> None:
    config = tmp_path / "tollbar.yml"
    config.write_text("version: 1\nprices:\n  books:\n    - none.yml\n", encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        read_price_books(config, DAY)
    assert str(error.value) == f"{config}:4: there is no price book {tmp_path / 'none.yml'}"


# Which price holds


def test_the_most_specific_price_holds() -> None:
    entries = [
        _negotiated("1", "aws/*"),
        _negotiated("2", "aws/ec2/instance/*"),
        _negotiated("3", "aws/ec2/instance/m5.*", "eu-west-1"),
        _negotiated("4"),
        _negotiated("5", region="eu-*"),
        _negotiated("6", region="eu-west-*"),
        _negotiated("7", region="eu-west-1"),
        _negotiated("8", region="us-east-1"),
        _negotiated("9", "gcp/*"),
    ]
    expected = ["7", "6", "5", "4", "3", "2", "1"]
    assert _amounts(PriceBooks((_book(*entries),), DAY)) == expected
    assert _amounts(PriceBooks((_book(*reversed(entries)),), DAY)) == expected


def test_of_equals_the_later_book_holds_and_in_it_the_later_line() -> None:
    first = _book(_negotiated("1"), _negotiated("2", "aws/ec2/instance/m5.?arge"), name="first")
    second = _book(
        _negotiated("3"),
        _negotiated("4", "aws/ec2/instance/m5.l?rge"),
        _negotiated("5", "aws/ec2/instance/m?.large"),
        name="second",
    )
    books = PriceBooks((first, second), DAY)
    assert [(name, str(price.tiers[0].unit_price)) for name, price in books.negotiated(KEY)] == [
        ("second", "3"), ("first", "1"), ("second", "5"), ("second", "4"), ("first", "2"),
    ]  # fmt: skip


def test_a_negotiated_price_carries_the_book_as_its_source() -> None:
    ((name, price),) = PriceBooks((_book(_negotiated("0.05", "aws/*", "eu-*")),), DAY).negotiated(KEY)
    tiers = (Tier(Decimal(0), Decimal("0.05")),)
    assert (name, price) == ("acme", Price(KEY, "hours", tiers, "acme", "2026-11-01", "own"))


def test_in_an_unknown_region_only_what_holds_everywhere_counts() -> None:
    books = PriceBooks((_book(_negotiated("1"), _negotiated("2", region="*")),), DAY)
    assert _amounts(books, PriceKey(M5, None)) == ["1"]


# Which discount holds


def test_a_discount_keeps_tiers_unit_and_date_of_the_list_price() -> None:
    found = PriceBooks((_book(_off("12.50")),), DAY).discounted(LISTED, "eu-west-1", None)
    tiers = (Tier(Decimal(0), Decimal("0.0875")), Tier(Decimal(100), Decimal("0.07")))
    assert found == ("acme", Price(KEY, "hours", tiers, "acme -12.5% of list", "2026-07-20", "own"))


@pytest.mark.parametrize(
    ("discounts", "share"),
    [
        ([_off("10", "aws/*"), _off("20", "aws/ec2/*")], "0.8"),
        ([_off("20", "aws/ec2/*"), _off("10", "aws/*")], "0.8"),
        ([_off("10"), _off("20", "aws/ec2/*"), _off("30", resource_type="aws_instance")], "0.9"),
        ([_off("20", "aws/ec2/*"), _off("30", resource_type="aws_instance")], "0.7"),
        ([_off("20", "aws/ec2/*"), _off("30", resource_type="aws_db_instance")], "0.8"),
        ([_off("10", region="eu-west-1"), _off("20", region="eu-*"), _off("30")], "0.9"),
        ([_off("20", region="us-*"), _off("30", "aws/*")], "0.7"),
        ([_off("10", "aws/*"), _off("20", "aws/ec2/*", stack=True)], "0.72"),
        ([_off("10", "aws/*", stack=True), _off("20", "aws/ec2/*", stack=True)], "0.72"),
        ([_off("10", "aws/*"), _off("50"), _off("20", "aws/ec2/*", stack=True)], "0.4"),
        ([_off("10", "gcp/*", stack=True)], "1"),
    ],
)
def test_one_discount_holds_and_those_to_stack_come_on_top(discounts: list[Discount], share: str) -> None:
    assert _first_tier(PriceBooks((_book(*discounts),), DAY), "aws_instance") == Decimal("0.1") * Decimal(share)


def test_of_equal_discounts_the_later_books_holds() -> None:
    books = PriceBooks((_book(_off("10")), _book(_off("20"), name="later")), DAY)
    found = books.discounted(LISTED, "eu-west-1", None)
    assert found is not None
    assert (found[0], found[1].source) == ("later", "later -20% of list")


def test_stacked_discounts_name_all_their_books() -> None:
    books = PriceBooks((_book(_off("10", stack=True), name="edp"), _book(_off("20"))), DAY)
    found = books.discounted(LISTED, "eu-west-1", None)
    assert found is not None
    assert (found[0], found[1].source) == ("acme, edp", "acme -20%, edp -10% of list")


@pytest.mark.parametrize(
    ("day", "share"), [("2025-12-31", "1"), ("2026-01-01", "0.88"), ("2026-06-30", "0.88"), ("2026-07-01", "1")]
)
def test_a_discount_holds_from_its_first_day_to_its_last(day: str, share: str) -> None:
    discount = Discount(Pattern(M5), None, None, Decimal(12), HERE, date(2026, 1, 1), date(2026, 6, 30))
    books = PriceBooks((_book(discount),), date.fromisoformat(day))
    assert _first_tier(books) == Decimal("0.1") * Decimal(share)


def test_a_regional_discount_needs_a_region() -> None:
    assert _first_tier(PriceBooks((_book(_off("10", region="*")),), DAY), region=None) == Decimal("0.1")


@given(st.lists(shares, max_size=5), st.lists(shares, max_size=3))
def test_a_discounted_price_is_never_above_the_list_nor_below_nothing(
    single: list[Decimal], stacked: list[Decimal]
) -> None:
    discounts = [*(_off(p) for p in single), *(_off(p, stack=True) for p in stacked)]
    amount = _first_tier(PriceBooks((_book(*discounts),), DAY))
    assert 0 <= amount <= Decimal("0.1")
    if not stacked:
        assert amount == Decimal("0.1") * (100 - (single[-1] if single else Decimal(0))) / 100


@given(st.permutations([Decimal(10), Decimal("12.5"), Decimal(40)]))
def test_the_order_of_stacked_discounts_does_not_matter(percents: list[Decimal]) -> None:
    books = PriceBooks((_book(*(_off(percent, stack=True) for percent in percents)),), DAY)
    assert _first_tier(books) == Decimal("0.1") * Decimal("0.4725")


# Against the catalogue

TABLE = (
    "aws/ec2/instance/m5.large,hours,list,2026-07-20,A,us-east-1=0.1",
    "aws/ec2/instance/m6.large,hours,list,2026-07-20,A,us-east-1=0.1",
    "aws/ec2/cpu_credits/t3,vCPU-hours,list,2026-07-20,A,us-east-1=0.05",
    "aws/sqs/requests/standard,requests,list,2026-07-20,A,us-east-1=0.0000004",
    "custom/hosting,months,list,2026-07-20,A,norway-2-eu=4",
)


@pytest.mark.parametrize(
    "entry",
    [
        "prices: [{path: aws/ec2/instance/*, price: 1, unit: hour}]",
        "prices: [{path: aws/sqs/requests/standard, region: ap-east-1, price: 1, unit: 1M requests}]",
        "prices: [{path: aws/sqs/requests/standard, region: norway-*, price: 1, unit: 1M requests}]",
        "prices: [{path: aws/sqs/requests/standard, region: global, price: 1, unit: 1M requests}]",
        "prices: [{path: custom/hosting, region: cellar-1, price: 1, unit: month}]",
        "prices: [{path: kubernetes/onprem/cpu, region: cellar-1, price: 1, unit: vCPU-hour}]",
        "discounts: [{type: aws_instance, region: norway-2-eu, percent: 1}]",
        "discounts: [{path: custom/*, region: mars-1, percent: 1}]",
        "prices: [{path: custom/hosting, price: 1, unit: month}, {path: custom/x/*, price: 1, unit: hour}]",
        "on_prem: {cpu_hour: 1, gib_hour: 1, gpu_hour: 1, storage_gib_month: 1}",
        "discounts: [{service: aws, percent: 1}, {service: aws/ec2/, percent: 1}, {path: '*m?.large', percent: 1}]",
        "discounts: [{type: aws_instance, percent: 1}, {type: azurerm_public_ip, percent: 1}]",
    ],
)
def test_what_the_catalogue_knows_passes(tmp_path: Path, make_catalog: MakeCatalog, entry: str) -> None:
    check_price_books(_read(tmp_path, f"{HEAD}{entry}"), [make_catalog(*TABLE)])


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "prices: [{path: aws/ec2/instance/m55.large, price: 1, unit: hour}]",
            (
                "no price is called 'aws/ec2/instance/m55.large'\n"
                "  Did you mean 'aws/ec2/instance/m5.large'? A path of your own begins with custom/"
            ),
        ),
        (
            "prices: [{path: aws/ec2/instnce/m5.large, price: 1, unit: hour}]",
            (
                "no price is called 'aws/ec2/instnce/m5.large'\n"
                "  Did you mean 'aws/ec2/instance/m5.large'? A path of your own begins with custom/"
            ),
        ),
        (
            "prices: [{path: aws/ec2/instance, price: 1, unit: hour}]",
            (
                "no price is called 'aws/ec2/instance'\n"
                "  Known below 'aws/ec2/instance/': m5.large, m6.large. A path of your own begins with custom/"
            ),
        ),
        (
            "discounts: [{service: aws/ec3, percent: 1}]",
            "no price is called 'aws/ec3'\n  Known below 'aws/ec2/': cpu_credits, instance.",
        ),
        (
            "discounts: [{path: aws/xyzzy/*/a, percent: 1}]",
            "no price is called 'aws/xyzzy/*/a'\n  Known below 'aws/': ec2, sqs.",
        ),
        ("discounts: [{path: zzz, percent: 1}]", "no price is called 'zzz'\n  A path begins with aws, custom."),
        (
            "prices: [{path: aws/sqs/requests/standard, price: 1, unit: GB}]",
            "aws/sqs/requests/standard is sold per 1M requests, not per GB",
        ),
        (
            "prices: [{path: aws/ec2/*, price: 1, unit: hour}]",
            "aws/ec2/cpu_credits/t3 is sold per vCPU-hour, not per hour",
        ),
        (
            "discounts: [{type: aws_instanc, percent: 1}]",
            "'aws_instanc' is no Terraform type Tollbar can price\n  Did you mean 'aws_instance'?",
        ),
        (
            "discounts: [{type: instance, percent: 1}]",
            "'instance' is no Terraform type Tollbar can price\n  Did you mean 'aws_instance'?",
        ),
        (
            "prices: [{path: aws/ec2/instance/m5.large, region: us-esat-1, price: 1, unit: hour}]",
            "no region is called 'us-esat-1'\n  Did you mean 'us-east-1'?",
        ),
        (
            "prices: [{path: aws/ec2/instance/m5.large, region: mars-1, price: 1, unit: hour}]",
            (
                "no region is called 'mars-1'\n"
                "  Regions are called as their vendor calls them: us-east-1, europe-west1, westeurope."
            ),
        ),
        (
            "discounts: [{service: aws/ec2, region: norway-2-eo, percent: 1}]",
            "no region is called 'norway-2-eo'\n  Did you mean 'norway-2-eu'?",
        ),
        (
            "discounts: [{type: aws_instance, region: eu-wset-*, percent: 1}]",
            "no region matches 'eu-wset-*'\n  Did you mean 'eu-west-3'?",
        ),
    ],
)
def test_what_would_never_be_seen_is_refused(
    tmp_path: Path, make_catalog: MakeCatalog, entry: str, message: str
) -> None:
    books = _read(tmp_path, f"{HEAD}{entry}")
    with pytest.raises(ConfigError) as error:
        check_price_books(books, [make_catalog(*TABLE)])
    assert str(error.value) == f"{tmp_path / 'book0.yml'}:3: {message}"
