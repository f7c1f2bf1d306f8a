"""Looking LLM prices up in the installed genai-prices, by path, by alias, by words."""

from __future__ import annotations

import csv
import gzip
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.llm import LlmCatalog, source_name
from tollbar.catalog.lookup import PriceNotFound
from tollbar.price import Price, PriceKey
from tollbar.units import units

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def catalog() -> LlmCatalog:
    """The installed library's prices on the day of the source tables."""
    return LlmCatalog(DAY)


def _per_million(catalog: LlmCatalog, path: str) -> Decimal | None:
    found = catalog.find(PriceKey(path, "eu-west-1"))
    return found.tiers[0].unit_price * 1_000_000 if isinstance(found, Price) else None


@pytest.mark.parametrize(
    ("path", "usd_per_million"),
    [
        # OpenAI, "Pricing" and Azure's list: $2.50 in, $10 out, half for cached input and for batches.
        ("llm/openai/gpt-4o/input_tokens", "2.5"),
        ("llm/openai/gpt-4o/output_tokens", "10"),
        ("llm/openai/gpt-4o/cache_read_tokens", "1.25"),
        ("llm/openai/gpt-4o/input_tokens/batch", "1.25"),
        ("llm/openai/gpt-4o-mini/input_tokens", "0.15"),
        ("llm/openai/text-embedding-3-small/input_tokens", "0.02"),
        # Anthropic, "Pricing": Sonnet 4.5 costs more above 200k tokens of input.
        ("llm/anthropic/claude-sonnet-4-5/input_tokens", "3"),
        ("llm/anthropic/claude-sonnet-4-5/input_tokens/above_200000", "6"),
        ("llm/anthropic/claude-sonnet-4-5/output_tokens/above_200000", "22.5"),
        ("llm/anthropic/claude-sonnet-4-5/cache_write_tokens", "3.75"),
        # Google, "Gemini Developer API pricing".
        ("llm/google/gemini-2.5-flash/input_tokens", "0.3"),
        ("llm/google/gemini-2.5-flash/cache_read_tokens", "0.03"),
        ("llm/google/gemini-2.5-flash/input_audio_tokens", "1"),
        ("llm/google/gemini-2.5-pro/output_tokens/above_200000", "15"),
    ],
)
def test_well_known_prices(catalog: LlmCatalog, path: str, usd_per_million: str) -> None:
    assert _per_million(catalog, path) == Decimal(usd_per_million)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("llm/openai/gpt-4o-2024-08-06/input_tokens", "llm/openai/gpt-4o/input_tokens"),
        ("llm/OpenAI/GPT-4o/input_tokens", "llm/openai/gpt-4o/input_tokens"),
        ("llm/anthropic/claude-sonnet-4-5-20250929/output_tokens", "llm/anthropic/claude-sonnet-4-5/output_tokens"),
        ("llm/bedrock/amazon.nova-pro-v1:0/input_tokens", "llm/aws/amazon.nova-pro-v1:0/input_tokens"),
        ("llm/azure/gpt-4o/input_tokens", "llm/azure/gpt-4o/input_tokens"),
        ("llm/openrouter/openai/gpt-4o/input_tokens", "llm/openrouter/openai/gpt-4o/input_tokens"),
    ],
)
def test_the_answer_names_the_model_found(catalog: LlmCatalog, asked: str, answered: str) -> None:
    (price,) = catalog.prices_of(asked)
    assert price.key == PriceKey(answered, "global")


def test_every_path_answers_for_itself_and_holds_in_every_region(catalog: LlmCatalog) -> None:
    paths = catalog.search([])
    assert len(paths) > 6_000
    assert [price.key.path for path in paths for price in catalog.prices_of(path)] == paths
    assert len(set(paths)) == len(paths)
    assert all(re.fullmatch(r"llm/[^\s=,|]+", path) for path in paths)
    assert {catalog.prices_of(path)[0].unit for path in paths} <= set(units())
    assert catalog.candidates(PriceKey(paths[0], None)) == catalog.prices_of(paths[0])


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("gpt-4o", "llm/openai/gpt-4o/input_tokens"),
        ("gpt4o output", "llm/openai/gpt-4o/output_tokens"),
        ("gpt-4o-2024-08-06", "llm/openai/gpt-4o/input_tokens"),
        ("sonnet 4.5 output", "llm/anthropic/claude-sonnet-4-5/output_tokens"),
        ("claude sonnet output", "llm/anthropic/claude-sonnet-4-5/output_tokens"),
        ("gemini flash cached", "llm/google/gemini-2.5-flash/cache_read_tokens"),
        ("gemini 2.5 pro output", "llm/google/gemini-2.5-pro/output_tokens"),
        ("text-embedding-3-small", "llm/openai/text-embedding-3-small/input_tokens"),
        ("Haiku batch", "llm/anthropic/claude-haiku-4-5/input_tokens/batch"),
        ("whisper-1", "llm/openai/whisper-1/audio_hours"),
        ("prompt o3 global", "llm/openai/o3/input_tokens"),
    ],
)
def test_words_find_the_maker_s_own_price_early(catalog: LlmCatalog, words: str, first: str) -> None:
    assert first in catalog.search(words.split())[:6]


