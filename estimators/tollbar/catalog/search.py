"""Finding prices by the words people use: which paths hold them all, and which of these are the plainest.

A word stands for itself and for what :mod:`tollbar.catalog.search_words` says. ``-``, ``_``, ``.``, ``/`` and
spaces count alike. A region's name filters. Of the paths that hold all words those come first that hold
little besides: each further word of a path costs, one of an unusual variant more, one of the plain variant nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from tollbar.catalog.region_names import LONGEST_NAME, region_names, regions_called
from tollbar.catalog.search_words import GENERIC, LONGEST_PHRASE, MEANINGS, OF_MODELS, PLAIN, SOFT, UNUSUAL
from tollbar.spelling import nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SEPARATORS = str.maketrans("-_./:,;()\"'", " " * 11)
_ANOTHER_NUMBER, _BEGINNING, _LATER_MEANING = 0.05, 1.5, 0.15
"""What it costs that a word is held in the singular or plural, by its beginning, by a less likely meaning."""
_EVERYWHERE, _SOFT_MISSING = 1.5, 0.7
"""What it costs to be sold at one price everywhere where a region was asked for; to lack a soft word."""
_CLOUD, _FURTHER, _UNUSUAL = 0.2, 1.0, 3.0
"""What a word costs that nobody asked for: the cloud's name, any other, one of an unusual variant."""
_ALIKE = 0.75
"""How alike a known name must be to be suggested for one that is not."""
_SIZE = re.compile(r"nano|micro|small|medium|\d*x?large")
"""Sizes of a machine family: who asks for ``p5`` means all of them."""
_SHORTEST_TOGETHER = 4
"""How many letters a word must have to be looked for written together: ``gpt4o``."""


_Region = tuple[str, tuple[str, ...]]
"""A region's name as it was typed, and the codes that it may stand for."""


class Searchable(NamedTuple):
    """A path that can be found. ``text`` is what it is searched by, in words with spaces around.

    ``penalty`` puts it behind others that hold the words as well; ``standing`` orders those that match
    equally well. ``regions`` tells for each region asked for whether it is sold there, ``everywhere``
    whether at one price everywhere.
    """

    path: str
    text: str
    penalty: float = 0.0
    standing: tuple[str, ...] = ()
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
class Term:
    """A word or phrase of a search as it was typed, and what it stands for; a soft one may be missing."""

    typed: str
    meanings: tuple[tuple[str, ...], ...]
    soft: bool = False

    @property
    def stems(self) -> list[list[str]]:
        """For each meaning what must stand in a text that holds it."""
        return [[_stem(part) for part in meaning] for meaning in self.meanings]


@dataclass(frozen=True, slots=True)
class Query:
    """A search taken apart: its terms, and the regions it names (each by the codes it may stand for)."""

    terms: tuple[Term, ...]
    regions: tuple[_Region, ...] = ()
    typed: tuple[str, ...] = ()

    @property
    def hard(self) -> list[Term]:
        """The terms that must be held; the soft ones where there are no others."""
        return [term for term in self.terms if not term.soft] or list(self.terms)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all regions asked for, in the order of the words."""
        return tuple(code for _, codes in self.regions for code in codes)

    @property
    def is_of_models(self) -> bool:
        """Tell whether a word speaks of language models."""
        return any(word.startswith(OF_MODELS) for text in self.typed for word in words_of(text).split())


def words_of(text: str) -> str:
    """Return a text in words, in lower case with single spaces; ``1yr`` is ``1 year``."""
    return _respelled(" ".join(text.lower().translate(_SEPARATORS).split()))


def words_of_path(path: str) -> str:
    """Return a path in words with spaces around; paths are in lower case and this is called for all of them."""
    text = path.replace("/", " ").replace("_", " ").replace("-", " ").replace(".", " ")
    return f" {_respelled(text)} "


def _respelled(text: str) -> str:
    if "yr" in text:
        return text.replace("1yr", "1 year").replace("3yr", "3 year")
    return text.replace("x86 64", "x86") if "x86" in text else text


def parse_query(words: Sequence[str]) -> Query:
    """Take the words of a search apart; the longest known phrase and region's name hold."""
    typed = [word for text in words for word in text.split()]
    terms: list[Term] = []
    regions: list[_Region] = []
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


def plainest(entries: Iterable[Searchable], query: Query) -> tuple[Match, ...]:
    """Return the entries that hold all words and regions of a query, the plainest first."""
    return _matching(entries, query, query.hard, query.regions)


def search(entries: Iterable[Searchable], query: Query) -> Found:
    """Return the entries that hold all words; where none does, those that hold most of them, or the nearest word.

    Words that nothing begins with are taken for the same letters elsewhere: ``gpt4o``.
    """
    entries = list(entries)
    as_typed, query = query, _written_together(entries, query)
    if matches := plainest(entries, query):
        return Found(matches)
    unknown = [term for term in query.hard if not _any_holds(entries, term)]
    mistyped = [term.typed for term in as_typed.hard if any(other.typed in term.typed for other in unknown)]
    if near := next(filter(None, (_nearest(name, entries) for name in mistyped)), None):
        return Found((), suggestion=near)
    return _most(entries, query, [term for term in query.hard if term not in unknown], unknown)


def _most(entries: list[Searchable], query: Query, known: list[Term], unknown: list[Term]) -> Found:
    """Return what holds all terms but the fewest, at least half of them; a region is given up last.

    Names with digits are given up after words, and the first words last: they say what is asked for.
    """
    by_weight = sorted(known, key=lambda term: (_is_name(term), -known.index(term)))
    for regions in dict.fromkeys((query.regions, ())):
        for fewer in range(len(known)):
            if not len(known) - fewer >= len(unknown) + fewer:
                break
            for missing in combinations(by_weight, fewer):
                rest = [term for term in known if term not in missing]
                if matches := _matching(entries, query, rest, regions):
                    given_up = () if regions else query.regions
                    names = (*(name for name, _ in given_up), *(term.typed for term in (*unknown, *missing)))
                    return Found(matches, names)
    return Found(())


