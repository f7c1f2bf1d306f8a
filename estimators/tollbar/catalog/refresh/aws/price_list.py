"""The AWS Price List as a price source: its services, their portions, and how each is read."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from tollbar.catalog.refresh.aws import ec2_spot, offer_file, query_api, savings_plans, services
from tollbar.catalog.refresh.aws.assembly import EVERYWHERE, PriceAssembly
from tollbar.catalog.refresh.interface import Fetched, Portion
from tollbar.errors import RefreshError
from tollbar.spelling import nearest_or_all, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType

    from tollbar.catalog.refresh.aws.clients import Clients
    from tollbar.catalog.refresh.aws.service import Service
    from tollbar.catalog.refresh.interface import Connection

SOURCE: Final = "aws-price-list"
_INSTANCES: Final = "AmazonEC2"
_USD_REGION = re.compile(r"(?!cn-)[a-z]{2}(?:-gov)?-[a-z]+-\d")
"""Regions whose prices are in USD: no Local Zones, and not China, where they are in yuan."""


@cache
def known_services() -> Mapping[str, Service]:
    """Return the services of the folder ``services`` by their names."""
    return {service.name: service for module in service_modules() for service in _declared(module)}


def service_modules() -> list[ModuleType]:
    """Return the modules of the folder ``services``; each declares a SERVICE or several SERVICES."""
    names = (f"{services.__name__}.{info.name}" for info in pkgutil.iter_modules(services.__path__))
    return [importlib.import_module(name) for name in names]


def _declared(module: ModuleType) -> tuple[Service, ...]:
    several: tuple[Service, ...] | None = getattr(module, "SERVICES", None)
    return several if several is not None else (module.SERVICE,)


class AwsPriceList:
    """The price source."""

    id: str = SOURCE
    name: str = "AWS Price List API and offer files, Savings Plans API, EC2 Spot price history"
    licence: str = "facts"

    def __init__(self, connection: Connection, clients: Clients) -> None:
        """Take how to reach AWS and the clients to ask."""
        self._today = connection.today
        self._clients = clients
        self._regions: dict[tuple[str, str], list[str]] = {}

    def services(self) -> Sequence[str]:
        """Return the names of the services, those of the Price List first."""
        return [*known_services(), ec2_spot.NAME, savings_plans.NAME]

    def portions(self, services: Sequence[str], regions: Sequence[str]) -> Sequence[Portion]:
        """Return a portion for each service and region; ``global`` ones stand for no region and are always there.

        Raises:
            RefreshError: A service is not known, or AWS could not be asked for its regions.
        """
        for name in services:
            if name not in self.services():
                raise RefreshError(
                    f"there is no AWS service {quoted(name)} to refresh", hint=nearest_or_all(name, self.services())
                )
        return [portion for name in services for portion in self._portions_of(name, regions)]

    def close(self) -> None:
        """Do nothing: boto3 closes what it opened."""

    def fetch(self, portion: Portion, etag: str | None) -> Fetched | None:
        """Return the prices of a portion, dated by the day AWS published their list.

        Raises:
            RefreshError: This portion could not be read.
            SourceUnavailableError: Nothing can be: credentials, or AWS is out of reach.
        """
        if portion.service == ec2_spot.NAME:
            return Fetched(ec2_spot.prices(self._clients, portion, self._today, SOURCE))
        if portion.service == savings_plans.NAME:
            return Fetched(savings_plans.prices(self._clients, portion, self._today, SOURCE))
        service = known_services()[portion.service]
        if service.offer_file is not None:
            return self._fetch_file(service, service.offer_file, portion, etag)
        return self._fetch_queries(service, portion)

    def _portions_of(self, name: str, regions: Sequence[str]) -> Iterator[Portion]:
        sold_in = (_INSTANCES, "regionCode")
        if name not in {ec2_spot.NAME, savings_plans.NAME}:
            service = known_services()[name]
            sold_in = (service.offer_file or service.queries[0].code, service.region_attribute)
            if service.is_global:
                yield Portion(name, EVERYWHERE)
            if not service.is_regional:
                return
        for region in regions or self._regions_of(*sold_in):
            if _USD_REGION.fullmatch(region):
                yield Portion(name, region)

    def _regions_of(self, code: str, attribute: str) -> list[str]:
        if (code, attribute) not in self._regions:
            self._regions[code, attribute] = sorted(query_api.regions_of(self._clients, code, attribute))
        return self._regions[code, attribute]

    def _fetch_queries(self, service: Service, portion: Portion) -> Fetched:
        assembly = PriceAssembly(service, portion)
        published: set[str] = set()
        for query in service.queries:
            for document in query_api.documents(self._clients, portion, query, service.region_attribute):
                published |= {document.published} if document.published else set()
                for rate in document.rates:
                    assembly.add(rate)
        return Fetched(assembly.prices(SOURCE, self._dated(min(published, default=None))))

    def _fetch_file(self, service: Service, code: str, portion: Portion, etag: str | None) -> Fetched | None:
        url = offer_file.file_url(self._clients, portion, code, self._today)
        if url is None:
            return Fetched(())
        loaded = offer_file.load(url, portion, etag)
        if loaded is None:
            return None
        assembly = PriceAssembly(service, portion)
        for rate in loaded.rates:
            assembly.add(rate)
        return Fetched(assembly.prices(SOURCE, self._dated(loaded.published)), loaded.etag)

    def _dated(self, published: str | None) -> str:
        return published or self._today.isoformat()
