"""Every service but virtual machines: an item is what ``catalog/azure_meters.py`` calls its meter."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tollbar.catalog.azure_meters import Meter, meter_names
from tollbar.catalog.refresh.azure.offer import Offer
from tollbar.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.refresh.azure.item import Item

_LOGGER = logging.getLogger(__name__)


def offers(item: Item) -> Iterator[Offer]:
    """Yield the price of an item under every path of its meter.

    A meter whose unit or term has no name in the catalogue is left out, so that what is new to us in a
    service does not keep us from the rest of it; nothing can ask for it yet.
    """
    meter = Meter(item.service, item.product, item.sku, item.meter, item.unit, item.arm_sku, item.kind, item.term or "")
    try:
        names = meter_names(meter, item.region)
    except CatalogError as error:
        _LOGGER.info("left out meter %s (%s): %s", item.meter_id, item.name, error.message)
        return
    for name in names:
        yield Offer(name.path, name.unit, name.unit_price(item.price), name.tier_start(item.tier_start))
