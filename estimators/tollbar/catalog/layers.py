"""The catalogue that estimates are priced from: several sources of prices in order of precedence.

1. What the user's price books say: a negotiated price, else the list price less a discount.
2. Snapshots, the embedded one and refreshed ones: the most trusted price, then the region's own before
   one that holds everywhere, then the newest, then a refreshed one.
3. Further layers in the order they are given (LLM tokens).
4. Where the settings say so, another region's price.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tollbar.catalog.lookup import EVERYWHERE, PriceNotFound
from tollbar.price import Price, PriceKey, preference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tollbar.catalog.borrowing import Borrowing
    from tollbar.catalog.lookup import SnapshotCatalog
    from tollbar.catalog.price_book import PriceBooks
    from tollbar.catalog.search import Found, Query, Searchable

BORROWED = "another region"
_NEAREST_NAMED = 3


class Layer(Protocol):
    """A source of list prices."""

    def candidates(self, key: PriceKey) -> Sequence[Price]:
        """Return the prices known for a key, the preferred first."""

    def names_below(self, path: str) -> Sequence[str]:
        """Return the last parts of the paths right below another."""

    def prices_of(self, path: str) -> Sequence[Price]:
        """Return the prices of one thing in all regions, ordered by region, the preferred of each first."""

    def regions(self) -> frozenset[str]:
        """Return every region that there is a price in."""

    def searchable(self, query: Query, *, thorough: bool) -> Sequence[Searchable]:
        """Return what can be found; a slow layer waits for a query that speaks of it, or a ``thorough`` one."""

    def miss(self, key: PriceKey) -> PriceNotFound:
        """Return what is near a key without a price."""

    def source_name(self, source: str) -> str:
        """Return the full name of a price source, or the identifier where it is not known."""

    def note(self, path: str) -> str | None:
        """Return what a reader of a price should know besides, None where there is nothing."""


class Candidate(NamedTuple):
    """A price that would hold, and the name of the layer it comes from."""

    layer: str
    price: Price


@dataclass(frozen=True, slots=True)
class NamedSnapshot:
    """A snapshot and what users know it by."""

    name: str
    catalog: SnapshotCatalog


@dataclass(frozen=True, slots=True)
class NamedLayer:
    """A further layer and what users know it by."""

    name: str
    layer: Layer


class LayeredCatalog:
    """All layers as one catalogue. A warm look-up takes about a microsecond."""

    def __init__(
        self,
        snapshots: Sequence[NamedSnapshot],
        further: Sequence[NamedLayer] = (),
        books: PriceBooks | None = None,
        borrowing: Borrowing | None = None,
    ) -> None:
        """Take the layers; of snapshots that are as trusted and as new the first counts more."""
        self._snapshots = tuple(snapshots)
        self._further = tuple(further)
        self._books = books
        self._borrowing = borrowing
        self._judge_types = books is not None and books.judge_types
        self._found: dict[tuple[PriceKey, str | None], Price | PriceNotFound] = {}

    @property
    def as_of(self) -> str:
        """The date of the newest price read by a program from a vendor's own data (trust A), as an ISO date."""
        return max(snapshot.catalog.as_of for snapshot in self._snapshots)

    @property
    def snapshots(self) -> Sequence[NamedSnapshot]:
        """The snapshots, refreshed ones first."""
        return self._snapshots

    def close(self) -> None:
        """Close the snapshots."""
        for snapshot in self._snapshots:
            snapshot.catalog.close()

    def find(self, key: PriceKey, resource_type: str | None = None, /) -> Price | PriceNotFound:
        """Return the price that holds for a key, or a miss.

        ``resource_type`` is the Terraform type of what is priced: a discount may be given by it.
        """
        cached = (key, resource_type if self._judge_types else None)
        found = self._found.get(cached)
        if found is None:
            first = next(self._in_order(key, resource_type), None)
            found = self._found[cached] = first.price if first else self.miss(key)
        return found

    def candidates(self, key: PriceKey, resource_type: str | None = None) -> list[Candidate]:
        """Return every price that would hold for a key, in order of precedence, with its layer."""
        return list(self._in_order(key, resource_type))

    def prices_of(self, path: str) -> list[Price]:
        """Return the prices of one thing in all regions, ordered by region, those of each by precedence."""
        regions = {price.key.region or EVERYWHERE for layer in self._layers() for price in layer.prices_of(path)}
        regions |= set(self._books.regions_of(path)) if self._books else set()
        return [
            price
            for region in sorted(regions)
            for _, price in self._in_order(PriceKey(path, region), None)
            if price.key.region == region
        ]

    def names_below(self, path: str) -> list[str]:
        """Return the last parts of the paths that a layer has right below another: the sizes of an instance."""
        return list(dict.fromkeys(name for layer in self._layers() for name in layer.names_below(path)))

    def paths_below(self, path: str) -> list[str]:
        """Return the paths that begin with another one, in order: what is sold of ``aws/ebs``."""
        from tollbar.catalog.search import Query  # noqa: PLC0415 -- few ask for it

        entries = self._searchable(Query(()), thorough=True)
        return sorted(entry.path for entry in entries if entry.path.startswith(f"{path}/"))

    def search(self, words: Sequence[str]) -> Found:
        """Return the paths that hold the words, the plainest first."""
        from tollbar.catalog.search import Found, parse_query, plainest, search  # noqa: PLC0415 -- few search

        query = parse_query(words)
        if matches := plainest(self._searchable(query, thorough=False), query):
            return Found(matches)
        return search(self._searchable(query, thorough=True), query)

    def _searchable(self, query: Query, *, thorough: bool) -> Iterable[Searchable]:
        """Return what can be found in books and all layers; a path that several hold is sold where one sells it."""
        found = [*(self._books.searchable(query) if self._books else ())]
        found += [entry for layer in self._layers() for entry in layer.searchable(query, thorough=thorough)]
        known: dict[str, Searchable] = {}
        for entry in found:
            other = known.setdefault(entry.path, entry)
            if other is not entry:
                regions = tuple(a or b for a, b in zip(other.regions, entry.regions, strict=True))
                known[entry.path] = other._replace(regions=regions, everywhere=other.everywhere or entry.everywhere)
        return known.values()

    def regions(self) -> frozenset[str]:
        """Return every region that a layer has a price in; what price books name does not count."""
        return frozenset(region for layer in self._layers() for region in layer.regions())

    def miss(self, key: PriceKey) -> PriceNotFound:
        """Return what all layers know near a key without a price."""
        misses = [layer.miss(key) for layer in self._layers()]
        regions = {region for miss in misses for region in miss.other_regions}
        regions |= set(self._books.regions_of(key.path)) if self._books else set()
        paths = dict.fromkeys(path for miss in misses for path in miss.nearest_paths)
        return PriceNotFound(key, tuple(sorted(regions)), tuple(paths)[:_NEAREST_NAMED])

    def source_name(self, source: str) -> str:
        """Return the full name of a price source, or the identifier where it is not known."""
        taken_off, listed = self._books.list_source(source) if self._books else ("", source)
        names = [self._books.source_name(listed)] if self._books else []
        names += [layer.source_name(listed) for layer in self._layers()]
        return taken_off + next((name for name in names if name and name != listed), listed)

    def note(self, path: str) -> str | None:
        """Return what a reader of a price should know besides, None where there is nothing."""
        return next(filter(None, (layer.note(path) for layer in self._layers())), None)

    def _layers(self) -> Iterator[Layer]:
        yield from (snapshot.catalog for snapshot in self._snapshots)
        yield from (further.layer for further in self._further)

    def _in_order(self, key: PriceKey, resource_type: str | None) -> Iterator[Candidate]:
        if self._books:
            for book, price in self._books.negotiated(key):
                yield Candidate(_book_name(book), price)
        listed = self._listed(key) or self._borrowed(key)
        if listed and self._books:
            discounted = self._books.discounted(listed[0].price, key.region, resource_type)
            if discounted:
                yield Candidate(_book_name(discounted[0]), discounted[1])
        yield from listed

    def _listed(self, key: PriceKey) -> list[Candidate]:
        known = [Candidate(s.name, price) for s in self._snapshots for price in s.catalog.candidates(key)]
        own_region = key.region or EVERYWHERE
        known.sort(key=lambda candidate: preference(candidate.price, own_region))
        return known + [Candidate(f.name, price) for f in self._further for price in f.layer.candidates(key)]

    def _borrowed(self, key: PriceKey) -> list[Candidate]:
        """Return another region's price, nothing where none may be taken or nobody knows which region is meant."""
        if self._borrowing is None or key.region is None:
            return []
        price = self._borrowing.borrow(_by_preference(self._layers(), key.path))
        return [Candidate(BORROWED, price)] if price else []


def _by_preference(layers: Iterable[Layer], path: str) -> list[Price]:
    return sorted((price for layer in layers for price in layer.prices_of(path)), key=preference)


def _book_name(book: str) -> str:
    return f"price book {book}"
