"""How many instances a group runs: what was declared, with the sizes it may scale between as the range."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from tollbar.component import Quantity
from tollbar.traits import Readers, more_than, number
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from tollbar.resource import Attributes
    from tollbar.usage import Usage

INSTANCES_KEY = UsageKey("instances", "instances that run on average, where not the desired number")


def declared_size(attributes: Attributes, desired: str, minimum: str, maximum: str) -> Quantity:
    """Return the desired number, else the minimum, ranging from the minimum to the maximum."""
    least = attributes.number(minimum) or Decimal(0)
    expected = attributes.number(desired, least) or Decimal(0)
    most = attributes.number(maximum) or expected
    return Quantity.between(min(least, expected), expected, max(most, expected))


def group_bounds(minimum: str, maximum: str, block: str = "") -> Readers:
    """Return the readers of the sizes that a group may scale between."""
    low, high = number(minimum, block=block), number(maximum, block=block)
    return Readers(replicas_min=low, replicas_max=high, autoscaling=more_than(low, high))


def told_size(usage: Usage) -> Quantity | None:
    """Return the number of instances that the usage tells, None where it does not."""
    told = usage.quantity(INSTANCES_KEY.name)
    return told if told.is_known else None


def round_up(number: Decimal) -> Decimal:
    """Return the next whole number."""
    return number.to_integral_value(ROUND_CEILING)
