"""The Azure Retail Prices API as a price source: a portion is one service in one region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.azure_meters import catalog_region
from tollbar.catalog.lookup import EVERYWHERE
from tollbar.catalog.refresh.azure.offer import is_current
from tollbar.catalog.refresh.azure.price_list import SOURCE, PriceList
from tollbar.catalog.refresh.azure.services import SERVICES
from tollbar.catalog.refresh.interface import Fetched, Portion
from tollbar.errors import RefreshError
from tollbar.spelling import nearest_or_all, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import httpx2

    from tollbar.catalog.refresh.azure.retail_prices_api import Patience, RetailPricesApi
    from tollbar.catalog.refresh.azure.services import Service
    from tollbar.catalog.refresh.interface import Connection

_IN_EVERY_REGION = (
    "priceType eq 'Consumption' and ((serviceName eq 'Storage' and meterName eq 'S10 LRS Disk')"
    " or (serviceName eq 'Virtual Machines' and armSkuName eq 'Standard_D2s_v5'))"
)
"""Two things that are sold in every region: where they are listed is where there are regions."""


class AzureRetailPrices:
    """The price source ``azure``."""

    id = SOURCE
    name = "Azure Retail Prices API (prices.azure.com)"
    licence = "none stated (facts)"

    def __init__(self, api: RetailPricesApi, today: date) -> None:
        self._api = api
        self._today = today

    def services(self) -> Sequence[str]:
        """Return the names of the services it can read, as ``--service`` takes them."""
        return sorted(SERVICES)

    def portions(self, services: Sequence[str], regions: Sequence[str]) -> Sequence[Portion]:
        """Return what to fetch for these services; with no regions, in all that the vendor has.

        What is sold at one price everywhere is fetched whatever the regions are.

        Raises:
            RefreshError: The vendor could not be asked, or there is no such service.
        """
        for name in services:
            if name not in SERVICES:
                raise RefreshError(f"no service {quoted(name)} of azure", hint=nearest_or_all(name, SERVICES))
        chosen = services or self.services()
        needs_regions = any(not SERVICES[name].is_global for name in chosen)
        known = [region.lower() for region in regions] or (self._regions() if needs_regions else [])
        return [
            Portion(name, region)
            for name in chosen
            for region in dict.fromkeys([EVERYWHERE] if SERVICES[name].is_global else [*known, EVERYWHERE])
        ]

    def fetch(self, portion: Portion, etag: str | None) -> Fetched | None:
        """Return the prices of a portion; the API tells no etag, so always anew.

        Raises:
            RefreshError: This portion could not be read; others may be.
            SourceUnavailableError: There is no connection.
        """
        del etag
        service = SERVICES[portion.service]
        prices = PriceList(self._today)
        for page in self._api.pages(_condition(service, portion.region)):
            for item in page.items:
                region = catalog_region(item.region)
                if region != portion.region and not service.is_global:
                    raise RefreshError(f"asked for {portion}, told the price of {item.name} in {item.region!r}")
                if region == portion.region and service.holds(item) and is_current(item, self._today):
                    prices.add(item, service.offers(item))
        return Fetched(prices.prices())

    def close(self) -> None:
        """Do nothing: every portion closes its connections."""

    def _regions(self) -> list[str]:
        pages = self._api.pages(_IN_EVERY_REGION)
        return sorted({catalog_region(item.region) for page in pages for item in page.items} - {EVERYWHERE})


def open_source(
    connection: Connection, patience: Patience | None = None, transport: httpx2.BaseTransport | None = None
) -> AzureRetailPrices:
    """Return the source at the address of a connection.

    Raises:
        RefreshError: The libraries of the extra ``azure`` are not installed.
    """
    try:
        from tollbar.catalog.refresh.azure.retail_prices_api import RetailPricesApi  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise RefreshError(
            f"Azure prices are read with {error.name}, which is not installed", hint="pip install 'tollbar[azure]'"
        ) from error
    return AzureRetailPrices(RetailPricesApi(connection.endpoint, patience, transport), connection.today)


def _condition(service: Service, region: str) -> str:
    """Return the OData condition of a portion.

    A service that is sold at one price everywhere may still list sovereign clouds and edge zones apart,
    so all of it is asked for. Zones of regions stand in the place of a region.
    """
    if service.is_global:
        return service.condition
    if region == EVERYWHERE:
        anywhere = "armRegionName eq 'Global' or armRegionName eq '' or contains(armRegionName, 'Zone')"
        return f"{service.condition} and ({anywhere})"
    quoted = region.replace("'", "''")
    return f"{service.condition} and armRegionName eq '{quoted}'"
