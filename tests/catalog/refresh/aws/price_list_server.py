"""A server on loopback that speaks the AWS JSON 1.1 protocol of the Price List, and serves offer files.

It answers the Savings Plans API and the Spot price history of EC2 as well, as both are asked at the same
endpoint where one is told.

Shapes: "AWS Price List Service", AWS Billing API reference (GetProducts, GetAttributeValues,
ListPriceLists, GetPriceListFileUrl) and "Reading the service price list file for an AWS service".
"""

from __future__ import annotations

import csv
import io
import json
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import TYPE_CHECKING, Any, ClassVar

from tests.loopback import loopback_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TARGET = "AWSPriceListService."
_EC2 = "http://ec2.amazonaws.com/doc/2016-11-15/"
PUBLISHED = "2026-11-20T18:05:11Z"
OFFER_COLUMNS = (
    "SKU", "OfferTermCode", "RateCode", "TermType", "PriceDescription", "EffectiveDate", "StartingRange",
    "EndingRange", "Unit", "PricePerUnit", "Currency", "RelatedTo", "LeaseContractLength", "PurchaseOption",
    "OfferingClass", "Product Family", "serviceCode", "Location", "Location Type", "Instance Type", "Tenancy",
    "Operating System", "License Model", "usageType", "operation", "CapacityStatus", "Pre Installed S/W",
    "Region Code", "serviceName",
)  # fmt: skip


@dataclass(slots=True)
class PriceListState:
    """What the server sells, how it misbehaves, and what it was asked."""

    products: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """Offer files by service code: their ETag and content."""
    page_size: int = 100
    refusals: deque[tuple[int, str]] = field(default_factory=deque)
    """Statuses and error codes of the next answers."""
    texts: dict[int, str] = field(default_factory=dict)
    """What stands instead of the product of this number."""
    sends_all_files: bool = True
    """False breaks every download off behind its last row but one."""
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    downloads: list[dict[str, str]] = field(default_factory=list)
    savings_plans: list[dict[str, Any]] = field(default_factory=list)
    spot_prices: str = ""
    """Items of ``spotPriceHistorySet``, as XML."""
    signed: list[tuple[str, str]] = field(default_factory=list)
    """The service and region that each request was signed for."""
    answered_before_hold: int | None = None
    """After so many questions the next one is held until it is released, and never answered."""
    held: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)
    url: str = ""


