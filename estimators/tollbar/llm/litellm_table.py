"""Write the facts of current models from LiteLLM's table: context, features, and its prices to compare ours with.

``python -m tollbar.llm.litellm_table DAY < model_prices_and_context_window_backup.json > …/llm/data/model_facts.csv``

The table is in the package litellm on PyPI (MIT). Facts only: a row for each model that answers in text or embeds it,
of the providers that Tollbar names, and is not retired by DAY (an ISO date). Prices are USD per million tokens.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from decimal import Decimal
from typing import Any

_PROVIDERS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "gemini": "gcp.gemini",
    "vertex_ai-language-models": "gcp.vertex_ai",
    "vertex_ai-anthropic_models": "gcp.vertex_ai",
    "bedrock": "aws.bedrock",
    "bedrock_converse": "aws.bedrock",
    "azure": "azure.ai.openai",
    "azure_ai": "azure.ai.inference",
    "mistral": "mistral_ai",
    "deepseek": "deepseek",
    "xai": "x_ai",
    "cohere": "cohere",
    "cohere_chat": "cohere",
    "groq": "groq",
}
_MODES = ("chat", "responses", "completion", "embedding")
_PRICES = {
    "input": "input_cost_per_token",
    "output": "output_cost_per_token",
    "cache_read": "cache_read_input_token_cost",
    "cache_write_5m": "cache_creation_input_token_cost",
    "cache_write_1h": "cache_creation_input_token_cost_above_1hr",
    "batch_input": "input_cost_per_token_batches",
    "batch_output": "output_cost_per_token_batches",
    "flex_input": "input_cost_per_token_flex",
    "flex_output": "output_cost_per_token_flex",
    "priority_input": "input_cost_per_token_priority",
    "priority_output": "output_cost_per_token_priority",
    "audio_input": "input_cost_per_audio_token",
    "audio_output": "output_cost_per_audio_token",
}
_FEATURES = {
    "vision": "supports_vision",
    "tools": "supports_function_calling",
    "json": "supports_response_schema",
    "reasoning": "supports_reasoning",
    "caching": "supports_prompt_caching",
    "pdf": "supports_pdf_input",
    "audio": "supports_audio_input",
    "web_search": "supports_web_search",
}
_STEP = re.compile(r"input_cost_per_token_above_(\d+)k_tokens")


def main() -> None:
    """Read LiteLLM's table, write ours."""
    day = sys.argv[1]
    table = json.load(sys.stdin, parse_float=Decimal)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["provider", "model", "mode", "context", "max_output", "features", *_PRICES, "steps"])
    out.writerows(sorted(_row(name, facts) for name, facts in table.items() if _is_wanted(facts, day)))


def _is_wanted(facts: dict[str, Any], day: str) -> bool:
    return (
        facts.get("litellm_provider") in _PROVIDERS
        and facts.get("mode") in _MODES
        and facts.get("deprecation_date", "9999") > day
    )


def _row(name: str, facts: dict[str, Any]) -> list[str]:
    features = " ".join(feature for feature, key in _FEATURES.items() if facts.get(key) is True)
    steps = sorted(int(step[1]) * 1000 for key in facts if (step := _STEP.fullmatch(key)) and facts[key])
    prices = [_per_million(facts.get(key)) for key in _PRICES.values()]
    limits = [str(facts.get(key) or "") for key in ("max_input_tokens", "max_output_tokens")]
    provider = _PROVIDERS[facts["litellm_provider"]]
    return [provider, name, facts["mode"], *limits, features, *prices, " ".join(map(str, steps))]


def _per_million(per_token: Decimal | int | None) -> str:
    return format((Decimal(per_token) * 1_000_000).normalize(), "f") if per_token else ""


if __name__ == "__main__":
    main()
