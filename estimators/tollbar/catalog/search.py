"""Finding prices by the words people use: which paths hold them all, and which of these are the plainest.

A word stands for itself and for what :mod:`tollbar.catalog.search_words` says. ``-``, ``_``, ``.``, ``/`` and
spaces count alike. A region's name filters. Of the paths that hold all words those come first that hold
little besides: each further word of a path costs, one of an unusual variant more, one of the plain variant nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tollbar.catalog.region_names import LONGEST_NAME, region_names, regions_called
from tollbar.catalog.search_words import GENERIC, LONGEST_PHRASE, MEANINGS, OF_MODELS, PLAIN, SOFT, UNUSUAL
from tollbar.spelling import nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SEPARATORS = str.maketrans("-_./:,;()\"'", " " * 11)
_BEGINNING, _TOGETHER, _EVERYWHERE, _SOFT_MISSING, _LATER_MEANING = 1.5, 2.0, 0.5, 0.7, 0.15
_CLOUD, _UNUSUAL, _FURTHER = 0.2, 3.0, 1.0
_SHORTEST_TOGETHER = 4
"""How many letters a word must have to be looked for written together: ``gpt4o``."""


class Searchable(NamedTuple):
    """A path that can be found. ``text`` is what it is searched by, in words with spaces around.

    ``penalty`` puts it behind others that hold the words as well; ``standing`` orders those that match
    equally well. ``regions`` tells for each region asked for whether it is sold there, ``everywhere``
    whether at one price everywhere.
    """

    path: str
    text: str
    penalty: float = 0.0
    standing: tuple[object, ...] = ()
    regions: tuple[bool, ...] = ()
    everywhere: bool = False


class Match(NamedTuple):
    """A path that holds the words; the lower ``cost``, the plainer."""

    path: str
    cost: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the plainest first. ``left_out`` are words that nothing holds with the others."""

    matches: tuple[Match, ...]
    left_out: tuple[str, ...] = ()
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or phrase of a search as it was typed, and what it stands for."""

    typed: str
    meanings: tuple[tuple[str, ...], ...]
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search taken apart: its terms, and the regions it names (each by the codes it may stand for)."""

    terms: tuple[_Term, ...]
    regions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    typed: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all regions asked for, in the order of the words."""
        return tuple(code for _, codes in self.regions for code in codes)

    @property
    def is_of_models(self) -> bool:
        """Tell whether a word speaks of language models."""
        return any(word.startswith(tuple(OF_MODELS)) for text in self.typed for word in words_of(text).split())


def words_of(text: str) -> str:
    """Return a text in words, in lower case with single spaces; ``1yr`` is ``1 year``."""
    plain = " ".join(text.lower().translate(_SEPARATORS).split())
    return plain.replace("1yr", "1 year").replace("3yr", "3 year") if "yr" in plain else plain


def parse_query(words: Sequence[str]) -> Query:
    """Take the words of a search apart; the longest known phrase and region's name hold."""
    typed = [word for text in words for word in text.split()]
    terms: list[_Term] = []
    regions: list[tuple[str, tuple[str, ...]]] = []
    place = 0
    while place < len(typed):
        length, codes = _region_at(typed, place)
        if codes:
            regions.append((" ".join(typed[place : place + length]), codes))
        else:
            length, term = _term_at(typed, place)
            terms += [term] if term else []
        place += length
    return Query(tuple(dict.fromkeys(terms)), tuple(regions), tuple(typed))


def search(entries: Iterable[Searchable], query: Query) -> Found:
    """Return the entries that hold all terms; where none does, those that hold most of them, or the nearest word."""
    entries = list(entries)
    query = _written_together(entries, query)
    hard = [term for term in query.terms if not term.soft]
    matches = _matching(entries, query, hard, query.regions)
    if matches or not (hard or query.regions):
        return Found(matches)
    unknown = [term for term in hard if not any(_held(term, entry.text) for entry in entries)]
    for term in unknown:
        near = _nearest(term.typed, entries)
        if near:
            return Found((), suggestion=near)
    return _most(entries, query, [term for term in hard if term not in unknown], unknown)


def _most(entries: list[Searchable], query: Query, hard: list[_Term], unknown: list[_Term]) -> Found:
    """Return what holds all terms but the fewest: at least half of them, and of the regions only if there is one."""
    kept = [*hard]
    if not kept:
        return Found((), tuple(term.typed for term in unknown))
    if unknown and (matches := _matching(entries, query, kept, query.regions)):
        enough = len(kept) >= len(unknown)
        return Found(matches if enough else (), tuple(term.typed for term in unknown))
    for missing in kept if len(kept) > 1 and len(kept) - 1 >= len(unknown) + 1 else ():
        rest = [term for term in kept if term is not missing]
        if matches := _matching(entries, query, rest, query.regions):
            return Found(matches, tuple(term.typed for term in (*unknown, missing)))
    if query.regions and (matches := _matching(entries, query, kept, ())):
        return Found(matches, tuple(name for name, _ in query.regions))
    return Found(())


def _region_at(typed: list[str], place: int) -> tuple[int, tuple[str, ...]]:
    for length in range(min(LONGEST_NAME, len(typed) - place), 0, -1):
        name = " ".join(typed[place : place + length])
        if words_of(name) not in MEANINGS and (codes := regions_called(name)):
            return length, codes
    return 1, ()


