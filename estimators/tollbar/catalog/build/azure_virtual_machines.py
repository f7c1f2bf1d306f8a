"""Azure virtual machines: Linux and Windows, pay as you go and Spot, by size.

Windows is listed for West and North Europe only (and a few sizes elsewhere by the peer's test suite).
Of most sizes the Windows price is the Linux price plus a Windows Server licence of $0.046 a vCPU-hour
wherever it can be checked; where both European regions show just that, it is added to the Linux prices of
the other regions (trust B). The older series, whose Windows prices follow no such rule, are left out.

Low-priority nodes (Azure Batch and Machine Learning) have list prices of their own, which no source has: on Linux
they are a fifth of pay as you go ("Batch pricing"; trust C).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.price import Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "azure/virtual_machines"
_WINDOWS_LICENCE = Decimal("0.046")
_LICENCE_SOURCE = "windows-licence-rule"
_LICENCE_SOURCE_NAME = (
    "karpenter-provider-azure and azure-pricing-radar: Linux price plus $0.046 a vCPU-hour for Windows Server,"
    " where West and North Europe list exactly that"
)
_OLD_SERIES = re.compile(r"(?:basic|standard_(?:a\d|b\d|h\d|pb|g\d|gs\d))", re.IGNORECASE)
_DEDICATED_HOST = re.compile(r"(\w+?)[ _-]*Type ?(\d+)", re.IGNORECASE)
_MACHINE_LEARNING_SERIES = re.compile(
    r"standard_(?:d\d+s?_v[23]|ds?\d+_v2|ds?\d+-\d_v2|d\d+ds_v4|e\d+a?s?_v[34]|f\d+s_v2|fx\d|hb?c?\d|l\d+s_v2|m\d|n[cdv]\d)",
    re.IGNORECASE,
)
"""The series that take low-priority nodes: "Supported VM series and sizes" of Azure Machine Learning."""
_LOW_PRIORITY_SHARE = Decimal("0.2")
_LOW_PRIORITY_SOURCE = "low-priority-rule"
_LOW_PRIORITY_SOURCE_NAME = (
    "karpenter-provider-azure and azure-pricing-radar: a fifth of the Linux price for low-priority nodes,"
    " as Batch pricing states them"
)
_PROMOTION = "_Promo"
_TEST_SUITE_NAME = re.compile(r"Instance usage \((Linux|Windows), (?:pay as you go, )?(\S+)\)")
_TEST_SUITE_TYPES = (
    "azurerm_kubernetes_cluster",
    "azurerm_kubernetes_cluster_node_pool",
    "azurerm_linux_virtual_machine",
    "azurerm_windows_virtual_machine",
    "azurerm_virtual_machine",
    "azurerm_virtual_machine_scale_set",
    "azurerm_machine_learning_compute_cluster",
)


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly price of every size, operating system and purchase option, by region."""
    listed = _priced(tables.rows("azure_vm_on_demand"))
    linux = without_promotions(listed, listed)
    spellings = _spellings(row.sku_key for row in linux)
    linux = [_spelled(row, spellings) for row in linux]
    priced = without_promotions(_priced(tables.rows("azure_vm_spot_windows_eu")), listed)
    european = [_spelled(row, spellings) for row in priced]
    for row in (*linux, *european, *_priced(tables.rows("azure_vm_spot_other_2024"))):
        yield row.price(_path(row))
    yield from _windows_by_rule(tables, linux, european)
    yield from _low_priority_by_rule(tables, linux)
    yield from _from_test_suite(tables)


def _path(row: Row) -> str:
    """Return the path of a size; dedicated hosts (``Dsv3_Type1``) are sold apart from the machines on them."""
    host = _DEDICATED_HOST.fullmatch(row.sku_key.strip())
    if host:
        return f"azure/dedicated_host/{row.purchase_option}/{host[1].lower()}_type_{host[2]}"
    return f"azure/virtual_machines/{row.attributes['os']}/{row.purchase_option}/{row.sku_key.strip().lower()}"


