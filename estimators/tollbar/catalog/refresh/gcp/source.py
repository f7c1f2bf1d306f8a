"""The Cloud Billing Catalog as a price source.

Google lists a service's SKUs of all regions together, tens of thousands of them, so a service is the portion
that is fetched and kept: ``compute in all``. Where the user names regions, the portions are a service in each
of them (and what is sold everywhere, under ``global``), all handed out of one reading. A portion that
follows another of the same billing service does not read it again; a resumed run reads the services that
are still missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.families import FAMILIES
from tollbar.catalog.refresh.gcp.listing import SOURCE_ID, unambiguous
from tollbar.catalog.refresh.interface import Fetched, Portion
from tollbar.errors import RefreshError
from tollbar.spelling import nearest_or_all, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from tollbar.catalog.refresh.gcp.catalog_client import CatalogReader
    from tollbar.catalog.refresh.gcp.listing import ServiceFamily
    from tollbar.catalog.refresh.gcp.sku import Sku
    from tollbar.catalog.refresh.interface import Connection
    from tollbar.price import Price

ALL_REGIONS = "all"
EVERYWHERE = "global"


def open_source(connection: Connection) -> GoogleCloudSource:
    """Return Google Cloud as a price source; credentials are looked for when the first price is read.

    Raises:
        RefreshError: The extra ``gcp`` is not installed.
    """
    try:
        from tollbar.catalog.refresh.gcp.catalog_client import CatalogReader, connect  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise RefreshError(
            "reading prices from Google Cloud needs google-cloud-billing", hint="pip install 'tollbar[gcp]'"
        ) from error
    return GoogleCloudSource(lambda: CatalogReader(connect(connection.endpoint)), connection.today)


class GoogleCloudSource:
    """Google Cloud's list prices. Their date is that of the run: the API gives those of the last twelve hours."""

    id = SOURCE_ID
    name = "Google Cloud Billing Catalog API (cloudbilling.googleapis.com)"
    licence = "facts"

    def __init__(self, connect: Callable[[], CatalogReader], today: date) -> None:
        """Take what connects to the catalogue once it is needed, and the date of the prices."""
        self._connect = connect
        self._reader: CatalogReader | None = None
        self._as_of = today.isoformat()
        self._skus: dict[str, tuple[Sku, ...]] = {}
        self._prices: tuple[str, tuple[Price, ...]] = ("", ())

    def close(self) -> None:
        """Close the connection to the vendor, where there is one."""
        if self._reader is not None:
            self._reader.close()

    def services(self) -> Sequence[str]:
        """Return the names of the services, those that are read together beside each other."""
        return tuple(FAMILIES)

    def portions(self, services: Sequence[str], regions: Sequence[str]) -> Sequence[Portion]:
        """Return each of these services in each of these regions, or in ``all``; the vendor is not asked.

        Raises:
            RefreshError: There is no such service.
        """
        for service in services:
            _family(service)
        wanted = tuple(dict.fromkeys((*regions, EVERYWHERE))) if regions else (ALL_REGIONS,)
        return [Portion(name, region) for name in FAMILIES if name in services for region in wanted]

    def fetch(self, portion: Portion, etag: str | None) -> Fetched | None:  # noqa: ARG002 -- Google tells no etag
        """Return the prices of a portion. There is always an answer: Google does not tell what has changed.

        Raises:
            RefreshError: The service could not be read, or its SKUs contradict each other.
            SourceUnavailableError: There are no credentials, Google refuses them, or it is out of reach.
        """
        if self._prices[0] != portion.service:
            self._prices = (portion.service, self._read(_family(portion.service)))
        prices = self._prices[1]
        if portion.region != ALL_REGIONS:
            prices = tuple(price for price in prices if price.key.region == portion.region)
        return Fetched(prices)

    def _read(self, family: ServiceFamily) -> tuple[Price, ...]:
        self._reader = reader = self._reader or self._connect()
        kept = {service.id: self._skus[service.id] for service in family.services if service.id in self._skus}
        self._skus = kept  # the SKUs of another billing service are not needed again
        for service in family.services:
            if service.id not in self._skus:
                self._skus[service.id] = tuple(reader.skus(service))
        skus = [sku for service in family.services for sku in self._skus[service.id]]
        return tuple(entry.price for entry in unambiguous(family.read(skus, self._as_of)))


def _family(name: str) -> ServiceFamily:
    try:
        return FAMILIES[name]
    except KeyError:
        raise RefreshError(f"Google Cloud has no service {quoted(name)}", hint=nearest_or_all(name, FAMILIES)) from None
