"""The Cloud Billing Catalog on loopback: a gRPC server that speaks the library's own messages."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import grpc  # type: ignore[import-untyped]  # grpcio ships no types
from google.cloud import billing_v1
from google.cloud.billing_v1.types import cloud_catalog

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SERVICE = "google.cloud.billing.v1.CloudCatalog"
GEO = ("TYPE_UNSPECIFIED", "GLOBAL", "REGIONAL", "MULTI_REGIONAL")
NO_MESSAGE = b"\xff\xff\xff\xff"
"""Bytes that no message of the API is."""


def sku(  # noqa: PLR0913 -- a SKU has many fields, most of which a test leaves as they are
    description: str,
    price: str | Sequence[tuple[float, str]] = "0.031611",
    unit: str = "h",
    *,
    regions: Iterable[str] = ("us-central1",),
    family: str = "Compute",
    group: str = "CPU",
    usage_type: str = "OnDemand",
    geo: str = "TYPE_UNSPECIFIED",
    geo_regions: Iterable[str] = (),
    currency: str = "USD",
    interval: str = "MONTHLY",
    sku_id: str = "0000-0000-0000",
) -> billing_v1.Sku:
    """Return a SKU as the API tells it; ``price`` is a unit price or tiers of a start and a unit price."""
    tiers = [(0.0, price)] if isinstance(price, str) else price
    rates = [{"start_usage_amount": start, "unit_price": money(amount, currency)} for start, amount in tiers]
    return billing_v1.Sku(
        name=f"services/0000-0000-0000/skus/{sku_id}",
        sku_id=sku_id,
        description=description,
        category={"resource_family": family, "resource_group": group, "usage_type": usage_type},
        service_regions=list(regions),
        pricing_info=[
            {
                "pricing_expression": {"usage_unit": unit, "display_quantity": 1, "tiered_rates": rates},
                "aggregation_info": {"aggregation_level": "ACCOUNT", "aggregation_interval": interval},
                "currency_conversion_rate": 1,
            }
        ],
        service_provider_name="Google",
        geo_taxonomy={"type_": cloud_catalog.GeoTaxonomy.Type(GEO.index(geo)), "regions": list(geo_regions)},
    )


def money(amount: str, currency: str = "USD") -> dict[str, Any]:
    """Return an amount as whole units and billionths."""
    units, rest = divmod(Decimal(amount), 1)
    return {"currency_code": currency, "units": int(units), "nanos": int(rest * 10**9)}


@dataclass
class BillingServer:
    """What the server knows, what it will fail with, and what it was asked.

    ``pages`` are those of each service; bytes are sent as they stand. Each call takes one of ``failures``
    first. ``asked`` lists services with the page token, ``currencies`` what each was to be priced in.
    """

    services: dict[str, str]
    pages: dict[str, list[list[billing_v1.Sku] | bytes]] = field(default_factory=lambda: defaultdict(list))
    failures: list[grpc.StatusCode] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)
    endpoint: str = ""

    def list_services(self, _request: bytes, context: grpc.ServicerContext) -> bytes:
        """Answer ListServices."""
        self._fail(context)
        services = [
            billing_v1.Service(name=f"services/{service_id}", service_id=service_id, display_name=name)
            for service_id, name in self.services.items()
        ]
        response = billing_v1.ListServicesResponse(services=services)
        return bytes(billing_v1.ListServicesResponse.serialize(response))

    def list_skus(self, message: bytes, context: grpc.ServicerContext) -> bytes:
        """Answer ListSkus; the page token is the number of the page."""
        request = billing_v1.ListSkusRequest.deserialize(message)
        service_id = request.parent.removeprefix("services/")
        self.asked.append((service_id, request.page_token))
        self.currencies.add(request.currency_code)
        self._fail(context)
        number = int(request.page_token or 0)
        pages = self.pages[service_id] or [[]]
        page = pages[number]
        if isinstance(page, bytes):
            return page
        token = str(number + 1) if number + 1 < len(pages) else ""
        response = billing_v1.ListSkusResponse(skus=page, next_page_token=token)
        return bytes(billing_v1.ListSkusResponse.serialize(response))

    def _fail(self, context: grpc.ServicerContext) -> None:
        if self.failures:
            context.abort(self.failures.pop(0), "as the test wants it")


def serve(known: BillingServer) -> grpc.Server:
    """Start a server on a free port of loopback and tell it in ``known.endpoint``."""
    server = grpc.server(ThreadPoolExecutor(max_workers=2))
    handlers = {
        "ListServices": grpc.unary_unary_rpc_method_handler(known.list_services),
        "ListSkus": grpc.unary_unary_rpc_method_handler(known.list_skus),
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, handlers),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    known.endpoint = f"http://127.0.0.1:{port}"
    return server
