"""What a catalogue covers: for each service how many prices, in which regions, how old, how trusted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tollbar.price import preference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tollbar.price import Price, PriceKey

MAIN_REGIONS: Mapping[str, tuple[str, ...]] = {
    "aws": ("us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-northeast-1"),
    "azure": ("eastus", "westus2", "westeurope", "northeurope", "southeastasia", "japaneast"),
    "gcp": ("us-central1", "us-east1", "europe-west1", "europe-west4", "asia-southeast1", "asia-northeast1"),
}
"""The regions that a table has room for: where most is deployed."""


@dataclass(slots=True)
class ServiceCoverage:
    """One service: its things sold, how many prices they have, in which regions, and what they come from.

    ``things_in`` counts by region the things that have no price that holds everywhere.
    """

    service: str
    things: int = 0
    prices: int = 0
    regions: set[str] = field(default_factory=set)
    newest: str = ""
    oldest: str = ""
    trusts: Counter[str] = field(default_factory=Counter)
    things_in: Counter[str] = field(default_factory=Counter)
    things_everywhere: int = 0

    @property
    def cloud(self) -> str:
        """The cloud, the first part of its name."""
        return self.service.partition("/")[0]

    def share_in(self, region: str) -> float:
        """Return the share of the things that have a price in a region."""
        return (self.things_in[region] + self.things_everywhere) / self.things if self.things else 0.0


def coverage_by_service(prices: Iterable[Price]) -> list[ServiceCoverage]:
    """Return the coverage of every service, by name; of several prices for one key the preferred counts."""
    best: dict[PriceKey, Price] = {}
    for price in prices:
        known = best.get(price.key)
        if known is None or preference(price) < preference(known):
            best[price.key] = price
    services: dict[str, ServiceCoverage] = {}
    paths: dict[str, set[str]] = defaultdict(set)
    everywhere = {key.path for key in best if key.region == "global"}
    for key, price in best.items():
        name = "/".join(key.path.split("/")[:2])
        _count(services.setdefault(name, ServiceCoverage(name)), price, sold_everywhere=key.path in everywhere)
        paths[name].add(key.path)
    for name, entry in services.items():
        entry.things = len(paths[name])
        entry.things_everywhere = len(paths[name] & everywhere)
    return [services[name] for name in sorted(services)]


def _count(entry: ServiceCoverage, price: Price, *, sold_everywhere: bool) -> None:
    entry.prices += 1
    entry.regions.add(price.key.region or "")
    entry.newest = max(entry.newest, price.as_of)
    entry.oldest = min(entry.oldest or price.as_of, price.as_of)
    entry.trusts[price.trust] += 1
    if not sold_everywhere:
        entry.things_in[price.key.region or ""] += 1
