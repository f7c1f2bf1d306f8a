"""LLM prices: a layer of the catalogue over the library genai-prices, which is imported when first asked.

See :mod:`tollbar.catalog.llm_prices` for what a path says. Providers and models are also found by other
names that the library knows them by: ``llm/bedrock/…``, ``llm/openai/gpt-4o-2024-08-06/…``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tollbar.catalog.lookup import EVERYWHERE, PriceNotFound
from tollbar.price import PriceKey
from tollbar.spelling import nearest_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from genai_prices.data_snapshot import DataSnapshot
    from genai_prices.types import ModelInfo, Provider

    from tollbar.catalog.search import Query, Searchable
    from tollbar.price import Price

SOURCE = "genai-prices"
LICENCE = "MIT"
PREFIX = "llm/"
_NEAR = 3
_SAID_OTHERWISE = {
    "cache_read": "cached cached_input",
    "cache_write": "caching",
    "input": "prompt",
    "output": "completion",
}
"""How people also call what is counted; searched with the path."""
_RESOLD, _DEPRECATED = 2.0, 2.0
"""How far other sellers' prices and deprecated models stand behind."""


class _Asked(NamedTuple):
    """A path taken apart. ``rest`` is what is counted, its variant and size; empty where the path names none."""

    provider: str
    model: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A path with what it is searched by."""

    found: Searchable
    model: ModelInfo


def source_name() -> str:
    """Return the library's name and version, without importing it."""
    from importlib.metadata import version  # noqa: PLC0415 -- only who asks for names pays for it

    return f"genai-prices=={version('genai-prices')} (PyPI)"