def _is_name(term: Term) -> bool:
    return any(letter.isdigit() for letter in term.typed)


def _region_at(typed: list[str], place: int) -> tuple[int, tuple[str, ...]]:
    for length in range(min(LONGEST_NAME, len(typed) - place), 0, -1):
        name = " ".join(typed[place : place + length])
        if words_of(name) not in MEANINGS and (codes := regions_called(name)):
            return length, codes
    return 1, ()


def _term_at(typed: list[str], place: int) -> tuple[int, Term | None]:
    for length in range(min(LONGEST_PHRASE, len(typed) - place), 0, -1):
        phrase = " ".join(typed[place : place + length])
        plain = words_of(phrase)
        if plain in GENERIC:
            return length, None
        if plain in MEANINGS:
            return length, Term(phrase, MEANINGS[plain], soft=plain in SOFT)
    plain = words_of(typed[place])
    return 1, Term(typed[place], ((plain or typed[place].lower(),),), soft=plain in SOFT)


def _matching(
    entries: Iterable[Searchable], query: Query, hard: Sequence[Term], regions: Sequence[_Region]
) -> tuple[Match, ...]:
    for term in hard:
        stems = [[f" {stem}" for stem in meaning] for meaning in term.stems]
        entries = [entry for entry in entries if any(all(stem in entry.text for stem in each) for each in stems)]
    soft = [term for term in query.terms if term.soft and term not in hard]
    found = []
    for entry in entries:
        where = _cost_of_regions(entry, regions)
        terms = _cost_of_terms(entry, hard, soft)
        if where is not None and terms is not None:
            found.append((round(where + terms, 2), entry))
    found.sort(key=lambda match: (match[0], match[1].standing, len(match[1].text), match[1].path))
    return tuple(Match(entry.path, cost) for cost, entry in found)


def _cost_of_regions(entry: Searchable, regions: Sequence[_Region]) -> float | None:
    """Return what the regions asked for cost, None where it is not sold in one and not called so either."""
    cost = 0.0
    for place, (name, _) in enumerate(regions):
        if place < len(entry.regions) and entry.regions[place]:
            continue
        if not entry.everywhere and f" {words_of(name)} " not in entry.text:
            return None
        cost += _EVERYWHERE
    return cost


def _cost_of_terms(entry: Searchable, hard: Sequence[Term], soft: Sequence[Term]) -> float | None:
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
    if _SIZE.fullmatch(word):
        return _CLOUD
    return _UNUSUAL if word in UNUSUAL else _FURTHER


def _any_holds(entries: list[Searchable], term: Term) -> bool:
    """Tell whether a term is the beginning of words in any text."""
    meanings = [[f" {stem}" for stem in stems] for stems in term.stems]
    return any(all(stem in entry.text for stem in stems) for entry in entries for stems in meanings)


def _stem(part: str) -> str:
    """Return a word without the s of the plural; a name such as d2s is none."""
    is_plural = part.endswith("s") and not part.endswith("ss") and len(part) >= _SHORTEST_TOGETHER
    return part[:-1] if is_plural and part.isalpha() else part


def _held(term: Term, text: str) -> tuple[float, list[str]] | None:
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
    stem = _stem(part)
    start = text.find(f" {stem}")
    if start < 0:
        return None
    end = text.index(" ", start + len(stem) + 1)
    words = text[start + 1 : end].split()
    more = text[start + 1 + len(stem) : end]
    is_same = not more or (more in {"s", "es", "ql"} and stem.replace(" ", "").isalpha())
    return (_ANOTHER_NUMBER if is_same else _BEGINNING), words


def _written_together(entries: list[Searchable], query: Query) -> Query:
    """Return the query with words that nothing begins with taken for the same letters elsewhere: ``gpt4o``."""
    terms = []
    for term in query.terms:
        terms += [term] if term.soft or _any_holds(entries, term) else _together(entries, term)
    return Query(tuple(terms), query.regions, query.typed)


def _together(entries: list[Searchable], term: Term) -> list[Term]:
    """Return what stands in texts with a term's letters, whatever separates them; else its words one by one."""
    letters = re.sub(r"[^a-z0-9]", "", term.typed.lower())
    stem = letters.removesuffix("s")
    if len(stem) >= _SHORTEST_TOGETHER:
        pattern = re.compile(rf"(?<= ){' ?'.join(stem)}[^ ]*(?= )")
        texts = {found.group() for entry in entries for found in pattern.finditer(entry.text)}
        if texts:
            return [Term(term.typed, tuple((text,) for text in sorted(texts, key=len)))]
    words = words_of(term.typed).split()
    is_several = len(words) > 1 and all(len(word) > 1 for word in words)
    return [Term(word, ((word,),)) for word in words] if is_several else [term]


def _nearest(typed: str, entries: Iterable[Searchable]) -> str | None:
    """Return the segment of a path, a word of one or a region that looks most like what was typed."""
    names = {segment for entry in entries for segment in entry.path.split("/")}
    names |= {word for name in names for word in re.split(r"[-_.]", name)} | region_names()
    wanted = typed.lower()
    likely = [name for name in names if abs(len(name) - len(wanted)) <= 2 and name[:1] == wanted[:1]]
    return (
        next(iter(nearest_names(wanted, likely, count=1, alike=_ALIKE)), None)
        if len(wanted) >= _SHORTEST_TOGETHER
        else None
    )
