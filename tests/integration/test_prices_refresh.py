"""``tollbar prices refresh`` as a user runs it, against the vendors' protocols on loopback."""

from __future__ import annotations

import json
import signal
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.catalog.refresh.azure.listed import item, page
from tests.catalog.refresh.azure.price_server import Answer, PriceServer, running_price_server
from tests.integration.price_refresh import Prices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "azure/virtual_machines/linux/on_demand/standard_d4s_v5"
ASKED = ("prices", "refresh", "azure", "--service", "virtual_machines", "--region", "northeurope")
BOTH = (*ASKED, "--region", "westeurope", "--endpoint")
MACHINE = """
resource "azurerm_linux_virtual_machine" "web" {
  name     = "web"
  location = "westeurope"
  size     = "Standard_D4s_v5"
  os_disk {
    caching              = "None"
    storage_account_type = "Standard_LRS"
  }
}
provider "azurerm" { features {} }
"""


def _machine(region: str, price: float) -> dict[str, Any]:
    return item(
        armRegionName=region,
        armSkuName="Standard_D4s_v5",
        meterName="D4s v5",
        skuName="D4s v5",
        productName="Virtual Machines Dsv5 Series",
        retailPrice=price,
    )


class Vendor:
    """Lists one machine in two regions; where told to, it keeps the second region waiting, or breaks it."""

    def __init__(self) -> None:
        self.prices = {"northeurope": 0.214, "westeurope": 0.23}
        self.broken = b""
        self.waiting = threading.Event()
        self.let_go = threading.Event()
        self.let_go.set()

    def answer(self, _server: PriceServer, query: dict[str, str]) -> Answer:
        """Return what is listed for a query."""
        condition = query["$filter"]
        for region, price in self.prices.items():
            if f"'{region}'" in condition:
                if region == "westeurope":
                    self.waiting.set()
                    self.let_go.wait(30)
                    if self.broken:
                        return Answer(self.broken)
                return Answer(page([_machine(region, price)]))
        return Answer(page([]))


@pytest.fixture
def vendor() -> Vendor:
    return Vendor()


@pytest.fixture
def server(vendor: Vendor) -> Iterator[PriceServer]:
    with running_price_server(vendor.answer) as running:
        yield running
        vendor.let_go.set()


@pytest.fixture
def prices(tmp_path: Path) -> Prices:
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "main.tf").write_text(MACHINE, encoding="utf-8")
    return Prices(tmp_path / "prices")


def _shown(prices: Prices) -> tuple[float, str, str]:
    """Return the price in use in West Europe, its trust, and the layer it comes from."""
    _, out, _ = prices.run("prices", "show", KEY, "--region", "westeurope", "--format", "json")
    first = json.loads(out)[0]
    return first["unit_price"], first["trust"], first["layer"]


def _estimated(prices: Prices) -> tuple[float, str]:
    """Return the monthly cost of the machine's hours and the date of their price."""
    code, out, err = prices.run("estimate", "infra", "--format", "json")
    assert code == 0, err
    line = json.loads(out)["resources"][0]["breakdown"][0]
    return line["monthly_cost"], line["price"]["as_of"]


def test_refreshed_prices_are_used_from_then_on(prices: Prices, server: PriceServer, vendor: Vendor) -> None:
    assert _shown(prices) == (0.23, "A", "embedded snapshot")
    vendor.prices["westeurope"] = 0.26
    code, out, err = prices.run(*BOTH, server.url)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "azure: 3 read; 2 prices",
        "  0 new, 1 changed (0 by over 25 %), 0 gone, 1 the same",
        f"  in use now: {prices.folder / 'azure-retail-prices.sqlite'}",
    ]
    assert _shown(prices) == (0.26, "A", "refreshed azure-retail-prices.sqlite")
    assert _estimated(prices) == (189.8, datetime.now(UTC).date().isoformat())


