"""A language model hosted on machines of one's own: GPU machine hours, and what a token comes to.

Sources: the clouds' instance prices, GPU clouds' price lists. How many tokens a second a replica serves is told by
whoever measured it; it depends on the model, the GPU, the precision and the batch size.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Production, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.llm.api_call import input_share, token_lines
from tollbar.resources.machine_types import machine_types
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Cloud, Inventory, Resource
    from tollbar.usage import Usage

_MACHINES: dict[Cloud, str] = {
    "aws": "aws/ec2/instance/linux/shared",
    "azure": "azure/virtual_machines/linux",
    "gcp": "gcp/compute/instance",
}
_SECONDS_PER_HOUR = 3600
_DEFAULT_UTILISATION = Decimal("0.5")


def self_hosted(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the GPU machines that host the model."""
    attributes = resource.attributes
    hours = usage.hours * _replicas(usage)
    listed = attributes.text("gpu_price")
    if listed is not None:
        gpus = attributes.number("gpus", 1) or Decimal(1)
        yield Component(f"GPU hours ({listed})", hours * gpus, "GPU-hours", PriceKey(f"gpu/{listed}", "global"))
        return
    cloud = _cloud(attributes)
    size = attributes.text("instance_type") or (_machine_with(attributes, cloud) if cloud else None)
    if cloud is None or size is None:
        yield Unpriced("price_not_found", "neither instance_type, gpu_price nor a known gpu of a cloud is told")
        return
    term = "spot" if attributes.flag("spot") else "on_demand"
    key = PriceKey(f"{_MACHINES[cloud]}/{term}/{size.lower()}", resource.region)
    yield Component(f"Machine hours ({size}, {term.replace('_', '-')})", hours, "hours", key)


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


def _cloud(attributes: Attributes) -> Cloud | None:
    named = attributes.text("cloud", "aws")
    return next((cloud for cloud in _MACHINES if cloud == named), None)


def _machine_with(attributes: Attributes, cloud: Cloud) -> str | None:
    """Return the smallest machine type with the GPUs that are asked for, None where there is none."""
    gpu, count = (attributes.text("gpu") or "").lower(), attributes.number("gpus", 1) or Decimal(1)
    fitting = [
        machine for machine in machine_types(cloud).values() if gpu and machine.gpu == gpu and machine.gpus >= count
    ]
    return min(fitting, key=lambda machine: (machine.gpus, machine.vcpus, machine.name)).name if fitting else None


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
    ),
)
