"""Models that a price is known of, by the names people write: to check a name, and to tell the nearest one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tollbar.catalog.lookup import PriceNotFound
from tollbar.errors import ConfigError
from tollbar.resources.llm.calls import model_path, price_key
from tollbar.spelling import nearest_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.catalog.lookup import PriceLookup

_SELLERS_NAMED = 4


def require_priced(model: str, provider: str | None, catalog: PriceLookup) -> str:
    """Return the path below which a model's prices stand.

    Raises:
        ConfigError: Nobody is known to sell a model of this name, or several do and none is told; says which.
    """
    path = model_path(model, provider)
    if path is not None and not isinstance(catalog.find(price_key(path, "input_tokens")), PriceNotFound):
        return path
    sellers = _sellers().get(model.lower(), ())
    if path is None and sellers:
        known = ", ".join(sellers[:_SELLERS_NAMED])
        raise ConfigError(
            f"the name {model!r} does not tell who sells it: tell the provider, too",
            hint=f"Sold by {known}{', …' if sellers[_SELLERS_NAMED:] else ''}. Write {sellers[0]}/{model}, for one.",
        )
    at = f" of {provider}" if provider else ""
    raise ConfigError(f"no price is known of a model {model!r}{at}", hint=_hint(model, provider))


def _hint(model: str, provider: str | None) -> str:
    name = model.rpartition("/")[2].lower()
    told = provider or model.rpartition("/")[0].partition("/")[0] or None
    names = [known for known, sellers in _sellers().items() if told is None or told in sellers]
    if told is not None and not names:
        sellers = sorted({seller for sellers in _sellers().values() for seller in sellers})
        selling = _sellers().get(name, ())
        nearest = nearest_names(told, sellers)
        if nearest:
            return f"There is no provider {told!r}. Did you mean {nearest[0]!r}?"
        return f"There is no provider {told!r}. " + (
            f"{name} is sold by {', '.join(selling)}." if selling else f"Known: {', '.join(sellers)}."
        )
    nearest = nearest_names(name, names)
    if not nearest:
        return "`tollbar prices search llm WORDS` finds models. A price of your own goes into a price book."
    return f"Did you mean {' or '.join(map(repr, nearest[:2]))}?"


@cache
def _sellers() -> Mapping[str, tuple[str, ...]]:
    """Return the providers of each model of the price library; the shortest names first, so that makers come first."""
    from genai_prices.data import providers  # noqa: PLC0415 -- takes a quarter of a second, and only an error asks

    found: dict[str, list[str]] = {}
    for provider in sorted(providers, key=lambda provider: (len(provider.models) > 100, provider.id)):
        for model in provider.models:
            found.setdefault(model.id.lower().rpartition("/")[2], []).append(provider.id)
    return {name: tuple(dict.fromkeys(sellers)) for name, sellers in found.items()}