def test_a_dry_run_lists_what_would_change_and_replaces_nothing(
    prices: Prices, server: PriceServer, vendor: Vendor
) -> None:
    vendor.prices["westeurope"] = 0.3
    code, out, _ = prices.run(*BOTH, server.url, "--dry-run")
    assert code == 0
    assert f"  {KEY} in westeurope: 0.23 → 0.3 USD per hour (+30 %)" in out.splitlines()
    assert "a dry run: nothing was replaced" in out
    assert prices.files() == {}
    assert _shown(prices) == (0.23, "A", "embedded snapshot")


def test_a_recent_refresh_asks_the_vendor_nothing(prices: Prices, server: PriceServer) -> None:
    prices.run(*BOTH, server.url)
    asked = len(server.queries)
    code, out, _ = prices.run(*BOTH, server.url, "--max-age", "24h")
    assert code == 0
    assert "recent enough; nothing to do" in out
    assert len(server.queries) == asked


def test_a_refresh_killed_half_way_leaves_the_old_prices_and_is_gone_on_with(
    prices: Prices, server: PriceServer, vendor: Vendor
) -> None:
    prices.run(*BOTH, server.url)
    before = prices.files()
    vendor.prices["westeurope"] = 0.26
    vendor.waiting.clear()
    vendor.let_go.clear()
    with prices.start(*BOTH, server.url) as process:
        assert vendor.waiting.wait(30), "the second portion was never asked for"
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    vendor.let_go.set()
    assert prices.files() == before
    assert _shown(prices) == (0.23, "A", "refreshed azure-retail-prices.sqlite")
    assert _estimated(prices)[0] == 167.9
    server.queries.clear()
    code, out, _ = prices.run(*BOTH, server.url)
    assert code == 0
    assert out.startswith("azure: 2 read, 1 read before; 2 prices\n")
    assert [region for query in server.queries for region in vendor.prices if region in query["$filter"]] == [
        "westeurope"
    ]
    assert _shown(prices) == (0.26, "A", "refreshed azure-retail-prices.sqlite")


def test_a_broken_page_leaves_the_old_prices(prices: Prices, server: PriceServer, vendor: Vendor) -> None:
    prices.run(*BOTH, server.url)
    before = prices.files()
    vendor.broken = b"<html>busy</html>"
    code, out, err = prices.run(*BOTH, server.url)
    assert (code, out) == (3, "")
    assert err.startswith("error: 1 of 3 portions could not be read\n  virtual_machines in westeurope: ")
    assert "Run the same command again to go on from there, or with --partial" in err
    assert prices.files() == before


def test_prices_ten_times_as_high_are_refused(prices: Prices, server: PriceServer, vendor: Vendor) -> None:
    prices.run(*BOTH, server.url)
    before = prices.files()
    vendor.prices = {region: round(price * 10, 2) for region, price in vendor.prices.items()}
    code, out, err = prices.run(*BOTH, server.url)
    assert (code, out) == (3, "")
    assert "moved family: azure/virtual_machines/linux/on_demand" in err
    assert "If these changes are real, run it again with --accept." in err
    assert prices.files() == before
    assert prices.run(*BOTH, server.url, "--accept")[0] == 0
    assert _shown(prices)[0] == 2.3


def test_without_a_connection_the_old_prices_stay(prices: Prices) -> None:
    code, out, err = prices.run(*ASKED, "--endpoint", "http://127.0.0.1:9/api/retail/prices")
    assert (code, out) == (3, "")
    assert err.startswith("error: no connection to 127.0.0.1")
    assert prices.files() == {}
    assert _shown(prices) == (0.23, "A", "embedded snapshot")


def test_a_damaged_snapshot_is_never_used_and_a_refresh_mends_it(prices: Prices, server: PriceServer) -> None:
    prices.run(*BOTH, server.url)
    (prices.folder / "azure-retail-prices.sqlite").write_bytes(b"no database" * 1000)
    code, _, err = prices.run("estimate", "infra")
    assert code == 3
    assert "azure-retail-prices.sqlite is not a price snapshot" in err
    assert prices.run(*BOTH, server.url)[0] == 0
    assert _estimated(prices)[0] == 167.9
