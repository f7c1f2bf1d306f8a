"""Compute Engine machines: predefined and custom types, GPUs, local SSDs, premium operating systems."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices
from tollbar.price import Tier
from tollbar.resources.gcp.machine import custom_type, licence_size
from tollbar.resources.gcp.sustained_use import accelerator_schedule, machine_schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price
    from tollbar.resources.gcp.sustained_use import Schedule

TABLE = "gcp/compute"
_PURCHASES = frozenset({"on_demand", "spot", "committed_use_1yr", "committed_use_3yr"})
_NOT_COMMITTABLE = frozenset({"f1-micro", "g1-small"})
"""No commitment covers these; the source repeats their sustained use price."""
_CUSTOM_PREMIUM = Decimal("1.05")
"""Custom types of N2, N2D, N4 and E2 cost 5 % more than predefined ones ("VM instance pricing", custom
machine types). N1's custom prices are listed by themselves."""
_CUSTOM_SERIES = frozenset({"n2", "n2d", "n4", "n4a", "n4d", "e2"})
_UNITS = {"vcpu": "vCPU-hours", "ram": "GiB-hours"}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield machine types, custom vCPUs and memory, GPUs, local SSDs and licences, by region."""
    yield from _instances(tables)
    yield from _custom(tables)
    yield from _extended_memory(tables)
    yield from _accelerators(tables)
    for row in tables.rows("gcp_storage_network", service="persistent_disk", sku_key="local"):
        yield row.price(f"gcp/compute/local_ssd/{row.purchase_option}")
    for row in tables.rows("gcp_os_licenses"):
        yield row.price(f"gcp/compute/licence/{row.attributes['os']}/{licence_size(row.sku_key)}")
    yield from page_prices(tables, TABLE)


def _instances(tables: SourceTables) -> Iterator[Price]:
    for row in tables.rows("gcp_compute"):
        if row.purchase_option not in _PURCHASES or custom_type(row.sku_key) is not None:
            continue
        if row.purchase_option.startswith("committed_use") and row.sku_key in _NOT_COMMITTABLE:
            continue
        yield row.price(f"gcp/compute/instance/{row.purchase_option}/{row.sku_key}")
        schedule = machine_schedule(row.sku_key)
        if row.purchase_option == "on_demand" and schedule is not None:
            yield _whole_month(row.price(f"gcp/compute/instance/sustained_use/{row.sku_key}"), schedule)


def _custom(tables: SourceTables) -> Iterator[Price]:
    for row in tables.rows("gcp_compute_components"):
        family, _, what = row.sku_key.rpartition("-")
        if family == "custom":
            yield from _component(row, "n1", what, Decimal(1))
        elif family in _CUSTOM_SERIES:
            yield from _component(row, family, what, _CUSTOM_PREMIUM)


def _component(row: Row, series: str, what: str, premium: Decimal) -> Iterator[Price]:
    path = f"gcp/compute/custom_{what}"
    price = _scaled(row.price(f"{path}/{row.purchase_option}/{series}", _UNITS[what], 1), premium)
    yield price
    schedule = machine_schedule(series)
    if row.purchase_option == "on_demand" and schedule is not None:
        net = row.price(f"{path}/sustained_use/{series}", _UNITS[what], 1)
        yield _whole_month(_scaled(net, premium), schedule)


def _extended_memory(tables: SourceTables) -> Iterator[Price]:
    """Yield N1's extended memory: the test suite bills 2 GB of it, net of the discount for a whole month."""
    path = "gcp/compute/custom_extended_ram"
    schedule = machine_schedule("n1")
    for row in tables.test_suite_prices("google_compute_instance"):
        if schedule is not None and row.component == "Custom Instance Extended RAM (Linux/UNIX, on-demand, N1 2 GB)":
            net = row.price(f"{path}/sustained_use/n1", "GiB-hours", 2)
            yield net
            listed = row.price(f"{path}/on_demand/n1", "GiB-hours", 2)
            yield _scaled(listed, 1 / schedule.whole_month_rate)


def _accelerators(tables: SourceTables) -> Iterator[Price]:
    for row in tables.rows("gpu_prices", cloud="gcp", service="gpu_attach"):
        yield row.price(f"gcp/compute/gpu/{row.purchase_option}/{row.sku_key}")
        schedule = accelerator_schedule(row.sku_key)
        if row.purchase_option == "on_demand" and schedule is not None:
            yield _whole_month(row.price(f"gcp/compute/gpu/sustained_use/{row.sku_key}"), schedule)


def _whole_month(price: Price, schedule: Schedule) -> Price:
    """Return a list price as its average over a whole month of sustained use."""
    return _scaled(price, schedule.whole_month_rate)


def _scaled(price: Price, factor: Decimal) -> Price:
    return replace(price, tiers=tuple(Tier(tier.start, tier.unit_price * factor) for tier in price.tiers))
