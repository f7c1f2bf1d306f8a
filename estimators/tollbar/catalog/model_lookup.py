"""Finding a model in genai-prices by whatever name it goes, or saying that it is unknown and what is near."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tollbar.model_name import library_provider, model_names, provider_name
from tollbar.spelling import nearest_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from genai_prices.types import ModelInfo, Provider

_NEAR = 3
_SUFFIX = re.compile(r"(?:-latest|-preview|[-@]\d[\d-]*|-v\d+:\d+)$")
_DATE = re.compile(r"-?\d{4}-?\d{2}-?\d{2}")


class FoundModel(NamedTuple):
    """A model of the library, and who sells it: ``sold_by`` is the provider's OpenTelemetry name."""

    provider: Provider
    model: ModelInfo
    sold_by: str


@dataclass(frozen=True, slots=True)
class UnknownModel:
    """A model without a price: what was asked, why there is none, and names that are near."""

    model: str
    provider: str | None
    reason: str
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return it as a sentence for a report."""
        near = f"; nearest known: {', '.join(self.nearest)}" if self.nearest else ""
        return f"{self.reason}{near}"


def find_model(providers: Sequence[Provider], model: str, provider: str | None = None) -> FoundModel | UnknownModel:
    """Return the model that a name means at a provider, or why there is none and what is near."""
    for named in model_names(model, provider):
        seller = _seller(providers, named.model, named.provider)
        found = _sold(providers, seller, named.model) if seller else None
        if seller is not None and found is not None:
            return FoundModel(seller, found, named.provider or provider_name(seller.id))
    return _unknown(providers, model, provider)


def _seller(providers: Sequence[Provider], model: str, name: str | None) -> Provider | None:
    """Return who is told, else who makes models of such names."""
    if name is not None:
        identifier = library_provider(name)
        return next((provider for provider in providers if provider.id == identifier), None)
    makers = (provider for provider in providers if provider.model_match and provider.model_match.is_match(model))
    return next(makers, None)


def _sold(providers: Sequence[Provider], seller: Provider, name: str) -> ModelInfo | None:
    """Return the model called exactly so, else the one that the library takes it for.

    An Azure deployment is called as its owner likes: where the library looks for a model anywhere in a name, there only
    a name counts that begins with the model's.
    """
    exact = next((model for model in seller.models if model.id.lower() == name), None)
    model = exact or seller.find_model(name, all_providers=list(providers))
    if model is None or exact or seller.id != "azure":
        return model
    bare = _DATE.sub("", model.id.lower())
    found_anywhere = model.is_match(f"x{bare}x")
    return model if not found_anywhere or name.startswith(bare) else None


def _unknown(providers: Sequence[Provider], model: str, provider: str | None) -> UnknownModel:
    names = model_names(model, provider)
    if not model.strip():
        return UnknownModel(model, provider, "no model is named")
    if not names:
        return UnknownModel(model, provider, f"{model!r} names no model: tell the model that stands behind it")
    seller = provider_name(provider) if provider else names[0].provider
    known = {sold.id: sold for sold in providers}
    if seller is not None and library_provider(seller) not in known:
        near = dict.fromkeys(map(provider_name, nearest_names(seller, known)))
        return UnknownModel(model, seller, f"no prices are known of the provider {seller!r}", tuple(near))
    where = f" at {seller}" if seller else ", and no provider is told"
    ids = [sold.id for sold in known[library_provider(seller)].models] if seller else _made(providers)
    return UnknownModel(model, seller, f"no price is known of the model {model!r}{where}", _near(names[-1].model, ids))


def _near(name: str, ids: list[str]) -> tuple[str, ...]:
    """Return up to three known names, those that the name begins with first: a date or suffix is often what is new."""
    lowered = {known.lower(): known for known in ids}
    bare = _SUFFIX.sub("", name)
    begins = [known for known in (bare, bare.rpartition("-")[0]) if known in lowered]
    near = dict.fromkeys([*begins, *nearest_names(name, lowered)])
    return tuple(lowered[known] for known in near)[:_NEAR]


def _made(providers: Sequence[Provider]) -> list[str]:
    """Return the names of the models that are sold by who makes them."""
    return [
        model.id
        for provider in providers
        if provider.model_match is not None
        for model in provider.models
        if provider.model_match.is_match(model.id)
    ]
