"""What a log format is: how one of its records is recognised, and which expression gives each column of ``calls``.

A format is one module in :mod:`tollbar.llm.formats` with a ``FORMAT``; nothing else has to know of it. Expressions are
DuckDB's SQL; ``{usage.prompt_tokens}`` in them stands for the text at that place of the record, NULL where it is not.
The macros they may use are in :mod:`tollbar.llm.log_macros`.

A place begins at one of three roots, of which each shape of the format says where it is:

- ``{…}``: the answer, as the provider sent it;
- ``{request:…}``: the request, where the log has it;
- ``{record:…}``: the whole record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_PLACE = re.compile(r"\{(?:(request|record|response):)?([^{}]+)\}")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

NO_RECORDS = "[]"
"""The records inside one that is no call."""

PRESENT = "PRESENT"
ABSENT = "ABSENT"


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the answer and the request stand in a record, as JSON paths; ``$`` is the record itself."""

    response: str = "$"
    request: str = "$"

    def path(self, root: str, place: str) -> str:
        """Return the JSON path of a place."""
        start = {"request": self.request, "record": "$"}.get(root, self.response)
        return json_path(start, place)


ALONE = Shape()
PAIR = Shape("$.response", "$.request")
PAIR_BODIES = Shape("$.response.body", "$.request.body")


@dataclass(frozen=True, slots=True)
class LogFormat:
    """A format of usage logs.

    Attributes:
        name: As it stands in ``calls.format``.
        title: As the list of formats calls it.
        source: Where its shape is documented.
        recognised_by: Places with what must be there: ``PRESENT``, ``ABSENT`` (as null is), or a text that it must be
            (several with ``|`` between them). All must hold; of places with ``|`` between them, one.
        columns: Columns of ``calls``, and those of :data:`tollbar.llm.log_macros.READ_ONLY`, with their expressions.
        shapes: Where the answer stands in a record; each is tried.
        precedence: Of two formats that recognise a record, the lower one reads it.
        records: For a format whose record holds several calls: the expression of a list of JSON records, which are
            read in turn. Such a format has no columns.
        unit: What a record is, in the list of formats.
    """

    name: str
    title: str
    source: str
    recognised_by: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)
    shapes: tuple[Shape, ...] = (ALONE,)
    precedence: int = 50
    records: str = ""
    unit: str = "one call"


@dataclass(frozen=True, slots=True)
class Branch:
    """A format in one of its shapes, with its places as JSON paths."""

    number: int
    format: LogFormat
    shape: Shape

    def paths(self, columns: Collection[str] = ()) -> list[str]:
        """Return the JSON paths that its columns read, or those named, each once."""
        read = [text for name, text in self.format.columns.items() if not columns or name in columns]
        return list(dict.fromkeys(self.shape.path(root, place) for root, place in _PLACE.findall(" ".join(read))))

    def expression(self, column: str, paths: Sequence[str]) -> str:
        """Return a column's SQL over the list ``texts``, which holds what stands at ``paths``; NULL without one."""
        return _PLACE.sub(
            lambda found: f"texts[{paths.index(self.shape.path(found[1] or '', found[2])) + 1}]",
            self.format.columns.get(column, "NULL"),
        )

    def tests(self) -> list[tuple[list[str], str]]:
        """Return JSON paths, of which one must hold what is wanted, and what that is."""
        return [
            ([self.shape.path(*_root_and_place(alternative)) for alternative in key.split("|")], wanted)
            for key, wanted in self.format.recognised_by.items()
        ]


def _root_and_place(written: str) -> tuple[str, str]:
    found = _PLACE.fullmatch(f"{{{written}}}")
    return ("", written) if found is None else (found[1] or "", found[2])


def branches(formats: list[LogFormat]) -> list[Branch]:
    """Return all formats in all their shapes, in the order in which they are tried."""
    ordered = sorted(formats, key=lambda known: known.precedence)
    pairs = [(known, shape) for known in ordered for shape in known.shapes]
    return [Branch(number, known, shape) for number, (known, shape) in enumerate(pairs, start=1)]


def json_path(start: str, place: str) -> str:
    """Return ``$.a."b c"`` for the start ``$`` and the place ``a."b c"``; names that need quotes get them."""
    names = re.findall(r'"[^"]*"|\[[^\]]*\]|[^.\[\]"]+', place)
    parts = [
        name if name.startswith("[") else f".{name}" if name.startswith('"') or _PLAIN.fullmatch(name) else f'."{name}"'
        for name in names
    ]
    return start + "".join(parts)