def test_words_that_nothing_holds_find_nothing(catalog: LlmCatalog) -> None:
    assert catalog.search(["m5.large"]) == []
    assert catalog.search(["gpt-4o", "claude-sonnet"]) == []


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("llm/opnai/gpt-4o/input_tokens", "llm/openai/gpt-4o/input_tokens"),
        ("llm/openai/gpt4o/input_tokens", "llm/openai/gpt-4o/input_tokens"),
        ("llm/openai/gpt-4o/input_tokns", "llm/openai/gpt-4o/input_tokens"),
        ("llm/openai/gpt-4o/cache_write_tokens", "llm/openai/gpt-4o/cache_read_tokens"),
        ("llm/openai/gpt-4o", "llm/openai/gpt-4o/input_tokens"),
    ],
)
def test_a_miss_names_what_is_near(catalog: LlmCatalog, asked: str, nearest: str) -> None:
    found = catalog.find(PriceKey(asked, None))
    assert isinstance(found, PriceNotFound)
    assert found.nearest_paths[0] == nearest
    assert str(found).startswith(f"no price for {asked} in global; nearest known: {nearest}")


@pytest.mark.parametrize("asked", ["llm/", "llm/openai", "llm/openai/", "llm/nobody/at-all/input_tokens"])
def test_a_miss_far_from_everything_is_a_miss(catalog: LlmCatalog, asked: str) -> None:
    assert catalog.find(PriceKey(asked, None)) == PriceNotFound(PriceKey(asked, "global"))


def test_what_is_no_llm_price_is_a_miss_like_any_other(catalog: LlmCatalog) -> None:
    key = PriceKey("aws/ec2/instance", "eu-west-1")
    assert catalog.find(key) == PriceNotFound(key)


def test_the_source_says_its_version_and_the_data_its_date(catalog: LlmCatalog) -> None:
    assert re.fullmatch(r"genai-prices==[\d.]+ \(PyPI\)", source_name())
    assert catalog.source_name("genai-prices") == source_name()
    assert catalog.source_name("spotinfo") == "spotinfo"
    assert "2026-11-01" <= catalog.as_of <= DAY.isoformat()


def test_a_note_says_what_the_price_does_not(catalog: LlmCatalog) -> None:
    large = "of a request with more than 200,000 tokens of input, for all of its tokens"
    hours = "the price depends on the time of day; this is the dearest"
    assert catalog.note("llm/google/gemini-2.5-pro/input_tokens/above_200000") == large
    assert catalog.note("llm/deepseek/deepseek-chat/input_tokens") == hours
    assert catalog.note("llm/google/gemini-2.0-flash/input_tokens") == "the provider has deprecated this model"
    assert catalog.note("llm/openai/gpt-4o/input_tokens") is None
    assert catalog.note("llm/nobody/at-all/input_tokens") is None


