"""Autoscale settings of Azure Monitor: how far the count of what they scale may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from tollbar.resource import Attributes, Inventory, Resource

_SETTING = "azurerm_monitor_autoscale_setting"


def scaled_count(scaled: Resource, declared: Decimal | None, inventory: Inventory) -> Quantity | None:
    """Return how many there are of what a setting may scale, None where nothing tells it.

    The range goes from the least minimum to the greatest maximum of the setting's profiles; as many as are declared
    are expected, else the first profile's default.

    Raises:
        UnknownUntilApplyError: A bound is known only after apply.
    """
    capacities = list(_capacities(scaled, inventory))
    lows = [low for capacity in capacities if (low := capacity.known_number("minimum")) is not None]
    highs = [high for capacity in capacities if (high := capacity.known_number("maximum")) is not None]
    if not lows or not highs:
        return None if declared is None else Quantity.fixed(declared)
    least, most = min(lows), max(*highs, min(lows))
    expected = capacities[0].known_number("default") if declared is None else declared
    return Quantity.between(least, least if expected is None else min(max(expected, least), most), most)


def is_scaled(resource: Resource, inventory: Inventory) -> bool:
    """Return whether a setting that is on scales a resource."""
    return any(_capacities(resource, inventory))


def _capacities(scaled: Resource, inventory: Inventory) -> Iterator[Attributes]:
    for setting in inventory.referring(scaled, _SETTING):
        if setting.attributes.flag("enabled", default=True):
            for profile in setting.attributes.blocks("profile"):
                yield profile.block("capacity")
