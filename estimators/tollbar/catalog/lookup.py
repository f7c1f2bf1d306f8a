"""Looking a price up. A miss says what is near; it is never a price of 0."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tollbar.catalog.table import parse_tiers
from tollbar.errors import CatalogError
from tollbar.price import Price, PriceKey, preference
from tollbar.spelling import nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tollbar.catalog.integrity.anchors import Anchor
    from tollbar.catalog.integrity.families import Family
    from tollbar.catalog.search import Query, Searchable
    from tollbar.price import Trust

_REGIONS_NAMED = 4
EVERYWHERE = "global"
"""The region of what is sold at one price everywhere."""
_NO_PRICE = (ArithmeticError, LookupError, ValueError)
"""What reading a damaged row raises."""


def _where_to_tell(path: str) -> str:
    """Say where a region is told: what the cloud's provider and templates have."""
    if path.startswith("azure/"):
        return "set the location of the resource or of its resource group"
    if path.startswith("aws/"):
        return "set it in the provider block, or as AWS_REGION"
    return "set it in the provider block"


@dataclass(frozen=True, slots=True)
class PriceNotFound:
    """A miss, with what the catalogue knows nearby."""

    key: PriceKey
    other_regions: tuple[str, ...] = ()
    nearest_paths: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return one line that says what is missing and what is near."""
        missing = f"no price for {self.key}"
        if self.key.region is None:
            return f"the region of {self.key.path} is not known; {_where_to_tell(self.key.path)}"
        if self.other_regions:
            named = ", ".join(self.other_regions[:_REGIONS_NAMED])
            more = len(self.other_regions) - _REGIONS_NAMED
            return f"{missing}; known in {named}{f' and {more} more regions' if more > 0 else ''}"
        if self.nearest_paths:
            return f"{missing}; nearest known: {', '.join(self.nearest_paths)}"
        return missing


class PriceLookup(Protocol):
    """Anything prices can be looked up in."""

    def find(self, key: PriceKey, resource_type: str | None = None, /) -> Price | PriceNotFound:
        """Return the price under a key, or a miss that names what is near.

        ``resource_type`` is the Terraform type of what is priced, where there is one.
        """

    def names_below(self, path: str, /) -> Sequence[str]:
        """Return the last parts of the paths right below another: the sizes an instance is sold in."""


class Catalog(PriceLookup, Protocol):
    """A catalogue that also says of which day it is."""

    @property
    def as_of(self) -> str:
        """The date of the newest price read by a program from a vendor's own data (trust A), as an ISO date."""


class _Row(NamedTuple):
    """What one source tells of one thing on one day, in all regions."""

    prices: str
    unit: str
    source: str
    as_of: str
    trust: Trust

    def price_in(self, path: str, region: str) -> Price | None:
        """Return the price in one region, None where the row has none."""
        tiers = _tiers_in(self.prices, region)
        if tiers is None:
            return None
        return Price(PriceKey(path, region), self.unit, parse_tiers(tiers), self.source, self.as_of, self.trust)

    def all_prices(self, path: str) -> Iterator[Price]:
        """Yield the prices in all regions."""
        for region, _, tiers in (entry.partition("=") for entry in self.prices.split()):
            key = PriceKey(path, region)
            yield Price(key, self.unit, parse_tiers(tiers), self.source, self.as_of, self.trust)