@contextmanager
def price_list_server() -> Iterator[PriceListState]:
    """Run a server while the context lasts; its state says where it is."""
    state = PriceListState()
    handler = type("Handler", (_Handler,), {"state": state})
    with loopback_server(handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield state
        finally:
            state.released.set()


def document(
    sku: str,
    code: str,
    attributes: dict[str, str],
    *dimensions: tuple[str, str, str],
    family: str | None = None,
    currency: str = "USD",
) -> dict[str, Any]:
    """Return a product as GetProducts writes it; each dimension is a unit, where it begins, and a price."""
    rates = {
        f"{sku}.JRTCKXETXF.{number}": {
            "unit": unit,
            "beginRange": begin,
            "endRange": "Inf",
            "description": f"{price} per {unit}",
            "appliesTo": [],
            "rateCode": f"{sku}.JRTCKXETXF.{number}",
            "pricePerUnit": {currency: price},
        }
        for number, (unit, begin, price) in enumerate(dimensions)
    }
    product: dict[str, Any] = {"sku": sku, "attributes": {"servicecode": code, **attributes}}
    if family is not None:
        product["productFamily"] = family
    term = {
        "offerTermCode": "JRTCKXETXF",
        "sku": sku,
        "effectiveDate": "2026-11-01T00:00:00Z",
        "termAttributes": {},
        "priceDimensions": rates,
    }
    return {
        "product": product,
        "serviceCode": code,
        "terms": {"OnDemand": {f"{sku}.JRTCKXETXF": term}},
        "version": "20261120180511",
        "publicationDate": PUBLISHED,
    }


def offer_file(rows: Sequence[dict[str, str]]) -> bytes:
    """Return an offer file: five rows of metadata, the header, a row for each rate."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows(
        [
            ("FormatVersion", "v1.0"),
            ("Disclaimer", "This pricing list is for informational purposes only."),
            ("Publication Date", PUBLISHED),
            ("Version", "20261120180511"),
            ("OfferCode", "AmazonEC2"),
            OFFER_COLUMNS,
        ]
    )
    writer.writerows([row.get(column, "") for column in OFFER_COLUMNS] for row in rows)
    return text.getvalue().encode()


class _Handler(BaseHTTPRequestHandler):
    state: ClassVar[PriceListState]
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"]))
        _, _, region, service, _ = (
            self.headers["Authorization"].partition("Credential=")[2].partition(",")[0].split("/")
        )
        self.state.signed.append((service, region))
        if "X-Amz-Target" not in self.headers:
            self._answer_beside(service)
            return
        body = json.loads(text)
        operation = self.headers["X-Amz-Target"].removeprefix(_TARGET)
        self.state.asked.append((operation, body))
        if self.state.answered_before_hold is not None and len(self.state.asked) > self.state.answered_before_hold:
            self.state.held.set()
            self.state.released.wait()
            self.close_connection = True  # whoever asked has been killed
            return
        if self.state.refusals:
            status, code = self.state.refusals.popleft()
            self._answer(status, {"__type": code, "message": "arn:aws:sts::123456789012:assumed-role/secret-role"})
            return
        answers = {
            "GetProducts": self._products,
            "GetAttributeValues": self._attribute_values,
            "ListPriceLists": self._price_lists,
            "GetPriceListFileUrl": self._file_url,
        }
        self._answer(200, answers[operation](body))

    def _answer_beside(self, service: str) -> None:
        """Answer the Savings Plans API (REST and JSON) or EC2 (the query protocol and XML)."""
        if service == "savingsplans":
            self._send(200, json.dumps({"searchResults": self.state.savings_plans}).encode())
            return
        items = f"<spotPriceHistorySet>{self.state.spot_prices}</spotPriceHistorySet>"
        answer = (
            f'<DescribeSpotPriceHistoryResponse xmlns="{_EC2}">{items}<nextToken/></DescribeSpotPriceHistoryResponse>'
        )
        self._send(200, answer.encode(), **{"Content-Type": "text/xml"})

    def do_GET(self) -> None:
        self.state.downloads.append(dict(self.headers))
        etag, content = self.state.files.get(self.path.rpartition("/")[2], ("", b""))
        if not content:
            self._send(404, b"")
        elif self.headers["If-None-Match"] == etag:
            self._send(304, b"", ETag=etag)
        else:
            self._send(200, content, ETag=etag)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _products(self, body: dict[str, Any]) -> dict[str, Any]:
        found = [
            self.state.texts.get(number, json.dumps(told))
            for number, told in enumerate(self.state.products)
            if told["serviceCode"] == body["ServiceCode"] and _is_meant(told["product"], body.get("Filters", []))
        ]
        start = int(body.get("NextToken", "0"))
        end = start + self.state.page_size
        page: dict[str, Any] = {"FormatVersion": "aws_v1", "PriceList": found[start:end]}
        return page | ({"NextToken": str(end)} if end < len(found) else {})

    def _attribute_values(self, body: dict[str, Any]) -> dict[str, Any]:
        values = {told["product"]["attributes"].get(body["AttributeName"], "") for told in self.state.products}
        return {"AttributeValues": [{"Value": value} for value in sorted(values)]}

    def _price_lists(self, body: dict[str, Any]) -> dict[str, Any]:
        if body["ServiceCode"] not in self.state.files:
            return {"PriceLists": []}
        arn = f"arn:aws:pricing:::price-list/aws/{body['ServiceCode']}/USD/20261120180511/{body['RegionCode']}"
        told = {"PriceListArn": arn, "RegionCode": body["RegionCode"], "CurrencyCode": "USD", "FileFormats": ["csv"]}
        return {"PriceLists": [told]}

    def _file_url(self, body: dict[str, Any]) -> dict[str, Any]:
        code = body["PriceListArn"].split("/")[2]
        return {"Url": f"{self.state.url}/offers/v1.0/aws/{code}"}

    def _answer(self, status: int, told: dict[str, Any]) -> None:
        self._send(status, json.dumps(told).encode(), **{"Content-Type": "application/x-amz-json-1.1"})

    def _send(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content)), "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        is_whole = self.state.sends_all_files or "ETag" not in headers
        self.wfile.write(content if is_whole else content[: content.rindex(b"\n", 0, -1) + 1])
        self.close_connection = True


def _is_meant(product: dict[str, Any], filters: Sequence[dict[str, str]]) -> bool:
    known = {"productFamily": product.get("productFamily", ""), **product["attributes"]}
    return all(known.get(entry["Field"], "") == entry["Value"] for entry in filters)
