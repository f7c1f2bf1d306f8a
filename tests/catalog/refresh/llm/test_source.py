"""Refreshing LLM prices against a web server that works, fails, breaks off, and has nothing new."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.catalog.refresh.llm.publisher import PUBLISHED
from tollbar.catalog.llm import LlmCatalog
from tollbar.catalog.refresh.interface import Connection, Portion
from tollbar.catalog.refresh.llm.published_data import read_providers
from tollbar.catalog.refresh.llm.source import GenaiPrices, open_source
from tollbar.errors import RefreshError, SourceUnavailableError
from tollbar.price import Price, PriceKey, Tier
from tollbar.units import units

if TYPE_CHECKING:
    from tests.catalog.refresh.llm.publisher import Publisher

TODAY = date(2026, 11, 26)
PORTION = Portion("tokens", "global")


def _source(url: str, today: date = TODAY) -> GenaiPrices:
    return GenaiPrices(Connection(today, url), waits=(0, 0))


def _price(what: str, unit_price: str, as_of: str = "2026-10-01") -> Price:
    tiers = (Tier(Decimal(0), Decimal(unit_price)),)
    return Price(PriceKey(f"llm/openai/gpt-4o/{what}", "global"), "tokens", tiers, "genai-prices", as_of, "B")


def test_there_is_one_portion_whatever_the_region() -> None:
    source = open_source(Connection(TODAY))
    assert list(source.services()) == ["tokens"]
    assert list(source.portions(["tokens"], ["eu-west-1"])) == [PORTION]
    assert list(source.portions([], [])) == [PORTION]


def test_an_unknown_service_is_refused() -> None:
    with pytest.raises(RefreshError, match="no service 'token' of llm\n  Did you mean 'tokens'"):
        open_source(Connection(TODAY)).portions(["token"], [])


def test_the_prices_of_the_day_are_fetched(publisher: Publisher) -> None:
    fetched = _source(publisher.url).fetch(PORTION, None)
    assert fetched is not None
    assert fetched.prices == (_price("input_tokens", "0.0000025"), _price("output_tokens", "0.00001"))


def test_an_unchanged_file_is_not_read_again(publisher: Publisher) -> None:
    source = _source(publisher.url)
    fetched = source.fetch(PORTION, None)
    assert fetched is not None
    assert source.fetch(PORTION, fetched.etag) is None
    assert publisher.asked == [None, '"v1"']


def test_a_changed_file_is_read_again(publisher: Publisher) -> None:
    fetched = _source(publisher.url).fetch(PORTION, None)
    assert fetched is not None
    publisher.etag = '"v2"'
    again = _source(publisher.url).fetch(PORTION, fetched.etag)
    assert again is not None
    assert again.prices == fetched.prices


def test_an_unchanged_file_is_read_again_once_an_announced_price_holds(publisher: Publisher) -> None:
    fetched = _source(publisher.url).fetch(PORTION, None)
    assert fetched is not None
    assert _source(publisher.url, date(2026, 12, 31)).fetch(PORTION, fetched.etag) is None
    later = _source(publisher.url, date(2027, 1, 1)).fetch(PORTION, fetched.etag)
    assert later is not None
    expected = (_price("input_tokens", "1E-7", "2027-01-01"), _price("output_tokens", "3E-7", "2027-01-01"))
    assert later.prices == expected
    assert _source(publisher.url, date(2030, 1, 1)).fetch(PORTION, later.etag) is None


def test_a_passing_failure_is_tried_again(publisher: Publisher) -> None:
    publisher.failures = [500, 429]
    fetched = _source(publisher.url).fetch(PORTION, None)
    assert fetched is not None
    assert len(fetched.prices) == 2
    assert len(publisher.asked) == 3


def test_a_lasting_failure_is_given_up(publisher: Publisher) -> None:
    publisher.failures = [500] * 10
    with pytest.raises(SourceUnavailableError, match=r"/data.json answered HTTP 500 \(3 tries\)\n  Check the network"):
        _source(publisher.url).fetch(PORTION, None)
    assert len(publisher.asked) == 3


def test_a_refusal_is_not_tried_again(publisher: Publisher) -> None:
    publisher.failures = [404] * 10
    with pytest.raises(SourceUnavailableError, match="answered HTTP 404\n  Has the file moved"):
        _source(publisher.url).fetch(PORTION, None)
    assert len(publisher.asked) == 1


def test_a_server_that_breaks_off_is_given_up(publisher: Publisher) -> None:
    publisher.cut = True
    with pytest.raises(SourceUnavailableError, match=r"did not answer: .* \(3 tries\)"):
        _source(publisher.url).fetch(PORTION, None)
    assert len(publisher.asked) == 3


def test_no_connection_says_what_to_do() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://someone:secret@127.0.0.1:{unused.getsockname()[1]}/data.json?token=secret"
        with pytest.raises(SourceUnavailableError) as raised:
            _source(url).fetch(PORTION, None)
    assert "did not answer: " in str(raised.value)
    assert "or give a mirror's address" in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("address", ["prices.example", "ftp://prices.example/data.json", "http://prices.example:port/"])
def test_an_endpoint_that_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(SourceUnavailableError, match="is no address\n  It begins with https://"):
        _source(address).fetch(PORTION, None)


def _changed(**changes: Any) -> bytes:
    provider = json.loads(json.dumps(PUBLISHED[0]))
    provider["models"][0].update(changes)
    return json.dumps([provider]).encode()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (json.dumps(PUBLISHED).encode()[:300], "Unterminated string|Expecting|delimiter"),
        (b"<html>Sign in to the guest network</html>", "Expecting value"),
        (b"[]", "it tells of no model"),
        (b'{"openai": {}}', "has no attribute|object"),
        (b"null", "not iterable"),
        (b"\xff\xfe\x00", "decode|Expecting"),
        (_changed(prices={"input_mtok": "two"}), "valid decimal"),
        (_changed(match={}), "StopIteration"),
        (_changed(match={"sounds_like": "gpt"}), "sounds_like"),
        (_changed(prices={"input_mtok": float("nan")}), "NaN is no price"),
    ],
    ids=["half", "html", "empty", "object", "null", "not text", "word", "no rule", "unknown rule", "nan"],
)
def test_a_broken_file_is_refused(publisher: Publisher, body: bytes, says: str) -> None:
    publisher.body = body
    with pytest.raises(RefreshError, match=says) as raised:
        _source(publisher.url).fetch(PORTION, None)
    assert "is no price data of genai-prices" in str(raised.value)
    assert "The prices of the installed genai-prices stay in use." in str(raised.value)


def test_a_negative_price_is_refused(publisher: Publisher) -> None:
    publisher.body = _changed(prices={"input_mtok": -2.5})
    with pytest.raises(RefreshError, match=r"llm/openai/gpt-4o/input_tokens costs -2\.5"):
        _source(publisher.url).fetch(PORTION, None)


def test_a_file_without_a_price_is_refused(publisher: Publisher) -> None:
    publisher.body = _changed(prices={"input_mtok": 0, "dream_mtok": 2})
    with pytest.raises(RefreshError, match="has no price"):
        _source(publisher.url).fetch(PORTION, None)


def test_a_kind_of_price_newer_than_the_library_is_left_out(publisher: Publisher) -> None:
    publisher.body = _changed(prices={"input_mtok": 2.5, "dream_mtok": 2})
    fetched = _source(publisher.url).fetch(PORTION, None)
    assert fetched is not None
    assert fetched.prices == (_price("input_tokens", "0.0000025", "2026-11-26"),)


def test_refreshed_and_embedded_prices_stand_under_the_same_paths(publisher: Publisher) -> None:
    fetched = _source(publisher.url).fetch(PORTION, None)
    assert fetched is not None
    catalog = LlmCatalog(TODAY, read_providers(publisher.url, publisher.body))
    assert [catalog.find(price.key) for price in fetched.prices] == list(fetched.prices)
    assert {price.unit for price in fetched.prices} <= set(units())


def test_listing_the_source_imports_neither_the_library_nor_an_http_client() -> None:
    code = (
        "import sys, datetime; from tollbar.catalog.refresh.llm.source import open_source;"
        "from tollbar.catalog.refresh.interface import Connection;"
        "open_source(Connection(datetime.date(2026, 11, 26))).services();"
        "print('genai_prices' in sys.modules, 'httpx2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "False False\n"
