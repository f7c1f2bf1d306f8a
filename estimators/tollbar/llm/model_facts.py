"""What a model can take and do: its context, the most it answers, vision, tools, structured output.

From LiteLLM's table (PyPI package litellm 1.110.2, MIT, November 2026) as ``data/model_facts.csv`` has it; see
:mod:`tollbar.llm.litellm_table` for how it is made anew. Context windows that genai-prices knows come before it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tollbar.model_name import library_provider, model_names

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo

FEATURES = ("vision", "tools", "json", "reasoning", "caching", "pdf", "audio", "web_search")
"""What can be asked for: pictures, function calls, answers by a JSON schema, thinking, a prompt cache…"""
SOURCE = "LiteLLM 1.110.2"


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """Facts of a model as a provider sells it; None and nothing where the table does not tell."""

    context: int | None
    max_output: int | None
    features: frozenset[str]


def facts_of(provider: str, model: ModelInfo) -> ModelFacts | None:
    """Return the facts of a library's model at a provider (its OpenTelemetry name), None where there are none."""
    rows = _rows().get(library_provider(provider), {})
    exact = rows.get(model.id.lower())
    return exact or next((facts for name, facts in rows.items() if model.is_match(name)), None)


def is_covered(provider: str) -> bool:
    """Whether the table lists the current models of a provider: one that it does not list there is retired."""
    return library_provider(provider) in _rows()


@cache
def _rows() -> dict[str, dict[str, ModelFacts]]:
    """Return the facts by the library's name of the provider, then by the model's name without its prefix."""
    found: dict[str, dict[str, ModelFacts]] = {}
    with (files("tollbar.llm") / "data" / "model_facts.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            names = model_names(row["model"], row["provider"])
            of_provider = found.setdefault(library_provider(row["provider"]), {})
            facts = ModelFacts(
                context=int(row["context"]) if row["context"] else None,
                max_output=int(row["max_output"]) if row["max_output"] else None,
                features=frozenset(row["features"].split()),
            )
            for name in names:
                of_provider.setdefault(name.model, facts)
    return found
