"""What a directory declares by the text of its files, where tfparse does not tell.

tfparse evaluates; where a ``for_each`` cannot be told it drops the block without a word, and it does
not tell which providers a module is handed. Both are read from the files here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEADER = re.compile(r'^(resource|module)[ \t]+"([^"]+)"(?:[ \t]+"([^"]+)")?[ \t]*\{', re.MULTILINE)
_PROVIDERS = re.compile(r"^\s+providers\s*=\s*\{(.*?)\}", re.MULTILINE | re.DOTALL)
_PROVIDER = re.compile(r"([\w-]+(?:\.[\w-]+)?)\s*=\s*([\w-]+(?:\.[\w-]+)?)")
_FOR_EACH = re.compile(r"^\s+for_each\s*=\s*(.+)$", re.MULTILINE)
_KNOWN_ROOTS = re.compile(r"\b(var|local|each|path|terraform|count|self)\.[\w-]+")
_REFERENCE = re.compile(r"\b(?:data\.[\w-]+|module|[a-z][a-z0-9]*_[\w-]+)\.[a-zA-Z_][\w-]*")


@dataclass(frozen=True, slots=True)
class DeclaredBlock:
    """A ``resource`` or ``module`` block by its text.

    ``name`` is ``type.name`` for a resource and ``module.name`` for a module; ``body`` is the text up
    to the next block.
    """

    name: str
    location: Location
    body: str

    def providers(self) -> dict[str, str]:
        """Return the providers handed to a module: its own name for each, and the caller's."""
        match = _PROVIDERS.search(self.body)
        return dict(_PROVIDER.findall(match[1])) if match else {}

    def for_each(self) -> str | None:
        """Return the first line of the ``for_each`` expression, None where there is none."""
        match = _FOR_EACH.search(self.body)
        return match[1].strip() if match else None


def declared_blocks(directory: Path, shown: Path) -> Iterator[DeclaredBlock]:
    """Yield the resource and module blocks of one module's files; ``shown`` is the directory for people."""
    for file in sorted(directory.glob("*.tf")):
        text = file.read_text(encoding="utf-8", errors="replace")
        headers = list(_HEADER.finditer(text))
        ends = [*(header.start() for header in headers[1:]), len(text)]
        for header, end in zip(headers, ends, strict=False):
            kind, first, second = header.groups()
            name = f"module.{first}" if kind == "module" else f"{first}.{second}"
            line = text.count("\n", 0, header.start()) + 1
            yield DeclaredBlock(name, Location(str(shown / file.name), line), text[header.end() : end])


def named_values(expression: str) -> list[tuple[str, str]]:
    """Return the variables and locals an expression reads, as (``var`` or ``local``, name)."""
    found = (match.group().split(".", 1) for match in _KNOWN_ROOTS.finditer(expression))
    return [(kind, name) for kind, name in found if kind in {"var", "local"}]


def reads_what_only_apply_tells(expression: str) -> str | None:
    """Return the first data source, resource or module an expression reads, None where there is none."""
    match = _REFERENCE.search(_KNOWN_ROOTS.sub("", expression))
    return match.group() if match else None
