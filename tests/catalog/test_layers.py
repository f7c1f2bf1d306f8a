"""Several sources of prices as one catalogue: which holds, and what comes next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.borrowing import Borrowing
from tollbar.catalog.layers import Candidate, LayeredCatalog, NamedLayer, NamedSnapshot
from tollbar.catalog.lookup import PriceNotFound
from tollbar.catalog.price_book import Discount, NegotiatedPrice, Pattern, PriceBook, PriceBooks
from tollbar.catalog.search import Searchable
from tollbar.location import Location
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.catalog.conftest import MakeCatalog
    from tollbar.catalog.lookup import SnapshotCatalog
    from tollbar.catalog.search import Found, Query

PATH = "aws/ec2/m5.large"
EU = PriceKey(PATH, "eu-west-1")
HERE = Location("book.yml", 1)


class Tokens:
    """A layer that knows one price."""

    price = Price(
        PriceKey("llm/a/gpt", "global"), "tokens", (Tier(Decimal(0), Decimal(3)),), "genai", "2026-11-01", "B"
    )

    def candidates(self, key: PriceKey) -> Sequence[Price]:
        """Return the one price under its path."""
        return self.prices_of(key.path)

    def prices_of(self, path: str) -> Sequence[Price]:
        """Return the one price under its path."""
        return [self.price] if path == self.price.key.path else []

    def searchable(self, _query: Query, *, thorough: bool) -> Sequence[Searchable]:
        """Return its path, once asked thoroughly."""
        return [Searchable(self.price.key.path, " llm a gpt ", everywhere=True)] if thorough else []

    def regions(self) -> frozenset[str]:
        """Return where tokens are sold."""
        return frozenset({"global"})

    def note(self, path: str) -> str | None:
        """Return a note on its path."""
        return "a note" if path == self.price.key.path else None

    def names_below(self, _path: str) -> list[str]:
        """Return nothing: its price has no variants."""
        return []

    def miss(self, key: PriceKey) -> PriceNotFound:
        """Return its path for whatever begins with llm."""
        return PriceNotFound(key, nearest_paths=(self.price.key.path,) if key.path.startswith("llm/") else ())

    def source_name(self, source: str) -> str:
        """Return the name of its source."""
        return "Prices of tokens" if source == "genai" else source


def _layered(*snapshots: SnapshotCatalog, books: PriceBooks | None = None, borrow: bool = False) -> LayeredCatalog:
    named = [NamedSnapshot(f"snapshot {number}", catalog) for number, catalog in enumerate(snapshots)]
    return LayeredCatalog(named, [NamedLayer("tokens", Tokens())], books, Borrowing() if borrow else None)


def _paths(found: Found) -> list[str]:
    return [match.path for match in found.matches]


def _amounts(candidates: Sequence[Candidate]) -> list[tuple[str, Decimal]]:
    return [(layer, price.tiers[0].unit_price) for layer, price in candidates]


def _flat(found: Price | PriceNotFound) -> Decimal:
    assert isinstance(found, Price)
    return found.tiers[0].unit_price


def _acme(*, percent: str = "10", resource_type: str | None = None) -> PriceBook:
    tiers = (Tier(Decimal(0), Decimal("0.05")),)
    path = None if resource_type else Pattern("aws/ec2/*")
    return PriceBook(
        "acme",
        "2026-11-01",
        "book.yml",
        (NegotiatedPrice(Pattern(PATH), Pattern("us-east-1"), "hours", tiers, HERE),),
        (Discount(path, resource_type, None, Decimal(percent), HERE),),
    )


def _books(*books: PriceBook) -> PriceBooks:
    return PriceBooks(books, date(2026, 11, 21))


def test_of_snapshots_the_most_trusted_then_the_newest_counts(make_catalog: MakeCatalog) -> None:
    catalog = _layered(
        make_catalog(f"{PATH},hours,list,2026-07-20,A,eu-west-1=3 global=2"),
        make_catalog(f"{PATH},hours,list,2026-11-20,B,eu-west-1=5"),
        make_catalog(f"{PATH},hours,list,2026-11-20,A,eu-west-1=4"),
    )
    assert _amounts(catalog.candidates(EU)) == [
        ("snapshot 2", Decimal(4)),
        ("snapshot 0", Decimal(3)),
        ("snapshot 0", Decimal(2)),
        ("snapshot 1", Decimal(5)),
    ]
    assert _flat(catalog.find(EU)) == Decimal(4)
    assert catalog.as_of == "2026-11-20"


def test_the_first_of_equal_snapshots_counts_and_trust_before_the_region(make_catalog: MakeCatalog) -> None:
    catalog = _layered(
        make_catalog(f"{PATH},hours,list,2026-07-20,A,global=1"),
        make_catalog(f"{PATH},hours,list,2026-07-20,C,eu-west-1=2"),
        make_catalog(f"{PATH},hours,list,2026-07-20,A,global=3"),
    )
    assert [amount for _, amount in _amounts(catalog.candidates(EU))] == [Decimal(1), Decimal(3), Decimal(2)]
    assert _flat(catalog.find(PriceKey(PATH, None))) == Decimal(1)


def test_own_prices_come_first_and_discounts_before_the_list(make_catalog: MakeCatalog) -> None:
    snapshot = make_catalog(f"{PATH},hours,list,2026-07-20,A,us-east-1=0.10 eu-west-1=0.20")
    catalog = _layered(snapshot, books=_books(_acme()))
    assert _amounts(catalog.candidates(PriceKey(PATH, "us-east-1"))) == [
        ("price book acme", Decimal("0.05")),
        ("price book acme", Decimal("0.09")),
        ("snapshot 0", Decimal("0.10")),
    ]
    assert catalog.find(EU) == Price(
        EU, "hours", (Tier(Decimal(0), Decimal("0.18")),), "acme -10% of list", "2026-07-20", "own"
    )


def test_further_layers_come_after_the_snapshots(make_catalog: MakeCatalog) -> None:
    key = PriceKey("llm/a/gpt", "global")
    alone = _layered(make_catalog(f"{PATH},hours,list,2026-07-20,A,us-east-1=0.10"))
    assert alone.candidates(key) == [Candidate("tokens", Tokens.price)]
    both = _layered(make_catalog("llm/a/gpt,hours,list,2026-07-20,C,global=1"))
    assert [layer for layer, _ in both.candidates(key)] == ["snapshot 0", "tokens"]


def test_another_regions_price_is_taken_only_where_asked_for(make_catalog: MakeCatalog) -> None:
    snapshot = make_catalog(f"{PATH},hours,list,2026-07-20,A,us-east-1=0.10 eu-north-1=0.09")
    assert str(_layered(snapshot).find(EU)) == f"no price for {PATH} in eu-west-1; known in eu-north-1, us-east-1"
    found = _layered(snapshot, borrow=True).find(EU)
    assert isinstance(found, Price)
    assert (found.trust, found.key, _flat(found)) == ("borrowed", PriceKey(PATH, "us-east-1"), Decimal("0.10"))


def test_nothing_is_borrowed_where_nobody_knows_the_region_or_it_is_known(make_catalog: MakeCatalog) -> None:
    snapshot = make_catalog(f"{PATH},hours,list,2026-07-20,A,us-east-1=0.10 eu-west-1=0.2")
    catalog = _layered(snapshot, borrow=True)
    assert "the region of aws/ec2/m5.large is not known" in str(catalog.find(PriceKey(PATH, None)))
    assert [price.trust for _, price in catalog.candidates(EU)] == ["A"]


def test_a_discount_on_a_borrowed_price_keeps_it_borrowed(make_catalog: MakeCatalog) -> None:
    snapshot = make_catalog(f"{PATH},hours,list,2026-07-20,A,us-east-2=0.10")
    found = _layered(snapshot, books=_books(_acme()), borrow=True).find(EU)
    assert isinstance(found, Price)
    assert (found.trust, _flat(found), found.source) == ("borrowed", Decimal("0.09"), "acme -10% of list")
    assert (found.low, found.high) == (Decimal("0.76"), Decimal("1.32"))


def test_a_negotiated_price_of_one_region_is_never_lent(make_catalog: MakeCatalog) -> None:
    snapshot = make_catalog("aws/ec2/m6.large,hours,list,2026-07-20,A,us-east-1=0.1")
    catalog = _layered(snapshot, books=_books(_acme()), borrow=True)
    assert str(catalog.find(EU)) == f"no price for {PATH} in eu-west-1; known in us-east-1"


def test_a_discount_by_type_holds_for_that_type_only(make_catalog: MakeCatalog) -> None:
    snapshot = make_catalog(f"{PATH},hours,list,2026-07-20,A,eu-west-1=0.20")
    catalog = _layered(snapshot, books=_books(_acme(resource_type="aws_instance")))
    assert _flat(catalog.find(EU, "aws_autoscaling_group")) == Decimal("0.20")
    assert _flat(catalog.find(EU, "aws_instance")) == Decimal("0.18")
    assert _flat(catalog.find(EU)) == Decimal("0.20")


def test_a_look_up_is_remembered(make_catalog: MakeCatalog) -> None:
    snapshot = make_catalog(f"{PATH},hours,list,2026-07-20,A,eu-west-1=0.20")
    catalog = _layered(snapshot)
    found, missed = catalog.find(EU), catalog.find(PriceKey(PATH, "mars-1"))
    catalog.close()
    assert catalog.find(PriceKey(PATH, "eu-west-1")) is found
    assert catalog.find(PriceKey(PATH, "mars-1")) is missed


def test_all_prices_of_a_thing_stand_by_region_in_order_of_precedence(make_catalog: MakeCatalog) -> None:
    catalog = _layered(
        make_catalog(f"{PATH},hours,list,2026-07-20,A,us-east-1=0.10 eu-west-1=0.20 global=0.3"),
        make_catalog(f"{PATH},hours,list,2026-08-20,A,us-east-1=0.11"),
        books=_books(_acme(percent="50")),
    )
    assert [(price.key.region, price.tiers[0].unit_price) for price in catalog.prices_of(PATH)] == [
        ("eu-west-1", Decimal("0.100")),
        ("eu-west-1", Decimal("0.20")),
        ("global", Decimal("0.15")),
        ("global", Decimal("0.3")),
        ("us-east-1", Decimal("0.05")),
        ("us-east-1", Decimal("0.055")),
        ("us-east-1", Decimal("0.11")),
        ("us-east-1", Decimal("0.10")),
    ]


def test_search_and_misses_cover_all_layers(make_catalog: MakeCatalog) -> None:
    catalog = _layered(
        make_catalog("aws/a/one,hours,list,2026-07-20,A,us-east-1=1"),
        make_catalog("aws/a/two,hours,list,2026-07-20,A,us-east-1=1", "aws/a/one,hours,list,2026-07-20,A,eu-west-1=1"),
        books=_books(_acme()),
    )
    assert _paths(catalog.search(["aws"])) == [PATH, "aws/a/one", "aws/a/two"]
    assert _paths(catalog.search(["GPT"])) == ["llm/a/gpt"]
    assert _paths(catalog.search(["us-east-1", "m5"])) == [PATH]
    assert _paths(catalog.search(["one", "eu-west-1"])) == ["aws/a/one"]
    assert str(catalog.miss(PriceKey("aws/a/one", "x"))).endswith("known in eu-west-1, us-east-1")
    assert catalog.miss(PriceKey("aws/a/ones", "x")).nearest_paths == ("aws/a/one",)
    assert catalog.miss(PriceKey("llm/a/gtp", "x")).nearest_paths == ("llm/a/gpt",)


def test_notes_come_from_the_layer_that_has_one(make_catalog: MakeCatalog) -> None:
    catalog = _layered(make_catalog("aws/a,hours,list,2026-07-20,A,us-east-1=1"))
    assert catalog.note("llm/a/gpt") == "a note"
    assert catalog.note("aws/a") is None


def test_sources_are_told_by_their_full_name(make_catalog: MakeCatalog) -> None:
    catalog = _layered(make_catalog("aws/a,hours,list,2026-07-20,A,us-east-1=1"), books=_books(_acme()))
    assert catalog.source_name("list") == "The vendor's list"
    assert catalog.source_name("genai") == "Prices of tokens"
    assert catalog.source_name("acme") == "price book acme (book.yml)"
    assert catalog.source_name("acme -10% of list") == "acme -10% of The vendor's list"
    assert catalog.source_name("rumour") == "rumour"
