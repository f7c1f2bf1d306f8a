"""The query API of the Price List: GetProducts, page by page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tollbar.catalog.refresh.aws.clients import aws_errors
from tollbar.catalog.refresh.aws.product import MalformedProductError, rates_of_document
from tollbar.errors import RefreshError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.refresh.aws.clients import Clients
    from tollbar.catalog.refresh.aws.product import Rate
    from tollbar.catalog.refresh.aws.service import Query
    from tollbar.catalog.refresh.interface import Portion

_PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Document:
    """The rates of one product, and the day its price list was published, where it tells."""

    rates: tuple[Rate, ...]
    published: str | None


def regions_of(clients: Clients, code: str, region_attribute: str) -> list[str]:
    """Return the values of the attribute that tells the region which a service's products have.

    Raises:
        RefreshError: AWS could not be asked.
    """
    found: list[str] = []
    asked = {"ServiceCode": code, "AttributeName": region_attribute, "MaxResults": _PAGE_SIZE}
    for answer, _ in _pages(clients, "get_attribute_values", asked, f"the regions of {code}"):
        found += [entry["Value"] for entry in answer["AttributeValues"]]
    return found


def documents(clients: Clients, portion: Portion, query: Query, region_attribute: str) -> Iterator[Document]:
    """Yield the products of one query in the portion's region, those of ``global`` without asking for a region.

    Raises:
        RefreshError: A page could not be read; service, region and page are named.
    """
    where = dict(query.where)
    if portion.region != "global":
        where[region_attribute] = portion.region
    filters = [{"Type": "TERM_MATCH", "Field": name, "Value": value} for name, value in where.items()]
    asked = {"ServiceCode": query.code, "Filters": filters, "FormatVersion": "aws_v1", "MaxResults": _PAGE_SIZE}
    for answer, page in _pages(clients, "get_products", asked, str(portion)):
        for text in answer["PriceList"]:
            yield _document(text, f"{portion}, page {page} of {query.code}")


def _pages(clients: Clients, operation: str, asked: dict[str, Any], what: str) -> Iterator[tuple[dict[str, Any], int]]:
    with aws_errors(what):
        ask = getattr(clients.pricing(), operation)
    token: str | None = None
    page = 0
    while True:
        page += 1
        with aws_errors(f"{what}, page {page}"):
            answer = ask(**asked, **({"NextToken": token} if token else {}))
        yield answer, page
        previous, token = token, answer.get("NextToken")
        if not token:
            return
        if token == previous:
            raise RefreshError(f"{what}: page {page} is followed by itself")


def _document(text: str, place: str) -> Document:
    try:
        told = json.loads(text)
        published = told.get("publicationDate") if isinstance(told, dict) else None
        return Document(tuple(rates_of_document(told)), published[:10] if published else None)
    except json.JSONDecodeError as error:
        raise RefreshError(f"{place}: a product is no JSON ({error.msg} at character {error.pos})") from error
    except MalformedProductError as error:
        raise RefreshError(f"{place}: {error}") from error
