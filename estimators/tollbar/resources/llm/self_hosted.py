"""A language model hosted on machines of one's own: GPU machine hours, and what a token comes to.

How many tokens a second a replica serves is told by
whoever measured it; it depends on the model, the GPU, the precision and the batch size.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Production, Quantity
from tollbar.resources.llm.api_call import token_lines
from tollbar.resources.llm.calls import input_share
from tollbar.resources.llm.machines import machine_hours, machine_learning
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Component, Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_SECONDS_PER_HOUR = 3600
_DEFAULT_UTILISATION = Decimal("0.5")


def self_hosted(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the GPU machines that host the model."""
    return machine_hours(resource, usage.hours * _replicas(usage))


def tokens_served(resource: Resource, usage: Usage) -> Production:
    """Return the tokens a month that the replicas serve, and what the same tokens cost by API where one is named."""
    per_second = usage.quantity("tokens_per_second")
    told = usage.number("utilisation")
    utilisation = _DEFAULT_UTILISATION if told is None else told
    full = per_second * _replicas(usage) * usage.hours * _SECONDS_PER_HOUR
    compared = resource.attributes.text("compare_with")
    served = full * utilisation
    return Production(
        unit="1K tokens",
        quantity=served * Decimal("0.001"),
        capacity=full * Decimal("0.001"),
        compared_with=compared,
        compared=token_lines(compared, None, served, input_share(usage)) if compared else (),
    )


def _replicas(usage: Usage) -> Quantity:
    replicas = usage.quantity("replicas")
    return replicas if replicas.is_known else Quantity.fixed(1)


TYPES = (
    ResourceType(
        "llm_self_hosted",
        "llm",
        self_hosted,
        usage_keys=(
            UsageKey("replicas", "Replicas that run, on average over the month; one if not told"),
            UsageKey("tokens_per_second", "Tokens a second that one replica serves at full load, input and output"),
            UsageKey("utilisation", "Part of full load that there is on average, 0 to 1; 0.5 if not told"),
            UsageKey("input_share", "Part of the tokens that is input, 0 to 1; 0.6 if not told"),
        ),
        size_attribute="instance_type",
        production=tokens_served,
        machine_learning=machine_learning,
    ),
)