def _priced(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with a price: sizes that are announced but not sold yet stand at $0 or $0.01 in the sources."""
    return [row for row in rows if row.price_usd > 0 and not _is_placeholder(row)]


def without_promotions(rows: Iterable[Row], linux: Iterable[Row]) -> list[Row]:
    """Return the rows without those of sizes whose Linux price is stated to be that of their promotion.

    These are the first series of NC, NV and H: a source takes ``NC6_Promo`` for ``NC6``. Spot prices stay.
    """
    listed = list(linux)
    promoted = {
        (row.region, row.sku_key.removesuffix(_PROMOTION), row.price_usd)
        for row in listed
        if row.sku_key.endswith(_PROMOTION)
    }
    mistaken = {(r.region, r.sku_key) for r in listed if (r.region, r.sku_key, r.price_usd) in promoted}
    return [r for r in rows if r.purchase_option != "on_demand" or (r.region, r.sku_key) not in mistaken]


def _is_placeholder(row: Row) -> bool:
    is_host_for_a_cent = row.price_usd <= Decimal("0.01") and _DEDICATED_HOST.fullmatch(row.sku_key.strip())
    return "placeholder" in row.sku_key.lower() or bool(is_host_for_a_cent)


def _spellings(sizes: Iterable[str]) -> dict[str, str]:
    """Return the spelling of sizes by their letters: one source writes NC40adsH100v5 for NC40ads_H100_v5."""
    spellings: dict[str, str] = {}
    for size in sizes:
        spelling = size.replace("Standard_standard_", "Standard_")
        known = spellings.setdefault(_letters(size), spelling)
        spellings[_letters(size)] = max(known, spelling, key=lambda name: name.count("_"))
    return spellings


def _spelled(row: Row, spellings: dict[str, str]) -> Row:
    return replace(row, sku_key=spellings.get(_letters(row.sku_key), row.sku_key))


def _letters(size: str) -> str:
    return size.lower().replace("standard_", "").replace("_", "")


def _windows_by_rule(tables: SourceTables, linux: list[Row], european: list[Row]) -> Iterator[Price]:
    tables.sources[_LICENCE_SOURCE] = (_LICENCE_SOURCE_NAME, "Apache-2.0, MIT")
    surcharges = _licences_following_the_rule(linux, european)
    for row in linux:
        surcharge = surcharges.get(row.sku_key)
        if surcharge is not None:
            price = row.price(f"azure/virtual_machines/windows/on_demand/{row.sku_key.lower()}")
            tiers = (Tier(Decimal(0), row.price_usd + surcharge),)
            yield replace(price, tiers=tiers, source=_LICENCE_SOURCE, trust="B")


def _low_priority_by_rule(tables: SourceTables, linux: list[Row]) -> Iterator[Price]:
    tables.sources[_LOW_PRIORITY_SOURCE] = (_LOW_PRIORITY_SOURCE_NAME, "Apache-2.0, MIT")
    for row in linux:
        if _MACHINE_LEARNING_SERIES.match(row.sku_key) and not row.sku_key.endswith(_PROMOTION):
            price = row.price(f"azure/virtual_machines/linux/low_priority/{row.sku_key.strip().lower()}")
            tiers = (Tier(Decimal(0), row.price_usd * _LOW_PRIORITY_SHARE),)
            yield replace(price, tiers=tiers, source=_LOW_PRIORITY_SOURCE, trust="C")


def _licences_following_the_rule(linux: list[Row], european: list[Row]) -> dict[str, Decimal]:
    """Return the Windows surcharge by size, of the sizes where it is $0.046 a vCPU in two regions or more."""
    linux_price = {(row.region, row.sku_key): row.price_usd for row in linux}
    seen: dict[str, list[bool]] = defaultdict(list)
    surcharges: dict[str, Decimal] = {}
    for row in european:
        is_windows = row.attributes["os"] == "windows" and row.purchase_option == "on_demand"
        listed, vcpus = linux_price.get((row.region, row.sku_key)), row.attributes.get("vcpus")
        if is_windows and listed is not None and vcpus and not _OLD_SERIES.match(row.sku_key):
            surcharge = _WINDOWS_LICENCE * Decimal(str(vcpus))
            seen[row.sku_key].append(row.price_usd - listed == surcharge)
            surcharges[row.sku_key] = surcharge
    return {size: surcharges[size] for size, follows in seen.items() if len(follows) > 1 and all(follows)}


def _from_test_suite(tables: SourceTables) -> Iterator[Price]:
    for type_name in _TEST_SUITE_TYPES:
        for row in tables.test_suite_prices(type_name):
            if match := _TEST_SUITE_NAME.fullmatch(row.component):
                yield row.price(f"azure/virtual_machines/{match[1].lower()}/on_demand/{match[2].lower()}")
