"""The source against a server on loopback: pages, throttling, and everything that breaks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.catalog.refresh.azure.listed import TODAY, item, page, sizes
from tests.catalog.refresh.azure.price_server import Answer, PriceServer, running_price_server
from tollbar.catalog.refresh.azure.retail_prices_api import Patience
from tollbar.catalog.refresh.azure.source import open_source
from tollbar.catalog.refresh.interface import Connection, Portion
from tollbar.errors import RefreshError, SourceUnavailableError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Callable

    from tollbar.catalog.refresh.azure.source import AzureRetailPrices

AT_ONCE = Patience(attempts=4, first=0, longest=0)
PORTION = Portion("virtual_machines", "australiacentral")


def source_at(url: str | None, transport: httpx2.BaseTransport | None = None) -> AzureRetailPrices:
    return open_source(Connection(date.fromisoformat(TODAY), url), AT_ONCE, transport)


def answering(
    answer: Callable[[httpx2.Request], httpx2.Response], url: str = "http://prices.test/api/retail/prices"
) -> AzureRetailPrices:
    return source_at(url, httpx2.MockTransport(answer))


def paged(*pages: list[dict[str, Any]]) -> Callable[[PriceServer, dict[str, str]], Answer]:
    """Answer with these pages, one after the other by ``$skip``, naming the next as the vendor does."""

    def answer(_server: PriceServer, query: dict[str, str]) -> Answer:
        number = int(query.get("$skip", 0)) // 1000
        link = f"https://prices.azure.com:443/api/retail/prices?$filter={query['$filter']}&$skip={(number + 1) * 1000}"
        return Answer(page(pages[number], link if number + 1 < len(pages) else None))

    return answer


def size_prices(count: int) -> tuple[Price, ...]:
    """Return what the made-up sizes come to, ordered by path."""
    found = [
        Price(
            PriceKey(f"azure/virtual_machines/linux/on_demand/standard_x{number}", "australiacentral"),
            "hours",
            (Tier(Decimal(0), Decimal(str(round(0.1 + number / 1000, 3)))),),
            "azure-retail-prices",
            TODAY,
            "A",
        )
        for number in range(count)
    ]
    return tuple(sorted(found, key=lambda price: price.key.path))


def test_all_pages_are_read() -> None:
    pages = [sizes(1000), sizes(1000, 1000), sizes(7, 2000)]
    with running_price_server(paged(*pages)) as server:
        fetched = source_at(server.url).fetch(PORTION, None)
    condition = "serviceName eq 'Virtual Machines' and armRegionName eq 'australiacentral'"
    assert fetched is not None
    assert (fetched.prices, fetched.etag) == (size_prices(2007), None)
    assert server.queries == [
        {"api-version": "2023-01-01-preview", "currencyCode": "USD", "$filter": condition},
        {"$filter": condition, "$skip": "1000"},
        {"$filter": condition, "$skip": "2000"},
    ]


def test_a_link_to_the_server_itself_is_followed() -> None:
    def answer(server: PriceServer, query: dict[str, str]) -> Answer:
        return Answer(page(sizes(1, 1)) if "$skip" in query else page(sizes(1), f"{server.url}?$skip=1000"))

    with running_price_server(answer) as server:
        fetched = source_at(server.url).fetch(PORTION, None)
    assert fetched is not None
    assert fetched.prices == size_prices(2)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_says_later_is_asked_again(status: int) -> None:
    def answer(server: PriceServer, _query: dict[str, str]) -> Answer:
        if len(server.queries) <= 2:
            return Answer(b"later", status, (("Retry-After", "0"),))
        return Answer(page(sizes(3)))

    with running_price_server(answer) as server:
        fetched = source_at(server.url).fetch(PORTION, None)
    assert fetched is not None
    assert fetched.prices == size_prices(3)
    assert len(server.queries) == 3


def test_patience_ends() -> None:
    with (
        running_price_server(lambda _server, _query: Answer(b"later", 429)) as server,
        pytest.raises(RefreshError) as caught,
    ):
        source_at(server.url).fetch(PORTION, None)
    assert len(server.queries) == 4
    assert type(caught.value) is RefreshError
    assert caught.value.message == (
        "/api/retail/prices (page 1 of serviceName eq 'Virtual Machines' and armRegionName eq 'australiacentral')"
        " answers HTTP 429 after 4 tries"
    )


def test_a_body_that_is_cut_is_asked_for_again() -> None:
    whole = page(sizes(5))

    def answer(server: PriceServer, _query: dict[str, str]) -> Answer:
        return Answer(whole[:100], promised=len(whole)) if len(server.queries) == 1 else Answer(whole)

    with running_price_server(answer) as server:
        fetched = source_at(server.url).fetch(PORTION, None)
    assert fetched is not None
    assert fetched.prices == size_prices(5)


def test_a_body_that_is_always_cut_is_an_error() -> None:
    with (
        running_price_server(lambda _server, _query: Answer(page([])[:9], promised=10)) as server,
        pytest.raises(RefreshError, match=r"page 1 of .* breaks off: ") as caught,
    ):
        source_at(server.url).fetch(PORTION, None)
    assert type(caught.value) is RefreshError
    assert len(server.queries) == 4


def test_a_server_that_dies_leaves_no_half_portion() -> None:
    pages = [sizes(1000), sizes(1000, 1000), sizes(1, 2000)]

    def answer(server: PriceServer, query: dict[str, str]) -> Answer:
        if len(server.queries) == 2:
            server.stop()
        return paged(*pages)(server, query)

    with (
        running_price_server(answer) as server,
        pytest.raises(SourceUnavailableError, match=r"no connection to 127\.0\.0\.1"),
    ):
        source_at(server.url).fetch(PORTION, None)
    assert len(server.queries) == 2


def test_without_a_connection_the_source_is_unavailable() -> None:
    with running_price_server(lambda _server, _query: Answer()) as server:
        pass
    with pytest.raises(SourceUnavailableError, match=r"no connection to 127\.0\.0\.1") as caught:
        source_at(server.url).fetch(PORTION, None)
    assert caught.value.hint == "The old prices stay. Try again when online."


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.test/api/retail/prices?$skip=1000",
        "http://prices.azure.com/api/retail/prices?$skip=1000",
        "https://prices.azure.com:8443/api/retail/prices?$skip=1000",
        "https://prices.azure.com.elsewhere.test/api/retail/prices?$skip=1000",
    ],
)
def test_a_link_to_another_host_is_an_error(link: str) -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        return httpx2.Response(200, content=page(sizes(1), link))

    with pytest.raises(RefreshError, match="names a next page on another host: "):
        answering(answer).fetch(PORTION, None)
    assert asked == ["prices.test"]


def test_a_link_that_is_no_address_is_an_error() -> None:
    with pytest.raises(RefreshError, match="names a next page that is no address"):
        answering(lambda _request: httpx2.Response(200, content=page([], "https://[oops/"))).fetch(PORTION, None)


def test_pages_that_go_round_in_circles_are_an_error() -> None:
    def answer(_request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=page([], "http://prices.test/api/retail/prices?$skip=1000"))

    with pytest.raises(RefreshError, match=r"page 2 of .* names a page that was read already"):
        answering(answer).fetch(PORTION, None)


def test_without_an_endpoint_the_vendor_is_asked() -> None:
    asked: list[tuple[str, str]] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append((request.url.host, request.url.params.get("$skip", "")))
        link = None if "$skip" in request.url.params else "https://prices.azure.com:443/api/retail/prices?$skip=1000"
        return httpx2.Response(200, content=page([], link))

    source_at(None, httpx2.MockTransport(answer)).fetch(PORTION, None)
    assert asked == [("prices.azure.com", ""), ("prices.azure.com", "1000")]


def test_a_refused_filter_is_named() -> None:
    body = b'{"Error":{"Code":"BadRequest","Message":"Invalid OData parameters supplied"}}'
    with pytest.raises(RefreshError) as caught:
        answering(lambda _request: httpx2.Response(400, content=body)).fetch(
            Portion("virtual_machines", "o'hara"), None
        )
    assert caught.value.message == (
        "the filter of /api/retail/prices (page 1 of serviceName eq 'Virtual Machines' and armRegionName eq 'o''hara')"
        f" is refused: {body.decode()}"
    )


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, SourceUnavailableError), (403, SourceUnavailableError), (404, RefreshError), (302, RefreshError)],
)
def test_other_answers_are_errors(status: int, kind: type[RefreshError]) -> None:
    with pytest.raises(RefreshError, match=f"HTTP {status}") as caught:
        answering(lambda _request: httpx2.Response(status, headers={"Location": "http://elsewhere.test/"})).fetch(
            PORTION, None
        )
    assert type(caught.value) is kind


def without(field: str) -> bytes:
    return page([item(), {name: value for name, value in item().items() if name != field}])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<html><title>Maintenance</title></html>", "is not JSON: "),
        (page(sizes(2))[:300], "is not JSON: "),
        (b"", "is not JSON: "),
        (b"\xff\xfe", "is not JSON: "),
        (b"[" * 200_000, "is not JSON: "),
        (b'{"Error":{"Code":"BadRequest"}}', "has no list 'Items'"),
        (b"[]", "has no list 'Items'"),
        (b'{"Items": [], "NextPageLink": 5}', "has a 'NextPageLink' that is no text: Decimal('5')"),
        (b'{"Items": [3]}', "item 1 is no object"),
        (without("meterId"), "item 2 has no 'meterId'"),
        (without("retailPrice"), "item 2 has no 'retailPrice'"),
        (without("unitOfMeasure"), "item 2 has no 'unitOfMeasure'"),
        (without("isPrimaryMeterRegion"), "item 2 has no 'isPrimaryMeterRegion'"),
        (without("effectiveStartDate"), "item 2 has no 'effectiveStartDate'"),
        (page([item(retailPrice="0.5")]), "item 1 has a 'retailPrice' that is no number of 0 or more: '0.5'"),
        (page([item(retailPrice=-1)]), "item 1 has a 'retailPrice' that is no number of 0 or more: Decimal('-1')"),
        (page([item(retailPrice=None)]), "item 1 has a 'retailPrice' that is no number of 0 or more: None"),
        (page([item(retailPrice=True)]), "item 1 has a 'retailPrice' that is no number of 0 or more: True"),
        (page([item(retailPrice=float("nan"))]), "is not JSON: NaN is no number"),
        (page([item(currencyCode="EUR")]), "item 1 has 'currencyCode' 'EUR' instead of 'USD'"),
        (page([item(effectiveStartDate="soon")]), "item 1 has a 'effectiveStartDate' that is no date: 'soon'"),
        (
            page([item(isPrimaryMeterRegion="yes")]),
            "item 1 has a 'isPrimaryMeterRegion' that is no true or false: 'yes'",
        ),
        (page([item(savingsPlan=[1])]), "item 1 has a 'savingsPlan' that is no list of objects"),
        (page([item(savingsPlan=[{"term": "1 Year"}])]), "item 1 has no 'retailPrice'"),
    ],
)
def test_a_broken_page_is_named(body: bytes, told: str) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        if "$skip" not in request.url.params:
            return httpx2.Response(200, content=page(sizes(1), "http://prices.test/api/retail/prices?$skip=1000"))
        return httpx2.Response(200, content=body)

    with pytest.raises(RefreshError) as caught:
        answering(answer).fetch(PORTION, None)
    assert type(caught.value) is RefreshError
    place = "/api/retail/prices (page 2 of serviceName eq 'Virtual Machines' and armRegionName eq 'australiacentral') "
    assert caught.value.message.startswith(place + told)


def test_another_regions_price_is_refused() -> None:
    stray = httpx2.Response(200, content=page([item(), item(armRegionName="eastus")]))
    with pytest.raises(RefreshError) as caught:
        answering(lambda _request: stray).fetch(PORTION, None)
    assert caught.value.message == (
        "asked for virtual_machines in australiacentral, told the price of"
        " Virtual Machines Basv2 Series / B16als v2 / B16als v2 in 'eastus'"
    )


def test_regions_are_asked_for_where_none_are_given() -> None:
    listed = [item(armRegionName=region) for region in ("westeurope", "eastus", "westeurope", "")]
    answer = httpx2.Response(200, content=page(listed))
    portions = answering(lambda _request: answer).portions(["virtual_machines"], [])
    regions = [portion.region for portion in portions]
    assert regions == ["eastus", "westeurope", "global"]


def test_given_regions_are_not_asked_for() -> None:
    source = answering(lambda _request: httpx2.Response(500))
    assert source.portions(["virtual_machines"], ["eastus"]) == [
        Portion("virtual_machines", "eastus"),
        Portion("virtual_machines", "global"),
    ]


def test_an_unknown_service_names_the_nearest() -> None:
    with pytest.raises(RefreshError) as caught:
        answering(lambda _request: httpx2.Response(500)).portions(["virtual_machine"], ["eastus"])
    assert (caught.value.message, caught.value.hint) == (
        "no service 'virtual_machine' of azure",
        "Did you mean 'virtual_machines'?",
    )


@pytest.mark.parametrize("missing", ["httpx2", "stamina"])
def test_missing_libraries_are_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415 -- only here

    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "tollbar.catalog.refresh.azure.retail_prices_api")
    with pytest.raises(RefreshError) as caught:
        open_source(Connection(date.fromisoformat(TODAY)))
    assert (caught.value.message, caught.value.hint) == (
        f"Azure prices are read with {missing}, which is not installed",
        "pip install 'tollbar[azure]'",
    )
