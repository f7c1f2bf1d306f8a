"""Amazon Bedrock: tokens of the models on demand, in the standard tier, in batch, across regions.

Three service codes list them: AmazonBedrock and AmazonBedrockService by attributes
(``inferenceType``: Input tokens), AmazonBedrockFoundationModels by usage types
(``MP:USE1_InputTokenCount-Units``, whose unit is a million tokens). Other tiers (flex, priority,
latency-optimized, reserved) and other media are not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Query, Service, Sold

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_CODES = ("AmazonBedrock", "AmazonBedrockService", "AmazonBedrockFoundationModels")
_KINDS = {
    "input tokens": "input_tokens",
    "output tokens": "output_tokens",
    "prompt cache read input tokens": "cache_read_tokens",
    "prompt cache write input tokens": "cache_write_tokens",
}
_USAGE = re.compile(r"MP:[A-Z0-9]+_(?P<what>\w+?)-Units")
_COUNTS = {
    "inputtokencount": "input_tokens",
    "outputtokencount": "output_tokens",
    "cachereadinputtokencount": "cache_read_tokens",
    "cachewriteinputtokencount": "cache_write_tokens",
    "inputtokensstandard": "input_tokens",
    "outputtokensstandard": "output_tokens",
    "inputtokencountglobal": "global_cross_region/input_tokens",
    "outputtokencountglobal": "global_cross_region/output_tokens",
    "inputtokensglobalstandard": "global_cross_region/input_tokens",
    "outputtokensglobalstandard": "global_cross_region/output_tokens",
    "inputtokencountbatch": "batch/input_tokens",
    "outputtokencountbatch": "batch/output_tokens",
}
_MAKERS = {
    "claude": "anthropic", "nova": "amazon", "titan": "amazon", "jamba": "ai21", "jurassic": "ai21",
    "command": "cohere", "embed": "cohere", "rerank": "cohere", "llama": "meta", "mistral": "mistral",
    "ministral": "mistral", "magistral": "mistral", "mixtral": "mistral", "pixtral": "mistral",
    "deepseek": "deepseek", "gpt": "openai", "qwen": "qwen", "qwen3": "qwen", "palmyra": "writer", "gemma": "google",
}  # fmt: skip
_EDITION = " (Amazon Bedrock Edition)"
_MILLION = 1_000_000
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


def _sold(product: Product, term: Term) -> Sold | None:
    kind = _kind(product)
    model = _model(product["model"] or product["servicename"].removesuffix(_EDITION))
    if term.kind != "OnDemand" or kind is None or model is None:
        return None
    is_by_the_million = _USAGE.fullmatch(product.usage) is not None
    return Sold(f"aws/bedrock/{model}/{kind}", "tokens", _MILLION if is_by_the_million else 1)


def _kind(product: Product) -> str | None:
    usage = _USAGE.fullmatch(product.usage)
    if usage is not None:
        return _COUNTS.get(usage["what"].lower().replace("_", ""))
    kind = _KINDS.get(product["inferenceType"].lower())
    if kind is None or product["service_tier"].lower() not in {"", "standard", "default"}:
        return None
    if product["feature"] == "Batch Inference":
        return f"batch/{kind}"
    if "cross-region-global" in product.usage:
        return f"global_cross_region/{kind}"
    return kind if product["feature"] in {"On-demand Inference", ""} else None


def _model(name: str) -> str | None:
    """Return a model as our paths name it: ``anthropic.claude-3-5-sonnet``; None where its maker is not known."""
    maker, dot, rest = name.partition(".")
    if dot and maker in _MAKERS.values():
        return f"{maker}.{_plain(rest)}"
    first = _NOT_IN_A_NAME.split(name.lower())[0]
    return f"{_MAKERS[first]}.{_plain(name)}" if first in _MAKERS else None


def _plain(name: str) -> str:
    return _NOT_IN_A_NAME.sub("-", name.lower()).strip("-")


SERVICE = Service("bedrock", tuple(Query(code) for code in _CODES), _sold)
