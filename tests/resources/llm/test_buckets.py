"""Every bucket of tokens has its line and its price, and no token is in two."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resources.conftest import declared
from tollbar.component import Quantity
from tollbar.estimate import CallTokens
from tollbar.resources.llm.api_call import TYPES, facts_of_calls
from tollbar.resources.llm.buckets import Shares, charged_as, token_buckets
from tollbar.resources.llm.calls import ModelShare, calls_of
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resources.llm.calls import Calls

CALL = "llm_api_call"
SONNET = {"model": "claude-sonnet-4-5"}
USE = {"monthly_calls": 1000, "input_tokens": 10_000, "output_tokens": 1000}


def _calls(attributes: dict[str, Any], use: dict[str, Any]) -> Calls:
    return calls_of(declared(CALL, attributes), Usage(use, TYPES[0].usage_key_by_name))


def test_cache_writes_and_reasoning_have_their_own_lines(cost_lines: CostLines) -> None:
    told = {"cached_share": "0.5", "cache_write_share": "0.2", "cache_write_1h_share": "0.1", "reasoning_share": "0.4"}
    assert cost_lines(CALL, SONNET, {**USE, **told}) == {
        "Input tokens (claude-sonnet-4-5)": Decimal("6.00"),  # 2M at $3
        "Cached input tokens (claude-sonnet-4-5)": Decimal("1.50"),  # 5M at $0.30
        "Cache writes for 5 minutes (claude-sonnet-4-5)": Decimal("7.50"),  # 2M at $3.75
        "Cache writes for an hour (claude-sonnet-4-5)": Decimal("6.00"),  # 1M at $6
        "Output tokens (claude-sonnet-4-5)": Decimal("9.00"),  # 600k at $15
        "Reasoning tokens (claude-sonnet-4-5)": Decimal("6.00"),  # 400k at $15
    }


def test_audio_images_and_reasoning_come_on_top(cost_lines: CostLines) -> None:
    told = {"input_audio_tokens": 5000, "input_image_tokens": 1000, "reasoning_tokens": 200}
    assert cost_lines(CALL, {"model": "gemini-2.5-flash"}, {**USE, **told}) == {
        "Input tokens (gemini-2.5-flash)": Decimal("3.00"),
        "Audio input tokens (gemini-2.5-flash)": Decimal("5.00"),  # $1 a million
        "Image input tokens (gemini-2.5-flash)": Decimal("0.30"),  # as text
        "Output tokens (gemini-2.5-flash)": Decimal("2.50"),
        "Reasoning tokens (gemini-2.5-flash)": Decimal("0.50"),  # as output
    }


def test_audio_out_has_its_price(cost_lines: CostLines) -> None:
    told = {"output_audio_tokens": 1000, "output_image_tokens": 0}
    lines = cost_lines(CALL, {"model": "gpt-audio"}, {**USE, **told})
    assert lines["Audio output tokens (gpt-audio)"] == Decimal("64.00")


def test_a_part_may_run_as_a_batch(cost_lines: CostLines) -> None:
    assert cost_lines(CALL, SONNET, {**USE, "batch_share": "0.25", "cached_share": 0}) == {
        "Input tokens, batch (claude-sonnet-4-5)": Decimal("3.75"),
        "Cached input tokens, batch (claude-sonnet-4-5)": Decimal("0.00"),
        "Output tokens, batch (claude-sonnet-4-5)": Decimal("1.88"),
        "Input tokens (claude-sonnet-4-5)": Decimal("22.50"),
        "Cached input tokens (claude-sonnet-4-5)": Decimal("0.00"),
        "Output tokens (claude-sonnet-4-5)": Decimal("11.25"),
    }


@pytest.mark.parametrize(("tier", "cost"), [("flex", "6.25"), ("priority", "25.00"), ("standard", "12.50")])
def test_a_service_tier_has_its_price(cost_lines: CostLines, tier: str, cost: str) -> None:
    lines = cost_lines(CALL, {"model": "gpt-5", "service_tier": tier}, {**USE, "output_tokens": 0})
    assert lines == {"Input tokens (gpt-5)": Decimal(cost)}


def test_a_tier_that_is_not_sold_is_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines(CALL, {**SONNET, "service_tier": "flex"}, USE)
    assert "no price for llm/anthropic/claude-sonnet-4-5/input_tokens/flex" in str(lines)


@pytest.mark.parametrize(
    ("input_tokens", "cost"), [(200_000, "600.00"), (200_001, "1200.01")], ids=["at the step", "above it"]
)
def test_a_large_request_pays_its_step(cost_lines: CostLines, input_tokens: int, cost: str) -> None:
    lines = cost_lines(CALL, SONNET, {**USE, "input_tokens": input_tokens, "output_tokens": 0})
    assert lines == {"Input tokens (claude-sonnet-4-5)": Decimal(cost)}


def test_audio_and_images_make_a_request_larger(cost_lines: CostLines) -> None:
    told = {**USE, "input_tokens": 150_000, "input_image_tokens": 50_001, "output_tokens": 0}
    assert cost_lines(CALL, SONNET, told)["Input tokens (claude-sonnet-4-5)"] == Decimal("900.00")


def test_some_calls_go_on_to_the_fallbacks(cost_lines: CostLines) -> None:
    """A tenth goes on to the second model, a hundredth to the third: each pays for what it answers."""
    attributes = {"model": "gpt-5", "service_tier": "flex", "fallbacks": ("gpt-4o", "claude-haiku-4-5")}
    assert cost_lines(CALL, attributes, {**USE, "fallback_share": "0.1", "output_tokens": 0}) == {
        "Input tokens (gpt-5)": Decimal("5.63"),  # 9M at $0.625, flex
        "Input tokens (gpt-4o)": Decimal("2.25"),  # 0.9M at $2.50: it has no flex
        "Input tokens (claude-haiku-4-5)": Decimal("0.10"),
    }
    calls = _calls(attributes, {**USE, "fallback_share": "0.1"})
    assert calls.chain == (
        ModelShare("gpt-5", "llm/openai/gpt-5", Decimal("0.9")),
        ModelShare("gpt-4o", "llm/openai/gpt-4o", Decimal("0.09"), is_fallback=True),
        ModelShare("claude-haiku-4-5", "llm/anthropic/claude-haiku-4-5", Decimal("0.01"), is_fallback=True),
    )
    assert sum(model.share for model in calls.chain) == 1
    assert len(_calls(attributes, USE).chain) == 1


def test_a_fallback_without_a_provider_is_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines(CALL, {"model": "gpt-4o", "fallbacks": ("llama-3",)}, {**USE, "fallback_share": "0.1"})
    assert lines["price_not_found"] == "no provider is known for the model 'llama-3'; tell it as provider"


@pytest.mark.parametrize("model", ["text-embedding-3-small", "voyage-3", "amazon.titan-embed-text-v2:0"])
def test_an_embedding_has_no_output(cost_lines: CostLines, model: str) -> None:
    lines = cost_lines(CALL, {"model": model}, {"monthly_calls": 1000, "input_tokens": 10_000}, assumptions=True)
    assert list(lines) == [f"Input tokens ({model})"]
    facts = _calls({"model": model}, {"monthly_calls": 1, "input_tokens": 7}).facts
    assert (facts.operation, facts.usage) == ("embeddings", CallTokens(input_uncached=Decimal(7)))
    assert facts.output_tokens == 0  # rules on the output are not about it


def test_units_of_throughput_are_paid_instead_of_tokens(cost_lines: CostLines) -> None:
    azure = {"model": "gpt-4o", "provider": "azure", "provisioned_deployment": "global"}
    lines = cost_lines(CALL, azure, {**USE, "provisioned_units": 50}, region="eastus")
    assert lines == {"Provisioned throughput units (gpt-4o)": Decimal("36500.00")}  # 50 x 730 h at $1
    bedrock = {"model": "anthropic.claude-v2", "provider": "aws.bedrock", "provisioned_commitment": "one_month"}
    lines = cost_lines(CALL, bedrock, {**USE, "provisioned_units": 2}, region="us-east-1")
    assert lines == {"Model units (anthropic.claude-v2)": Decimal("91980.00")}  # 2 x 730 h at $63
    vertex = {"model": "gemini-2.5-pro", "provider": "gcp.vertex_ai"}
    lines = cost_lines(CALL, vertex, {**USE, "provisioned_units": 2}, region="us-central1")
    assert "no price for gcp/vertex_ai/provisioned_throughput/no_commitment in us-central1" in str(lines)
    lines = cost_lines(CALL, {"model": "gpt-4o"}, {**USE, "provisioned_units": 2})
    assert lines == {
        "price_not_found": "openai sells no provisioned throughput: azure, aws.bedrock and gcp do",
    }


@pytest.mark.parametrize(("per_minute", "share"), [(None, None), (2500, "0.5475"), (10_000, "1")])
def test_what_share_the_units_can_serve(per_minute: int | None, share: str | None) -> None:
    attributes = {"model": "gpt-4o", "provider": "azure", "provisioned_tokens_per_minute": per_minute}
    use = {"monthly_calls": 100_000, "input_tokens": 1500, "output_tokens": 500, "provisioned_units": 1}
    facts = facts_of_calls(declared(CALL, attributes), Usage(use, TYPES[0].usage_key_by_name)).facts
    assert facts.provisioned_units == 1
    assert facts.provisioned_served_share == (None if share is None else Decimal(share))


_SHARE = st.decimals(min_value=0, max_value="0.3", places=3)


@given(_SHARE, _SHARE, _SHARE, _SHARE)
def test_the_buckets_add_up_to_the_text(cached: Decimal, five: Decimal, hour: Decimal, reasoning: Decimal) -> None:
    shares = Shares(cached, five, hour, reasoning)
    buckets = token_buckets(Quantity.fixed(1000), Quantity.fixed(500), shares, {"input_audio": Quantity.fixed(3)})
    amounts = {bucket: quantity.expected or Decimal(0) for bucket, quantity in buckets.items()}
    assert amounts.pop("input_audio") == 3
    assert sum(amount for bucket, amount in amounts.items() if bucket in {"output_visible", "reasoning"}) == 500
    assert sum(amounts.values()) == 1500
    assert min(amounts.values()) >= 0


@pytest.mark.parametrize(
    ("bucket", "variant", "or_standard", "names"),
    [
        ("input_uncached", "", False, ["input_tokens"]),
        ("input_uncached", "/batch", False, ["input_tokens/batch"]),
        ("input_uncached", "/batch", True, ["input_tokens/batch", "input_tokens"]),
        ("cache_read", "/flex", False, ["cache_read_tokens/flex", "cache_read_tokens", "input_tokens/flex"]),
        ("cache_write_1h", "", False, ["cache_write_1h_tokens", "cache_write_tokens", "input_tokens"]),
        ("reasoning", "", False, ["output_reasoning_tokens", "output_tokens"]),
    ],
)
def test_what_a_bucket_is_charged_at(bucket: str, variant: str, or_standard: bool, names: list[str]) -> None:  # noqa: FBT001 -- a case
    keys = charged_as("llm/openai/m", bucket, variant, or_standard=or_standard)
    assert [key.path.removeprefix("llm/openai/m/") for key in keys] == names
