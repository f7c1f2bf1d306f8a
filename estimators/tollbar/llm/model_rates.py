"""The rates that detectors compare by: of the models in a log, and of the models that would do for easy tasks.

Rates are USD per token of a request of ordinary size, on the day of the scan. What calls cost stands in ``calls``,
priced with all steps and tiers; the rates only say what the same tokens would cost otherwise.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tollbar.catalog.call_price import ModelRates, rates
from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tollbar.catalog.llm import LlmCatalog
    from tollbar.llm.sql_engine import Row, SqlEngine

CAPABLE_MODELS = Path(__file__).parent / "capable_models.yml"
_USD = "DECIMAL(18,12)"
_QUANTUM = Decimal("1e-12")
RATE_COLUMNS: Mapping[str, str] = {
    "provider": "VARCHAR",  # empty where the log names none
    "model": "VARCHAR",
    "input_usd": _USD,
    "cache_read_usd": _USD,  # NULL where the provider does not sell caching
    "cache_write_usd": _USD,
    "output_usd": _USD,
    "batch_input_usd": _USD,  # NULL where the provider has no batch price
    "batch_output_usd": _USD,
}
CAPABLE_COLUMNS: Mapping[str, str] = {
    "task_type": "VARCHAR",
    "provider": "VARCHAR",
    "model": "VARCHAR",
    "input_usd": _USD,
    "output_usd": _USD,
}


class Capable(NamedTuple):
    """A model that is good enough for a task."""

    task_type: str
    provider: str
    model: str


def capable_models(file: Path = CAPABLE_MODELS) -> tuple[Capable, ...]:
    """Return the models of a list: a YAML mapping of tasks to ``provider/model``.

    Raises:
        ConfigError: The file cannot be read, or is not such a list.
    """
    from tollbar.yaml_file import read_yaml  # noqa: PLC0415 -- imports the parser

    content = read_yaml(file, ConfigError, expected="a mapping of tasks to lists of provider/model").plain()
    found: list[Capable] = []
    for task, models in content.items():
        if not isinstance(models, list) or not all(isinstance(model, str) and "/" in model for model in models):
            raise ConfigError(f"{file}: {task}: expected a list of provider/model, such as openai/gpt-4o-mini")
        found.extend(Capable(str(task), *model.split("/", 1)) for model in models)
    return tuple(found)


def load_rates(engine: SqlEngine, catalog: LlmCatalog, capable: Iterable[Capable]) -> None:
    """Keep the rates of all models in ``calls`` as ``model_rates``, those of a list as ``capable_models``."""
    logged = engine.rows(
        "SELECT DISTINCT COALESCE(provider, ''), model FROM calls WHERE model IS NOT NULL ORDER BY 1, 2"
    )
    engine.load("model_rates", RATE_COLUMNS, list(_rate_rows(catalog, logged)))
    engine.load("capable_models", CAPABLE_COLUMNS, list(_capable_rows(catalog, logged, capable)))


def _rate_rows(catalog: LlmCatalog, logged: Iterable[Row]) -> Iterator[Row]:
    for provider, model in logged:
        standard = _usd(catalog, model, provider)
        if standard is None:
            continue
        batch = _usd(catalog, model, provider, batch=True) or {}
        yield (
            provider, model, standard["input_uncached"], standard.get("cache_read"), standard.get("cache_write_5m"),
            standard.get("output_visible"), batch.get("input_uncached"), batch.get("output_visible"),
        )  # fmt: skip


def _capable_rows(catalog: LlmCatalog, logged: Iterable[Row], capable: Iterable[Capable]) -> Iterator[Row]:
    """Yield each model of the list at its own provider, and at each other one in the log that sells it."""
    others = {provider for provider, _ in logged if provider}
    for task, maker, model in capable:
        seen = set()
        for provider in (maker, *sorted(others)):
            found = rates(catalog, model, provider)
            if not isinstance(found, ModelRates) or found.provider in seen:
                continue
            seen.add(found.provider)
            usd = found.step(0).usd
            if usd["input_uncached"] is not None and usd["output_visible"] is not None:
                yield task, found.provider, found.model, _round(usd["input_uncached"]), _round(usd["output_visible"])


def _usd(catalog: LlmCatalog, model: str, provider: str, *, batch: bool = False) -> dict[str, Decimal] | None:
    """Return the USD per token of each bucket that has a price of its own, None where the model or tier has none."""
    found = rates(catalog, model, provider or None, tier="batch" if batch else None)
    if not isinstance(found, ModelRates) or not found.tier_is_priced:
        return None
    borrowed = {fallback.bucket for fallback in found.fallbacks}
    usd = {
        bucket: _round(rate)
        for bucket, rate in found.step(0).usd.items()
        if rate is not None and bucket not in borrowed
    }
    return usd if "input_uncached" in usd else None


def _round(rate: Decimal) -> Decimal:
    return rate.quantize(_QUANTUM)