class SnapshotCatalog:
    """A snapshot, the embedded one or a refreshed one, opened read-only. A warm look-up takes about a microsecond."""

    def __init__(self, file: Path, hint: str = "In a source checkout `make snapshot` builds it.") -> None:
        """Open a snapshot; ``hint`` says what to do about one that cannot be used.

        Raises:
            CatalogError: The file is missing or is no price snapshot.
        """
        self._file = file
        self._hint = hint
        if not file.is_file():
            raise CatalogError(f"the price snapshot {file} is missing", hint=hint)
        try:
            address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
            self._database = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error
        try:
            self._meta: dict[str, str] = dict(self._select("SELECT name, value FROM meta"))
            if "as_of" not in self._meta:
                raise self._damaged("it does not say of which day it is")
        except CatalogError:
            self.close()
            raise
        self._found: dict[PriceKey, Price | PriceNotFound] = {}

    @property
    def as_of(self) -> str:
        """The date of the newest price read by a program from a vendor's own data (trust A), as an ISO date."""
        return self._meta["as_of"]

    def dates(self) -> dict[str, str]:
        """Return the date of the newest price of trust A of each cloud."""
        prefix = "as_of:"
        return {name.removeprefix(prefix): day for name, day in self._meta.items() if name.startswith(prefix)}

    @property
    def is_as_compiled(self) -> bool:
        """Whether it still says what it said when it was compiled."""
        from tollbar.catalog.integrity.digest import snapshot_digest  # noqa: PLC0415 -- only who verifies pays for it

        try:
            return snapshot_digest(self._database) == self._meta.get("digest")
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def regions_of(self, cloud: str) -> frozenset[str]:
        """Return every region in which a cloud has a price."""
        rows = self._select("SELECT prices FROM prices WHERE path > ? AND path < ?", (f"{cloud}/", f"{cloud}0"))
        return frozenset(entry.partition("=")[0] for (prices,) in rows for entry in prices.split())

    def source_ids(self) -> frozenset[str]:
        """Return the identifiers of its sources."""
        return frozenset(row[0] for row in self._select("SELECT id FROM sources"))

    def families(self) -> list[Family]:
        """Return the record of its families; empty where it has none, as refreshed snapshots."""
        from tollbar.catalog.integrity.families import Family  # noqa: PLC0415 -- only who verifies pays for it

        return [Family(*row) for row in self._select("SELECT family, unit, things, prices, mean, starts FROM families")]

    def anchors(self) -> list[Anchor]:
        """Return the well-known prices it was tested by; empty where there are none."""
        from tollbar.catalog.integrity.anchors import Anchor  # noqa: PLC0415 -- only who verifies pays for it

        rows = self._select("SELECT path, region, unit, prices, page FROM anchors")
        return [
            Anchor(PriceKey(path, region), unit, parse_tiers(tiers), page) for path, region, unit, tiers, page in rows
        ]

    def regions(self) -> frozenset[str]:
        """Return every region that there is a price in."""
        rows = self._select("SELECT DISTINCT prices FROM prices")
        return frozenset(entry.partition("=")[0] for (prices,) in rows for entry in prices.split())

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def source_name(self, source: str) -> str:
        """Return the full name of a price source, or the identifier where it is not known."""
        rows = self._select("SELECT name FROM sources WHERE id = ?", (source,))
        return str(rows[0][0]) if rows else source

    def note(self, _path: str) -> str | None:
        """Return nothing: a snapshot says all that it knows in the price."""
        return None

    def names_below(self, path: str) -> list[str]:
        """Return the last parts of the paths right below another: the sizes an instance is sold in."""
        rows = self._select("SELECT DISTINCT path FROM prices WHERE path > ? AND path < ?", (f"{path}/", f"{path}0"))
        names = (found.removeprefix(f"{path}/") for (found,) in rows)
        return [name for name in names if "/" not in name]

    def prices_of(self, path: str) -> list[Price]:
        """Return the prices of one thing in all regions, ordered by region, the preferred of each first."""
        try:
            found = [price for row in self._rows(path) for price in row.all_prices(path)]
            return sorted(found, key=lambda price: (price.key.region or "", *preference(price)))
        except _NO_PRICE as error:
            raise self._damaged(f"what stands under {path} is no price") from error

    def prices(self) -> Iterator[Price]:
        """Yield every price of the snapshot, ordered by path."""
        for path, *values in self._select("SELECT path, prices, unit, source, as_of, trust FROM prices ORDER BY path"):
            try:
                yield from _Row(*values).all_prices(path)
            except _NO_PRICE as error:
                raise self._damaged(f"what stands under {path} is no price") from error

    def searchable(self, query: Query, *, thorough: bool = False) -> list[Searchable]:
        """Return paths with what a search needs to know of them; where it names regions, also where they are sold.

        All paths where the search is ``thorough``, else those that can hold all of its words.
        """
        from tollbar.catalog.search import Searchable, words_of_path  # noqa: PLC0415 -- only a search pays for it

        sold = [" OR ".join(["instr(prices, ?)"] * len(named)) for _, named in query.regions]
        sold += [f"instr(prices, ' {EVERYWHERE}=')"] if sold else []
        columns = "".join(f", max({condition})" for condition in sold)
        condition, words = ("1", []) if thorough else _may_hold(query)
        statement = f"SELECT path, min(trust){columns} FROM prices WHERE {condition} GROUP BY path"  # noqa: S608 -- placeholders only
        return [
            Searchable(path, words_of_path(path), 0.0, (trust,), tuple(map(bool, flags[:-1])), any(flags[-1:]))
            for path, trust, *flags in self._select(statement, [*(f" {code}=" for code in query.codes), *words])
        ]

    def search(self, words: Sequence[str]) -> list[str]:
        """Return the paths that hold the words, the plainest first."""
        from tollbar.catalog.search import parse_query, search  # noqa: PLC0415 -- only a search pays for it

        query = parse_query(words)
        found = search(self.searchable(query, thorough=True), query)
        return [] if found.left_out else [match.path for match in found.matches]

    def find(self, key: PriceKey, _resource_type: str | None = None, /) -> Price | PriceNotFound:
        """Return the price under a key in its region (or the one that holds everywhere), or a miss."""
        if key not in self._found:
            self._found[key] = next(iter(self.candidates(key)), None) or self.miss(key)
        return self._found[key]

    def candidates(self, key: PriceKey) -> list[Price]:
        """Return the prices known for a key, in its region and everywhere, the preferred first."""
        own_region = key.region or EVERYWHERE
        rows = self._rows(key.path)
        try:
            known = [row.price_in(key.path, region) for region in {own_region, EVERYWHERE} for row in rows]
            return sorted(filter(None, known), key=lambda price: preference(price, own_region))
        except _NO_PRICE as error:
            raise self._damaged(f"what stands under {key.path} is no price") from error

    def miss(self, key: PriceKey) -> PriceNotFound:
        """Return what is near a key without a price."""
        return self._miss(key, [row.prices for row in self._rows(key.path)])

    def _rows(self, path: str) -> list[_Row]:
        rows = self._select("SELECT prices, unit, source, as_of, trust FROM prices WHERE path = ?", (path,))
        return [_Row(*row) for row in rows]

    def _select(self, statement: str, values: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _damaged(self, reason: object) -> CatalogError:
        return CatalogError(f"{self._file} is not a price snapshot: {reason}", hint=self._hint)

    def _miss(self, key: PriceKey, known: list[str]) -> PriceNotFound:
        if known:
            regions = sorted(entry.partition("=")[0] for prices in known for entry in prices.split())
            return PriceNotFound(key, other_regions=tuple(regions))
        parent, _, name = key.path.rpartition("/")
        siblings = self._select(
            "SELECT DISTINCT path FROM prices WHERE path > ? AND path < ?", (f"{parent}/", f"{parent}0")
        )
        names = {path.removeprefix(f"{parent}/"): path for (path,) in siblings}
        return PriceNotFound(key, nearest_paths=tuple(names[near] for near in nearest_names(name, names)))


def _may_hold(query: Query) -> tuple[str, list[str]]:
    """Return an SQL condition that paths which hold the terms of a query meet, and its values."""
    terms: list[str] = []
    values: list[str] = []
    for term in query.hard:
        meanings = []
        for stems in term.stems:
            words = [word for stem in stems for word in stem.split() if word != "year"]  # a path may say 1yr
            meanings.append(" AND ".join(["instr(path, ?)"] * len(words)) or "1")
            values += words
        terms.append(f"({' OR '.join(meanings)})")
    return " AND ".join(terms) or "1", values


def _tiers_in(prices: str, region: str) -> str | None:
    """Return the text of one region's tiers in a row, None where it has none."""
    mark = f" {region}="
    start = prices.find(mark)
    if start < 0:
        return None
    end = prices.find(" ", start + 1)
    return prices[start + len(mark) : end if end >= 0 else None]
