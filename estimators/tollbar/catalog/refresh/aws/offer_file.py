"""The offer files of the Price List: found by its bulk API, then read row by row while they are loaded.

They are for the services whose products number hundreds of thousands in a region (AmazonEC2,
AmazonRDS): the query API gives 100 products a page. The file of AmazonEC2 in us-east-1 is some
hundred megabytes, so it is never held as a whole; and an unchanged one is not sent again.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.awsrequest import AWSRequest
from botocore.httpsession import URLLib3Session
from urllib3.exceptions import HTTPError

from tollbar.catalog.refresh.aws.clients import aws_errors
from tollbar.catalog.refresh.aws.product import MalformedProductError, attribute_name, rate_of_row
from tollbar.errors import RefreshError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tollbar.catalog.refresh.aws.clients import Clients
    from tollbar.catalog.refresh.aws.product import Rate
    from tollbar.catalog.refresh.interface import Portion

_METADATA_ROWS = 5
_TIMEOUT_SECONDS = 60
_OK, _NOT_MODIFIED = 200, 304


class OfferFile(NamedTuple):
    """An offer file that is being loaded: the day it was published, its ETag, and its rates as they come in."""

    published: str | None
    etag: str | None
    rates: Iterator[Rate]


def file_url(clients: Clients, portion: Portion, code: str, today: date) -> str | None:
    """Return where the file of a service in the portion's region is loaded from; None where there is none.

    Raises:
        RefreshError: AWS could not be asked.
    """
    with aws_errors(str(portion)):
        pricing = clients.pricing()
        lists = pricing.list_price_lists(
            ServiceCode=code,
            EffectiveDate=datetime.combine(today, time(), UTC),
            RegionCode=portion.region,
            CurrencyCode="USD",
        )["PriceLists"]
        if not lists:
            return None
        found = pricing.get_price_list_file_url(PriceListArn=lists[0]["PriceListArn"], FileFormat="csv")
    return str(found["Url"])


def load(url: str, portion: Portion, etag: str | None) -> OfferFile | None:
    """Return the file; None where it is as it was when ``etag`` was told. The address needs no credentials.

    Raises:
        SourceUnavailableError: AWS is out of reach.
        RefreshError: There is no such file, or its beginning is none of an offer file.
    """
    headers = {"Accept-Encoding": "gzip"} | ({"If-None-Match": etag} if etag else {})
    request = AWSRequest("GET", url, headers=headers, stream_output=True).prepare()
    session = URLLib3Session(timeout=_TIMEOUT_SECONDS)
    with aws_errors(str(portion)):
        response = session.send(request)
    if response.status_code != _OK:
        response.raw.close()
        session.close()
        if response.status_code == _NOT_MODIFIED:
            return None
        raise RefreshError(f"{portion}: loading its offer file ends with HTTP {response.status_code}")
    rows = _rows(session, response.raw, portion)
    published = _published(rows)
    header = [attribute_name(column) for column in next(rows, [])]
    if "sku" not in header:
        raise RefreshError(f"{portion}: what was loaded is no offer file: row 6 names no column SKU")
    return OfferFile(published, response.headers.get("ETag"), _rates(rows, header, portion))


def _rows(session: URLLib3Session, raw: Any, portion: Portion) -> Iterator[list[str]]:  # noqa: ANN401 -- botocore ships no types
    """Yield the rows as they are loaded; both are closed at the end."""
    raw.decode_content = True
    raw.enforce_content_length = True  # botocore turns it off: a file cut between two rows would pass for a whole one
    raw.auto_close = False  # or the text reader meets a closed file at its end
    try:
        with io.TextIOWrapper(raw, encoding="utf-8", newline="") as lines:
            yield from csv.reader(lines, strict=True)
    except (HTTPError, csv.Error, UnicodeDecodeError, OSError) as error:
        raise RefreshError(f"{portion}: its offer file breaks off ({type(error).__name__})") from error
    finally:
        session.close()


def _published(rows: Iterator[list[str]]) -> str | None:
    dates = {row[0]: row[1] for row in islice(rows, _METADATA_ROWS) if len(row) > 1}
    return dates["Publication Date"][:10] if "Publication Date" in dates else None


def _rates(rows: Iterator[list[str]], header: list[str], portion: Portion) -> Iterator[Rate]:
    for number, row in enumerate(rows, start=_METADATA_ROWS + 2):
        if len(row) != len(header):
            raise RefreshError(f"{portion}: row {number} of its offer file has {len(row)} of {len(header)} columns")
        try:
            rate = rate_of_row(dict(zip(header, row, strict=True)))
        except MalformedProductError as error:
            raise RefreshError(f"{portion}: row {number} of its offer file: {error}") from error
        if rate is not None:
            yield rate
