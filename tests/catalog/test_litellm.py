"""The prices of calls beside LiteLLM's table: every difference is listed with its reason.

docs/llm-prices.md tells the same to users. The table is tollbar/llm/data/model_facts.csv.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from tollbar.catalog.call_price import ModelRates, rates
from tollbar.catalog.llm import LlmCatalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.call_price import ServiceTier

CATALOG = LlmCatalog(date(2026, 11, 21))
_COLUMNS: dict[str, tuple[str, ServiceTier | None]] = {
    "input": ("input_uncached", None),
    "output": ("output_visible", None),
    "cache_read": ("cache_read", None),
    "cache_write_5m": ("cache_write_5m", None),
    "cache_write_1h": ("cache_write_1h", None),
    "batch_input": ("input_uncached", "batch"),
    "batch_output": ("output_visible", "batch"),
    "flex_input": ("input_uncached", "flex"),
    "flex_output": ("output_visible", "flex"),
    "priority_input": ("input_uncached", "priority"),
    "priority_output": ("output_visible", "priority"),
    "audio_input": ("input_audio", None),
    "audio_output": ("output_audio", None),
}
"""LiteLLM's prices: the bucket and the service tier that each is of."""


class Difference(NamedTuple):
    """Prices that differ: patterns of the model and the column, and why; the last word is who is right, if known."""

    provider: str
    model: str
    column: str
    reason: str


_AWS = "AWS's price list has the library's (aws/bedrock of the catalogue: $3.30 for Sonnet 4.5 in us-east-1)"
_REGIONAL = "AWS sells it dearer outside the US; the library has the US price for every region: LiteLLM"
_GOV = "GovCloud is dearer; the library has the commercial price: LiteLLM"
_AZURE = "LiteLLM has Azure's regional price, the library the global one; Azure's price list has both"
_MAKERS = "the library takes another seller's price, Azure has its own (azure/foundry of the catalogue): LiteLLM"
_STEP_AWS = "the library has no step at 200,000 tokens for Bedrock, LiteLLM has: not known"
_MISTRAL = "the alias moved to a later model, which the library does not follow: LiteLLM"
DIFFERENCES = (
    Difference("aws.bedrock", "anthropic.claude-*", "*", f"a region's own price is 10 % up: {_AWS}"),
    Difference("aws.bedrock", "claude-sonnet-4-5-*", "*", f"as above: {_AWS}"),
    Difference("aws.bedrock", "openai.gpt-6-*", "*", f"as above, for OpenAI's models: {_AWS}"),
    Difference("aws.bedrock", "eu.amazon.nova-*", "*", _REGIONAL),
    Difference("aws.bedrock", "apac.amazon.nova-*", "*", _REGIONAL),
    Difference("aws.bedrock", "jp.amazon.nova-*", "*", _REGIONAL),
    Difference("aws.bedrock", "bedrock/*", "*", _REGIONAL),
    Difference("aws.bedrock", "us-gov.*", "*", _GOV),
    Difference("aws.bedrock", "*.anthropic.claude-sonnet-4-5-*", "steps", _STEP_AWS),
    Difference("azure.ai.openai", "azure/ada", "input", _AZURE),
    Difference("azure.ai.openai", "azure/gpt-4-turbo*", "*", _AZURE),
    Difference("azure.ai.openai", "azure/text-embedding-*", "input", _AZURE),
    Difference("azure.ai.openai", "azure/gpt-audio*", "audio_*", "OpenAI cut it, Azure did not ($40 and $80): LiteLLM"),
    Difference("azure.ai.inference", "azure_ai/*eep*eek-*", "*", _MAKERS),
    Difference("azure.ai.inference", "azure_ai/gpt-oss-120b", "*", _MAKERS),
    Difference("azure.ai.inference", "azure_ai/claude-sonnet-4-5", "steps", "as for Anthropic below: not known"),
    Difference("azure.ai.inference", "azure_ai/grok-*", "steps", "as for xAI below: the library"),
    Difference("anthropic", "claude-sonnet-4-5*", "steps", "the 1M context beta's step, gone at LiteLLM: not known"),
    Difference("deepseek", "deepseek/deepseek-v3.2", "*", "no longer on DeepSeek's page: not known"),
    Difference("gcp.vertex_ai", "gemini-3.8-flash-cyber", "*", "the library takes it for gemini-3.8-flash: not known"),
    Difference("openai", "gpt-5.6-cyber", "steps", "the library has no step for it: not known"),
    Difference("groq", "groq/openai/gpt-oss-safeguard-20b", "cache_read", "LiteLLM rounds $0.0375: the library"),
    Difference("mistral_ai", "mistral/magistral-*-latest", "*", _MISTRAL),
    Difference("mistral_ai", "mistral/mistral-large-latest", "*", f"{_MISTRAL} (Large 3 at $0.50 and $1.50)"),
    Difference("mistral_ai", "mistral/mistral-medium", "*", f"{_MISTRAL} (Medium 3.5 at $1.50 and $7.50)"),
    Difference("mistral_ai", "mistral/open-mistral-nemo", "*", "both twice as dear at LiteLLM: not known"),
    Difference("x_ai", "xai/grok-*", "steps", "xAI's page says from 200,000 tokens, LiteLLM above them: the library"),
    Difference("x_ai", "xai/grok-code-fast*", "*", "xAI's list has its successor's price, as LiteLLM has: LiteLLM"),
)  # fmt: skip
_FALLS_BACK = {
    "aws.bedrock": {"batch_*", "flex_*", "priority_*", "cache_*"},
    "azure.ai.openai": {"batch_*", "flex_*", "priority_*", "cache_read", "audio_*"},
    "azure.ai.inference": {"cache_*", "priority_*"},
    "gcp.vertex_ai": {"batch_*", "flex_*", "priority_*", "cache_read", "audio_*"},
    "gcp.gemini": {"batch_*", "flex_*", "priority_*", "audio_input"},
    "openai": {"batch_*", "cache_read", "cache_write_5m", "audio_*"},
    "mistral_ai": {"cache_read"},
    "deepseek": {"cache_*"},
    "x_ai": {"batch_*"},
}
"""What LiteLLM has for some model of a provider and the library for none of its names: a price that we say is not known
or that falls back, and never one of which nobody is told."""


