"""Bedrock: provisioned throughput, and the tokens that agents and inference profiles use.

Source: Amazon Bedrock pricing page. Calls of a model that no resource stands for are told of in a usage file
under ``aws_bedrock_model.NAME``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws.bedrock_models import priced_model
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_TERMS = {"": "no_commitment", "OneMonth": "one_month", "SixMonths": "six_months"}
_TOKENS = {
    "monthly_input_tokens": ("Input tokens", "input_tokens"),
    "monthly_output_tokens": ("Output tokens", "output_tokens"),
    "monthly_cache_read_tokens": ("Cache read tokens", "cache_read_tokens"),
    "monthly_cache_write_tokens": ("Cache write tokens", "cache_write_tokens"),
}
_ALWAYS = {"monthly_input_tokens", "monthly_output_tokens"}
"""Caching is turned on by the caller: its tokens are a line where they are told."""


def provisioned_throughput(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the model units, by the term they are committed to."""
    yield from as_far_as_known(lambda: _model_units(resource, usage, inventory))


def _model_units(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    custom = inventory.referenced(resource, "model_arn", "aws_bedrock_custom_model")
    # A customised model is sold at the price of the one it was made from.
    model = resource.attributes.text("model_arn") if custom is None else custom.attributes.text("base_model_identifier")
    if model is None or ":custom-model/" in model:
        yield Unpriced("unknown_until_apply", "which base model it serves is not in this project")
        return
    units = resource.attributes.number("model_units", 1) or Decimal(0)
    term = resource.attributes.text("commitment_duration", "") or ""
    path = f"aws/bedrock/{priced_model(model)}/provisioned_throughput/{_TERMS.get(term, term.lower())}"
    name = f"Model units ({priced_model(model)})"
    yield Component(name, usage.hours * Quantity.fixed(units), "hours", PriceKey(path, resource.region))


def agent(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the tokens of the agent's model."""
    yield from as_far_as_known(lambda: _tokens(resource, usage, resource.attributes.text("foundation_model")))


def inference_profile(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the tokens of the profile's model."""
    yield from as_far_as_known(
        lambda: _tokens(resource, usage, resource.attributes.block("model_source").text("copy_from"))
    )


def told_model(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the tokens of a model that the usage names."""
    yield from _tokens(resource, usage, usage.text("model"))


def _tokens(resource: Resource, usage: Usage, model: str | None) -> Iterator[Component | Unpriced]:
    if model is None:
        yield Unpriced("price_not_found", "no model is named")
        return
    name = priced_model(model)
    for key, (line, kind) in _TOKENS.items():
        if key in _ALWAYS or usage.is_told(key):
            path = f"aws/bedrock/{name}/{kind}"
            yield Component(line, usage.quantity(key), "tokens", PriceKey(path, resource.region), name)


_TOKEN_KEYS = (
    UsageKey("monthly_input_tokens", "tokens into the model a month", (100_000, 1_000_000, 10_000_000)),
    UsageKey("monthly_output_tokens", "tokens out of the model a month", (20_000, 200_000, 2_000_000)),
    UsageKey("monthly_cache_read_tokens", "tokens a month that are read from the prompt cache"),
    UsageKey("monthly_cache_write_tokens", "tokens a month that are written to the prompt cache"),
)
TYPES = (
    ResourceType("aws_bedrock_provisioned_model_throughput", "llm", provisioned_throughput),
    ResourceType("aws_bedrockagent_agent", "llm", agent, _TOKEN_KEYS),
    ResourceType("aws_bedrock_inference_profile", "llm", inference_profile, _TOKEN_KEYS),
    ResourceType(
        "aws_bedrock_model",
        "llm",
        told_model,
        (
            UsageKey("region", "the region of the calls"),
            UsageKey("model", "the model's id or ARN, such as anthropic.claude-3-haiku-20240307-v1:0"),
            *_TOKEN_KEYS,
        ),
    ),
)