def test_no_other_price_costs_the_import_of_the_library() -> None:
    code = (
        "import sys, datetime; from tollbar.catalog.llm import LlmCatalog; from tollbar.price import PriceKey;"
        "catalog = LlmCatalog(datetime.date(2026, 11, 21));"
        "catalog.find(PriceKey('aws/ebs/storage/gp3', 'eu-west-1'));"
        "print('genai_prices' in sys.modules, 'httpx2' in sys.modules, 'pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "False False False\n"


_COUNTED = {
    "1M input tokens": "input_tokens",
    "1M output tokens": "output_tokens",
    "1M cached input tokens": "cache_read_tokens",
    "1M cache write tokens (5m)": "cache_write_tokens",
    "1M cache write tokens (1h)": "cache_write_1h_tokens",
    "1M audio input tokens": "input_audio_tokens",
    "1M audio output tokens": "output_audio_tokens",
}
_DEARER_BY_DAY = frozenset({"deepseek-flash", "deepseek-v4-flash", "deepseek-v4-pro"})
"""DeepSeek sells these by the hour (api-docs.deepseek.com, "Models & Pricing", 2026-10-27): the table has
half, the price off the peak hours; the catalogue has the price of the peak hours."""


def test_prices_equal_the_source_table_of_tokens(catalog: LlmCatalog, shared: Path) -> None:
    compared = 0
    differing = set()
    for row in _rows(shared, "llm_token_prices"):
        if row["unit"] in _COUNTED:
            variant = "" if row["purchase_option"] == "on_demand" else f"/{row['purchase_option']}"
            size = f"/above_{row['tier_start']}" if row["tier_start"] else ""
            path = f"llm/{row['cloud']}/{row['sku_key']}/{_COUNTED[row['unit']]}{variant}{size}"
            compared += 1
            if _per_million(catalog, path) != Decimal(row["price_usd"]):
                differing.add(row["sku_key"])
    assert compared > 2_800
    assert differing == _DEARER_BY_DAY


_NOT_LITELLM = {
    "grok-code-fast-1": "litellm has the $1.00 and $2.00 that xAI lists for grok-build-0.1 (docs.x.ai, 2026-09-25)",
    "deepseek-chat": "the library has V3's $0.27 and $1.10 (DeepSeek, pricing-details-usd), litellm $0.28 and $0.42",
    "deepseek-reasoner": "the library has R1's $0.55 and $2.19 (the same page), litellm $0.28 and $0.42",
}
"""Where the two libraries contradict each other: models that the providers no longer list."""


def test_prices_equal_litellm_s_but_where_both_are_known_to_differ(catalog: LlmCatalog, shared: Path) -> None:
    differing = set()
    compared = 0
    for row in _rows(shared, "llm_crosscheck_genai_vs_litellm"):
        for what in ("input", "output"):
            theirs = _litellm(row, what)
            path = f"llm/{row['provider']}/{row['genai_prices_model']}/{what}_tokens"
            if theirs is not None:
                compared += 1
                if _per_million(catalog, path) != theirs:
                    differing.add(row["genai_prices_model"])
    assert compared > 90
    assert differing == set(_NOT_LITELLM)


def test_a_batch_price_that_the_library_lacks_is_unknown(catalog: LlmCatalog, shared: Path) -> None:
    told = {}
    for row in _rows(shared, "llm_crosscheck_genai_vs_litellm"):
        if batch := re.search(r"batch input: genai=(\S+) litellm", row["disagreement"]):
            path = f"llm/{row['provider']}/{row['genai_prices_model']}/input_tokens/batch"
            told[path] = None if batch[1] == "None" else Decimal(batch[1])
    assert len(told) > 5
    assert {path: _per_million(catalog, path) for path in told} == told


def _litellm(row: dict[str, str], what: str) -> Decimal | None:
    """Return litellm's price: the one that the table names as differing, else the common one."""
    if row["disagreement"].startswith("missing"):
        return None
    named = re.search(rf"\b{what}_mtok: genai=\S+ litellm=([\d.]+)", row["disagreement"])
    amount = named[1] if named else row[f"genai_{what}_usd_per_mtok"]
    return Decimal(amount) if amount else None


def _rows(shared: Path, table: str) -> Iterator[dict[str, str]]:
    with gzip.open(shared / "prices" / f"{table}.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def test_what_is_below_a_price_are_its_variants_and_steps(catalog: LlmCatalog) -> None:
    assert catalog.names_below("llm/anthropic/claude-sonnet-4-5/input_tokens") == ["above_200000", "batch"]
    assert catalog.names_below("llm/anthropic/claude-sonnet-4-5/input_tokens/batch") == ["above_200000"]
    assert catalog.names_below("llm/openai/gpt-4o/output_tokens") == ["priority", "fast", "batch"]
    for path in ("llm/openai/gpt-4o", "llm/openai/nothing/input_tokens", "aws/ebs/storage"):
        assert catalog.names_below(path) == []


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("llm/bedrock/eu.amazon.nova-pro-v1:0/input_tokens", "llm/aws/amazon.nova-pro-v1:0/input_tokens"),
        ("llm/x_ai/grok-4/input_tokens", "llm/x-ai/grok-4-0709/input_tokens"),
        ("llm/gcp.vertex_ai/gemini-2.5-pro/input_tokens", "llm/google/gemini-2.5-pro/input_tokens"),
    ],
)  # fmt: skip
def test_a_model_is_found_by_any_of_its_names(catalog: LlmCatalog, asked: str, answered: str) -> None:
    assert [price.key.path for price in catalog.prices_of(asked)] == [answered]