@cache
def _rows() -> list[dict[str, str]]:
    with (files("tollbar.llm") / "data" / "model_facts.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _known() -> Iterator[tuple[dict[str, str], ModelRates]]:
    for row in _rows():
        found = rates(CATALOG, row["model"], row["provider"])
        if isinstance(found, ModelRates):
            yield row, found


def _ours(row: dict[str, str], column: str) -> Decimal | None:
    """Our price of a column, None where the library has none of its own and something else is charged, and said."""
    bucket, tier = _COLUMNS[column]
    found = rates(CATALOG, row["model"], row["provider"], tier=tier)
    assert isinstance(found, ModelRates)
    usd = found.steps[0].usd[bucket]
    falls_back = bucket in dict(found.fallbacks) or bucket in found.standard_priced
    return None if falls_back or usd is None else usd * 1_000_000


def _is_listed(row: dict[str, str], column: str) -> list[Difference]:
    return [
        listed
        for listed in DIFFERENCES
        if listed.provider == row["provider"]
        and fnmatchcase(row["model"], listed.model)
        and fnmatchcase(column, listed.column)
    ]


def test_prices_equal_litellm_s_or_the_difference_is_listed() -> None:
    compared, used, unlisted, absent = Counter[str](), set[Difference](), [], set()
    for row, found in _known():
        steps = " ".join(str(step.above_input_tokens) for step in found.steps[1:])
        theirs = {column: Decimal(row[column]) for column in _COLUMNS if row[column]}
        pairs = [(column, theirs[column], _ours(row, column)) for column in theirs]
        for column, their, our in [*pairs, ("steps", row["steps"], steps)]:
            if our is None:
                absent.add((row["provider"], column))
            elif our == their:
                compared[row["provider"]] += 1
            else:
                listed = _is_listed(row, column)
                used.update(listed)
                unlisted += [] if listed else [(row["provider"], row["model"], column, their, our)]
    assert unlisted == []
    assert used == set(DIFFERENCES), "a difference that is listed is none any more"
    assert compared.total() > 2_400
    assert {provider for provider, _ in absent} == set(_FALLS_BACK)
    patterns = {(provider, pattern) for provider, listed in _FALLS_BACK.items() for pattern in listed}
    covered = {pair: [p for p in patterns if p[0] == pair[0] and fnmatchcase(pair[1], p[1])] for pair in absent}
    assert [pair for pair, fitting in covered.items() if not fitting] == []
    assert patterns - {pattern for fitting in covered.values() for pattern in fitting} == set()