def _term_at(typed: list[str], place: int) -> tuple[int, _Term | None]:
    for length in range(min(LONGEST_PHRASE, len(typed) - place), 0, -1):
        phrase = " ".join(typed[place : place + length])
        plain = words_of(phrase)
        if plain in MEANINGS:
            return length, _Term(phrase, MEANINGS[plain], soft=plain in SOFT)
    plain = words_of(typed[place])
    if plain in GENERIC:
        return 1, None
    return 1, _Term(typed[place], ((plain or typed[place].lower(),),), soft=plain in SOFT)


def _matching(
    entries: list[Searchable],
    query: Query,
    hard: list[_Term],
    regions: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[Match, ...]:
    held = [(entry, _cost_of_regions(entry, regions)) for entry in entries]
    kept = [(entry, cost) for entry, cost in held if cost is not None]
    for term in hard:
        kept = [(entry, cost) for entry, cost in kept if _may_hold(term, entry.text)]
    soft = [term for term in query.terms if term.soft]
    found = []
    for entry, cost in kept:
        terms = _cost_of_terms(entry, hard, soft)
        if terms is not None:
            found.append((round(cost + terms, 2), entry))
    found.sort(key=lambda match: (match[0], match[1].standing, len(match[1].text), match[1].path))
    return tuple(Match(entry.path, cost) for cost, entry in found)


def _cost_of_regions(entry: Searchable, regions: tuple[tuple[str, tuple[str, ...]], ...]) -> float | None:
    """Return what the regions asked for cost, None where it is not sold in one and not called so either."""
    cost = 0.0
    for place, (name, _) in enumerate(regions):
        if place < len(entry.regions) and entry.regions[place]:
            continue
        if not entry.everywhere and f" {words_of(name)} " not in entry.text:
            return None
        cost += _EVERYWHERE
    return cost


def _cost_of_terms(entry: Searchable, hard: list[_Term], soft: list[_Term]) -> float | None:
    cost, covered = entry.penalty, set[str]()
    for term in hard:
        held = _held(term, entry.text)
        if held is None:
            return None
        cost += held[0]
        covered.update(held[1])
    for term in soft:
        held = _held(term, entry.text)
        cost += held[0] if held else _SOFT_MISSING
        covered.update(held[1] if held else ())
    first, *others = dict.fromkeys(words_of(entry.path).split())
    cost += 0 if first in covered or first in PLAIN else _CLOUD
    return cost + sum(_cost_of_further(word) for word in others if word not in covered)


def _cost_of_further(word: str) -> float:
    if word in PLAIN:
        return 0
    return _UNUSUAL if word in UNUSUAL else _FURTHER


def _may_hold(term: _Term, text: str) -> bool:
    return any(all(f" {part}" in text for part in meaning) for meaning in term.meanings)


def _held(term: _Term, text: str) -> tuple[float, list[str]] | None:
    """Return how well a text holds a term (0 as it is), and the words of the text that it is held by."""
    best: tuple[float, list[str]] | None = None
    for place, meaning in enumerate(term.meanings):
        cost, words = place * _LATER_MEANING, list[str]()
        for part in meaning:
            held = _part_held(part, text)
            if held is None:
                break
            cost += held[0]
            words += held[1]
        else:
            if best is None or cost < best[0]:
                best = cost, words
    return best


def _part_held(part: str, text: str) -> tuple[float, list[str]] | None:
    if f" {part} " in text:
        return 0, part.split()
    if part.isdigit():
        return None
    stem = part[:-1] if part.endswith("s") and len(part) > _SHORTEST_TOGETHER else part
    start = text.find(f" {stem}")
    if start < 0:
        return None
    end = text.index(" ", start + len(stem) + 1)
    words = text[start + 1 : end].split()
    return (0 if text[start + 1 + len(stem) : end] in {"", "s", "es", "ql"} else _BEGINNING), words


def _written_together(entries: list[Searchable], query: Query) -> Query:
    """Return the query with words that nothing begins with taken for the same letters elsewhere: ``gpt4o``."""
    terms = []
    for term in query.terms:
        held = any(_may_hold(_Term(term.typed, term.meanings), entry.text) for entry in entries)
        terms += [term] if held or term.soft else _together(entries, term)
    return Query(tuple(terms), query.regions, query.typed)


def _together(entries: list[Searchable], term: _Term) -> list[_Term]:
    """Return what stands in texts with a term's letters, whatever separates them; else its words one by one."""
    letters = re.sub(r"[^a-z0-9]", "", term.typed.lower())
    stem = letters[:-1] if letters.endswith("s") else letters
    if len(stem) >= _SHORTEST_TOGETHER:
        pattern = re.compile(rf"(?<= ){' ?'.join(stem)}[^ ]*(?= )")
        texts = {found.group() for entry in entries for found in pattern.finditer(entry.text)}
        if texts:
            return [_Term(term.typed, tuple((text,) for text in sorted(texts, key=len)))]
    words = words_of(term.typed).split()
    return [_Term(word, ((word,),)) for word in words] if len(words) > 1 else [term]


def _nearest(typed: str, entries: Iterable[Searchable]) -> str | None:
    """Return the segment of a path, a word of one or a region that looks most like what was typed."""
    names = {segment for entry in entries for segment in entry.path.split("/")}
    names |= {word for name in names for word in re.split(r"[-_.]", name)} | region_names()
    wanted = typed.lower()
    likely = [name for name in names if abs(len(name) - len(wanted)) <= 2 and name[:1] == wanted[:1]]  # noqa: PLR2004 -- two typos
    return next(iter(nearest_names(wanted, likely, count=1)), None) if len(wanted) > 2 else None  # noqa: PLR2004 -- as above
