"""Text from elsewhere inside Markdown, as GitHub and GitLab read it.

A name or a message must not become markup, notify a person (``@name``), refer to an issue (``#12``), or
break out of its line, its table or its code span.
"""

from __future__ import annotations

import re

from tollbar.report.wording import clipped

_SPECIAL = re.compile(r"[\\`*\[\]<>~|]")
_EDGE_OF_A_WORD = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_REFERENCE = re.compile(r"([@#!%])(?=\w)")
_AFTER_A_MARK = r"\1&#8203;"
"""The mark and a space of no width: Markdown then sees no reference in it."""
_BACKTICKS = re.compile(r"`+")
_AS_ENTITIES = {"<": "&lt;", ">": "&gt;"}


def escape(text: str, room: int = 1_000) -> str:
    """Return a text that Markdown shows as it stands."""
    line = _ENTITY.sub("&amp;", clipped(text, room))
    line = _SPECIAL.sub(lambda match: _AS_ENTITIES.get(match[0], f"\\{match[0]}"), line)
    line = _EDGE_OF_A_WORD.sub(r"\\_", line)
    return _REFERENCE.sub(_AFTER_A_MARK, line)


def code(text: str, room: int = 200) -> str:
    """Return a text as a code span, fit for a table cell too."""
    line = clipped(text, room).replace("|", r"\|")
    longest = max((len(run) for run in _BACKTICKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{fence}{space}{line}{space}{fence}"
