"""GPUs by the hour: the GPU clouds, and what a GPU of the large clouds' instances comes to.

``gpu/<provider>/<purchase>/<gpu>/<offer>`` is USD per GPU-hour, host included: an instance's price divided by
its GPUs. ``gpu/<provider>/whole_instance/<purchase>/<gpu>/<offer>`` is USD per hour of an instance with
several GPUs; the large clouds' instances stand under their own paths (``aws/ec2/instance/…``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.gpu_names import gpu_name
from tollbar.catalog.lookup import EVERYWHERE
from tollbar.price import Price, PriceKey, Tier, preference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables

TABLE = "gpu/gpu_clouds"
_LARGE_CLOUDS = frozenset({"aws", "azure", "gcp"})
_PROVIDERS = {
    "cudo_compute": "cudo",
    "jarvis-labs": "jarvislabs",
    "lambda": "lambda_labs",
    "latitude_sh": "latitude.sh",
    "oci": "oracle_oci",
    "oracle_cloud": "oracle_oci",
    "packet-ai": "packet.ai",
    "vast-ai": "vast.ai",
}
"""Providers that the source tables call in several ways, or otherwise than people do."""
_TIERS = {"marketplace": "marketplace", "prototyping": "on_demand", "spot": "spot"}
"""How an offer is bought, by the tier that its source tells; the table files marketplaces under spot."""
_OLD = "2025-01-01"
"""Prices of GPU clouds read before this day are known to be old: they fell by half since."""
_NO_GPU = frozenset({"inferentia", "inferentia2", "trainium", "trainium2", "qualcomm_ai100"})
_SOLD_IN_PARTS = frozenset({"mi25"})
"""Azure's NVv4 has a part of an MI25, and the source counts it as a whole one."""
_WRONG = frozenset({("lambda_labs", "quadro_rtx_6000", Decimal("4.4"))})
"""A row that repeats the price and the vCPUs of the 8 x V100 instance above it (cloud-gpus.csv)."""
_OPAQUE = re.compile(r"rec\w{14,}")
"""FluidStack's internal names of its offers."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """One row of the source table, read."""

    provider: str
    purchase: str
    gpu: str
    name: str
    count: int
    row: Row

    @property
    def per_gpu(self) -> Price:
        path = f"gpu/{self.provider}/{self.purchase}/{self.gpu}/{self.name}"
        return self._price(path, "GPU-hours", self.row.price_usd / self.count)

    @property
    def whole(self) -> Price:
        path = f"gpu/{self.provider}/whole_instance/{self.purchase}/{self.gpu}/{self.name}"
        return self._price(path, "hours", self.row.price_usd)

    def _price(self, path: str, unit: str, amount: Decimal) -> Price:
        region = EVERYWHERE if self.row.region == "n/a" else _region(self.row.region)
        old = self.provider not in _LARGE_CLOUDS and self.row.as_of < _OLD
        trust = "C" if old else self.row.trust
        tiers = (Tier(Decimal(0), amount),)
        return Price(PriceKey(path, region), unit, tiers, self.row.source_id, self.row.as_of, trust)


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per GPU-hour, and per hour of the GPU clouds' instances with several GPUs."""
    sold: dict[tuple[str, str, str], list[_Offer]] = defaultdict(list)
    for row in tables.rows("gpu_prices", service="gpu_instance"):
        offer = _offer(row)
        if offer is not None:
            sold[offer.provider, offer.purchase, offer.gpu].append(offer)
    for offers in _without_mislabelled(sold):
        yield from _cheapest(offer.per_gpu for offer in _current(offers))
        yield from _cheapest(offer.whole for offer in offers if offer.count > 1 and offer.provider not in _LARGE_CLOUDS)


def _offer(row: Row) -> _Offer | None:
    """Return what a row offers, None where it is no price of whole GPUs in a known region."""
    count = Decimal(str(row.attributes.get("gpu_count") or 0))
    gpu = _gpu(row)
    provider = _PROVIDERS.get(row.cloud, row.cloud.replace("-", "_"))
    anywhere = row.cloud in _LARGE_CLOUDS and row.region == "n/a"
    if count < 1 or row.price_usd <= 0 or anywhere or gpu in _NO_GPU | _SOLD_IN_PARTS:
        return None
    if (provider, gpu, row.price_usd) in _WRONG:
        return None
    purchase = _TIERS.get(row.attributes.get("tier", ""), row.purchase_option.removesuffix("_estimate_30d_avg"))
    if row.attributes.get("tier") == "on-demand":
        purchase = "on_demand"
    return _Offer(provider, purchase, gpu, _name(row, gpu, int(count)), int(count), row)


def _region(name: str) -> str:
    """Return a region's name as regions are written: ``ca``, ``east-coast-ny2``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _gpu(row: Row) -> str:
    memory = row.attributes.get("vram_gb")
    # The large clouds' own names leave out what the table adds: which A100, which RTX 6000.
    model = row.attributes["gpu" if row.cloud in _LARGE_CLOUDS else "gpu_model"]
    return gpu_name(model, int(memory) if memory else None)


def _name(row: Row, gpu: str, count: int) -> str:
    """Return the provider's own name of an offer, without its own name and how it is bought."""
    if row.cloud in _LARGE_CLOUDS:
        return row.sku_key.lower()
    text = gpu if _OPAQUE.fullmatch(row.sku_key) else re.sub(r"[^a-z0-9.]+", "_", row.sku_key.lower()).strip("_")
    text = text.removeprefix(f"{row.cloud.replace('-', '_')}_")
    text = re.sub(r"_(on_demand|spot|marketplace)$", "", text)
    return text if count == 1 or f"{count}x" in text else f"{count}x_{text}"


def _current(offers: list[_Offer]) -> list[_Offer]:
    """Return a GPU cloud's offers that count: its most trusted, newest source's, by the fewest GPUs it sells."""
    if offers[0].provider in _LARGE_CLOUDS:
        return offers
    best = min(preference(offer.per_gpu) for offer in offers)
    current = [offer for offer in offers if preference(offer.per_gpu) == best]
    fewest = min(offer.count for offer in current)
    return [offer for offer in current if offer.count == fewest]


def _without_mislabelled(sold: dict[tuple[str, str, str], list[_Offer]]) -> Iterator[list[_Offer]]:
    """Yield the offers of each GPU, without "spot" prices above all of the same source's on-demand prices.

    RunPod's serverless workers stand so in the source: an H100 at $4.76 where a pod costs $3.29.
    """
    for (provider, purchase, gpu), offers in sold.items():
        if provider in _LARGE_CLOUDS or purchase != "spot":
            yield offers
            continue
        dearest: dict[str, Decimal] = {}
        for other in sold.get((provider, "on_demand", gpu), []):
            amount = other.row.price_usd / other.count
            dearest[other.row.source_id] = max(amount, dearest.get(other.row.source_id, amount))
        kept = [o for o in offers if o.row.price_usd / o.count <= dearest.get(o.row.source_id, o.row.price_usd)]
        if kept:
            yield kept


def _cheapest(found: Iterable[Price]) -> Iterator[Price]:
    """Yield one price of each source under a key: where its offers differ by their host only, the cheapest."""
    chosen: dict[tuple[PriceKey, str, str], Price] = {}
    for price in found:
        place = (price.key, price.source, price.as_of)
        known = chosen.get(place)
        if known is None or price.tiers[0].unit_price < known.tiers[0].unit_price:
            chosen[place] = price
    return iter(chosen.values())
