"""The cheapest models for a task: those that are good enough, large enough and able, with what a call costs.

Quality is what a benchmark published (:mod:`tollbar.llm.quality`), price is that of :mod:`tollbar.catalog.call_price`.
A model without a figure, a price, or a known feature that is asked for, is left out, and counted with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tollbar.catalog.call_price import ModelRates, cost, rates_of
from tollbar.catalog.model_lookup import UnknownModel, find_model
from tollbar.llm.model_facts import facts_of, is_covered
from tollbar.model_name import model_names, provider_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from tollbar.catalog.llm import LlmCatalog
    from tollbar.catalog.model_lookup import FoundModel
    from tollbar.llm.model_facts import ModelFacts
    from tollbar.llm.quality import Benchmark
    from tollbar.token_usage import TokenUsage

_NO_PRICE = "no price is known"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a call needs. ``context`` is tokens of input and output; None where they are what is sent and received."""

    usage: TokenUsage
    calls_per_month: Decimal | None = None
    quality: Decimal | None = None
    needs: frozenset[str] = frozenset()
    context: int | None = None
    providers: tuple[str, ...] = ()

    @property
    def window(self) -> int:
        """How many tokens the context must hold."""
        return self.context or self.usage.total


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that will do. ``cost_per_call`` is USD; ``name`` is the one that the figure of its quality has."""

    name: str
    rates: ModelRates
    quality: Decimal
    cost_per_call: Decimal
    context: int | None
    features: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Route:
    """The models that will do, the cheapest first, and how many were left out, by reason."""

    benchmark: str
    source: Benchmark
    wanted: Wanted
    candidates: tuple[Candidate, ...]
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def route(catalog: LlmCatalog, name: str, benchmark: Benchmark, wanted: Wanted) -> Route:
    """Return the models that a benchmark has a figure of and that will do, the cheapest first."""
    candidates: list[Candidate] = []
    left_out: dict[str, list[str]] = {}
    for model, quality in benchmark.scores.items():
        for found in _sellers(catalog, model, wanted.providers):
            judged = _judge(catalog, model, found, quality, wanted)
            if isinstance(judged, Candidate):
                candidates.append(judged)
            else:
                left_out.setdefault(judged, []).append(model)
    candidates.sort(key=lambda candidate: (candidate.cost_per_call, -candidate.quality, candidate.name))
    reasons = {reason: tuple(models) for reason, models in sorted(left_out.items())}
    return Route(name, benchmark, wanted, tuple(candidates), reasons)


def _sellers(catalog: LlmCatalog, model: str, providers: tuple[str, ...]) -> Iterator[FoundModel | UnknownModel]:
    """Yield a model as each of some providers sells it, as its benchmark names it where none is told."""
    if not providers:
        yield find_model(catalog.providers, model)
        return
    bare = model_names(model)[-1].model if model_names(model) else model
    for provider in providers:
        yield find_model(catalog.providers, bare, provider)


def _judge(
    catalog: LlmCatalog, name: str, found: FoundModel | UnknownModel, quality: Decimal, wanted: Wanted
) -> Candidate | str:
    """Return a model that will do, or why it will not."""
    if isinstance(found, UnknownModel):
        return f"not sold by {provider_name(found.provider)}" if found.provider and wanted.providers else _NO_PRICE
    if wanted.quality is not None and quality < wanted.quality:
        return "below the quality asked for"
    facts = facts_of(found.sold_by, found.model)
    context = found.model.context_window or (facts.context if facts else None)
    unable = _retired(found, facts) or _unable(facts, context, wanted)
    model = rates_of(catalog, found)
    price = cost(model, wanted.usage).total
    if unable is not None or price is None:
        return unable or _NO_PRICE
    return Candidate(name, model, quality, price, context, facts.features if facts else None)


def _retired(found: FoundModel, facts: ModelFacts | None) -> str | None:
    gone = found.model.deprecated or (facts is None and is_covered(found.sold_by))
    return "retired or deprecated" if gone else None


def _unable(facts: ModelFacts | None, context: int | None, wanted: Wanted) -> str | None:
    """Return why a model cannot serve the calls, None where it can."""
    if context is None and wanted.context is not None:
        return "its context is not known"
    if context is not None and context < wanted.window:
        return "its context is too small"
    if wanted.needs and facts is None:
        return "its features are not known"
    lacking = sorted(wanted.needs - facts.features) if facts is not None else []
    return f"without {', '.join(lacking)}" if lacking else None
