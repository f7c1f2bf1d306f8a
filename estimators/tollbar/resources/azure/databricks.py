"""Azure Databricks: the Databricks units (DBU) that a workspace's clusters use, by kind of work.

Source: "Azure Databricks pricing". A workspace costs nothing itself; the virtual machines of its clusters are made
and billed apart. A trial workspace pays no DBUs for its 14 days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_WORK = (
    ("All-purpose compute", "all_purpose_compute"),
    ("Jobs compute", "jobs_compute"),
    ("Jobs light compute", "jobs_light_compute"),
)


def workspace(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the DBU-hours of a workspace by kind of work, at the price of its tier."""
    tier = (resource.attributes.text("sku") or "standard").lower()
    if tier == "trial":
        return
    for name, work in _WORK:
        units = usage.quantity(f"monthly_{work}_dbu_hrs")
        key = PriceKey(f"azure/databricks/{tier}/{work}_dbu", resource.region)
        yield Component(f"{name} DBUs", units, "DBU-hours", key)


TYPES = (
    ResourceType(
        "azurerm_databricks_workspace",
        "compute",
        workspace,
        (
            UsageKey(
                "monthly_all_purpose_compute_dbu_hrs", "DBU-hours of all-purpose compute a month", (10, 100, 1000)
            ),
            UsageKey("monthly_jobs_compute_dbu_hrs", "DBU-hours of jobs compute a month", (10, 100, 1000)),
            UsageKey("monthly_jobs_light_compute_dbu_hrs", "DBU-hours of jobs light compute a month", (0, 0, 100)),
        ),
        "sku",
    ),
)