class LlmCatalog:
    """LLM prices as they hold on a day, sold everywhere at one price.

    A key outside ``llm/`` is a miss, and costs no import. Prices are per token, not per million.
    """

    def __init__(self, on: date, providers: Sequence[Provider] | None = None) -> None:
        """Take the day, and the providers to answer from: those in the installed library by default."""
        self._on = on
        self._given = providers
        self._prices: dict[str, dict[str, Price]] = {}
        self._found: dict[PriceKey, Price | PriceNotFound] = {}

    @cached_property
    def as_of(self) -> str:
        """The youngest day from which a price is said to hold: the data is at least as new. An ISO date."""
        from tollbar.catalog.llm_prices import newest_date  # noqa: PLC0415 -- imports the library

        return (newest_date(self._library.providers, self._on) or self._on).isoformat()

    @property
    def day(self) -> date:
        """The day whose prices these are."""
        return self._on

    @property
    def providers(self) -> Sequence[Provider]:
        """The library's providers with their models; the library is imported when first asked."""
        return self._library.providers

    def find(self, key: PriceKey) -> Price | PriceNotFound:
        """Return the price under a key, whatever its region, or a miss that names what is near."""
        if key not in self._found:
            self._found[key] = next(iter(self.candidates(key)), None) or self.miss(key)
        return self._found[key]

    def candidates(self, key: PriceKey) -> list[Price]:
        """Return the price known for a key, if there is one; its own key names the model that was found."""
        return self.prices_of(key.path)

    def prices_of(self, path: str) -> list[Price]:
        """Return the price of one thing, if there is one: it holds in all regions."""
        if not path.startswith(PREFIX):
            return []
        from tollbar.catalog.llm_prices import model_path  # noqa: PLC0415 -- imports the library

        asked = self._taken_apart(path)
        found = self._model(asked)
        if found is None:
            return []
        price = self._prices_of_model(*found).get(f"{model_path(*found)}/{asked.rest}")
        return [] if price is None else [price]

    def names_below(self, path: str) -> list[str]:
        """Return the last parts of the paths right below a price: its variants, and ``above_N`` for larger requests."""
        if not path.startswith(PREFIX):
            return []
        from tollbar.catalog.llm_prices import model_path  # noqa: PLC0415 -- imports the library

        asked = self._taken_apart(path)
        found = self._model(asked)
        if found is None or not asked.rest:
            return []
        above = f"{model_path(*found)}/{asked.rest}/"
        below = (name.removeprefix(above) for name in self._prices_of_model(*found) if name.startswith(above))
        return [name for name in below if "/" not in name]

    def searchable(self, query: Query, *, thorough: bool = True) -> list[Searchable]:
        """Return every path with what a search needs to know of it.

        None where the search does not speak of models, unless it is ``thorough``: it costs importing the library.
        A word that no path holds counts where the library knows a model by it.
        """
        if not thorough and not query.is_of_models:
            return []
        return [_called(entry, query) for entry in self._index]

    def search(self, words: Sequence[str]) -> list[str]:
        """Return the paths that hold the words, the plainest first.

        A model's own maker comes before resellers, current models before deprecated ones, standard prices
        before variants, short names before longer ones.
        """
        from tollbar.catalog.search import parse_query, search  # noqa: PLC0415 -- only a search pays for it

        query = parse_query(words)
        found = search(self.searchable(query), query)
        return [] if found.left_out else [match.path for match in found.matches]

    def regions(self) -> frozenset[str]:
        """Return where all of it is sold: everywhere."""
        return frozenset({EVERYWHERE})

    def miss(self, key: PriceKey) -> PriceNotFound:
        """Return what is near a key without a price."""
        if not key.path.startswith(PREFIX):
            return PriceNotFound(key)
        return PriceNotFound(PriceKey(key.path, EVERYWHERE), nearest_paths=tuple(self._near(key.path)))

    def source_name(self, source: str) -> str:
        """Return the full name of a price source, or the identifier where it is not this one."""
        return source_name() if source == SOURCE else source

    def note(self, path: str) -> str | None:
        """Return what a reader of a price should know besides, None where there is nothing."""
        if not path.startswith(PREFIX):
            return None
        from tollbar.catalog.llm_prices import hours_matter  # noqa: PLC0415 -- imports the library

        asked = self._taken_apart(path)
        found = self._model(asked)
        if found is None:
            return None
        _, model = found
        notes = ["the provider has deprecated this model"] if model.deprecated else []
        if hours_matter(model):
            notes.append("the price depends on the time of day; this is the dearest")
        if size := re.search(r"/above_(\d+)$", asked.rest):
            notes.append(f"of a request with more than {int(size[1]):,} tokens of input, for all of its tokens")
        return "; ".join(notes) or None

    @cached_property
    def _library(self) -> DataSnapshot:
        from genai_prices.data_snapshot import DataSnapshot  # noqa: PLC0415 -- takes a quarter of a second

        if self._given is not None:
            return DataSnapshot(list(self._given), from_auto_update=False)
        from genai_prices.data import providers  # noqa: PLC0415 -- as above

        return DataSnapshot(providers, from_auto_update=False)

    def _taken_apart(self, path: str) -> _Asked:
        """Return the parts of a path. What is counted is looked for from the end: a model's name may hold slashes."""
        from tollbar.catalog.llm_prices import counted  # noqa: PLC0415 -- imports the library

        provider, _, rest = path.lower().removeprefix(PREFIX).partition("/")
        segments = rest.split("/")
        for place in range(len(segments) - 1, 0, -1):
            if segments[place] in counted():
                return _Asked(provider, "/".join(segments[:place]), "/".join(segments[place:]))
        return _Asked(provider, rest, "")

    def _provider(self, name: str) -> Provider | None:
        from tollbar.model_name import library_provider  # noqa: PLC0415 -- few look models up

        known = library_provider(name)
        return next((provider for provider in self._library.providers if provider.id == known), None)

    def _model(self, asked: _Asked) -> tuple[Provider, ModelInfo] | None:
        """Return the model asked for: the one called exactly so, or the one that the library takes it for."""
        from tollbar.catalog.model_lookup import UnknownModel, find_model  # noqa: PLC0415 -- few look models up

        if not asked.model or not asked.provider:
            return None
        found = find_model(self._library.providers, asked.model, asked.provider)
        return None if isinstance(found, UnknownModel) else (found.provider, found.model)

    def _prices_of_model(self, provider: Provider, model: ModelInfo) -> dict[str, Price]:
        from tollbar.catalog.llm_prices import model_path, prices_of_model  # noqa: PLC0415 -- imports the library

        path = model_path(provider, model)
        if path not in self._prices:
            prices = prices_of_model(provider, model, self._on, self.as_of)
            self._prices[path] = {price.key.path: price for price in prices}
        return self._prices[path]

    def _prices_of(self, asked: _Asked) -> list[str]:
        """Return the paths of all prices of the model asked for."""
        found = self._model(asked)
        return [] if found is None else list(self._prices_of_model(*found))

    @cached_property
    def _index(self) -> list[_Entry]:
        return [
            _entry(path, provider, model)
            for provider in self._library.providers
            for model in provider.models
            for path in self._prices_of_model(provider, model)
        ]

    def _near(self, path: str) -> list[str]:
        """Return up to three known paths like one that is not known."""
        asked = self._taken_apart(path)
        if not asked.rest and (known := self._prices_of(asked)):
            return known[:_NEAR]
        if known := self._prices_of(asked) or self._prices_of(asked._replace(model=asked.model.rpartition("/")[0])):
            return nearest_names(path, known) or known[:_NEAR]
        rest = asked.rest or "input_tokens"
        provider = self._provider(asked.provider)
        if provider is None:
            names = nearest_names(asked.provider, [provider.id for provider in self._library.providers])
            return [f"{PREFIX}{name}/{asked.model}/{rest}" for name in names]
        names = nearest_names(asked.model, [model.id.lower() for model in provider.models])
        return [f"{PREFIX}{provider.id}/{name}/{rest}" for name in names]


def _entry(path: str, provider: Provider, model: ModelInfo) -> _Entry:
    from tollbar.catalog.search import Searchable, words_of  # noqa: PLC0415 -- only a search pays for it

    rest = path.removeprefix(f"{PREFIX}{provider.id}/{model.id}".lower() + "/")
    otherwise = " ".join(words for part, words in _SAID_OTHERWISE.items() if part in rest)
    names = (path, provider.name, model.name or "", otherwise, EVERYWHERE)
    text = f" {words_of(' '.join(names))} "
    made_here = provider.model_match is not None and provider.model_match.is_match(model.id)
    penalty = (0 if made_here else _RESOLD) + (_DEPRECATED if model.deprecated else 0)
    return _Entry(Searchable(path, text, penalty, ("B", f"{len(model.id):03}"), everywhere=True), model)


def _called(entry: _Entry, query: Query) -> Searchable:
    """Return what can be found, also by a dated name under which the library knows the model."""
    from tollbar.catalog.search import words_of  # noqa: PLC0415 -- only a search pays for it

    names = [word for word in query.typed if word.isascii() and entry.model.is_match(word)]
    if not names:
        return entry.found
    return entry.found._replace(text=f"{entry.found.text}{' '.join(map(words_of, names))} ")
