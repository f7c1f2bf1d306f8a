"""Throughput of a model bought by the hour instead of tokens: Azure's PTU, Bedrock's model units, Vertex AI's GSU.

Sources: "Azure OpenAI Service pricing" (provisioned throughput units by deployment type), "Amazon Bedrock pricing"
(model units by term). The catalogue has no price of Vertex AI's scale units: a price book may give one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.model_name import library_provider, maker_of
from tollbar.price import PriceKey
from tollbar.resources.aws.bedrock_models import priced_model
from tollbar.resources.azure.openai_models import family_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.estimate import LlmCalls
    from tollbar.resource import Resource
    from tollbar.resources.llm.calls import Calls
    from tollbar.usage import Usage

_MINUTES_PER_HOUR = 60


def unit_hours(resource: Resource, usage: Usage, calls: LlmCalls) -> Iterator[Component | Unpriced]:
    """Yield the hours of the units that serve the calls, used or not."""
    path, name = _unit(resource, calls)
    if path is None:
        yield Unpriced("price_not_found", name)
        return
    units = usage.quantity("provisioned_units") * usage.hours
    yield Component(f"{name} ({calls.model})", units, "hours", PriceKey(path, resource.region))


def facts_of_units(resource: Resource, usage: Usage, calls: Calls) -> dict[str, Decimal | None]:
    """Return how many units there are, and what share of the tokens they can serve, where that can be told."""
    units, needed = usage.quantity("provisioned_units").expected, (calls.sent + calls.received).expected
    per_minute = resource.attributes.number("provisioned_tokens_per_minute")
    hours = usage.hours.expected
    share = None
    if units is not None and needed and per_minute is not None and hours is not None:
        share = min(units * per_minute * _MINUTES_PER_HOUR * hours / needed, Decimal(1))
    return {"provisioned_units": units, "provisioned_served_share": share}


def _unit(resource: Resource, calls: LlmCalls) -> tuple[str | None, str]:
    """Return the path of a unit's price and what the unit is called; without a path, why there is none."""
    seller = library_provider(calls.provider) if calls.provider else None
    commitment = resource.attributes.text("provisioned_commitment", "no_commitment")
    if seller == "azure":
        family = family_of(maker_of(calls.model) or "")
        where = resource.attributes.text("provisioned_deployment", "regional")
        return f"{family}/provisioned_throughput_ptu/managed/{where}/unit", "Provisioned throughput units"
    if seller == "aws":
        return f"aws/bedrock/{priced_model(calls.model)}/provisioned_throughput/{commitment}", "Model units"
    if seller == "google":
        return f"gcp/vertex_ai/provisioned_throughput/{commitment}", "Generative AI scale units"
    return None, f"{calls.provider or 'nobody known'} sells no provisioned throughput: azure, aws.bedrock and gcp do"
