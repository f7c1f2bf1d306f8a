"""The readers of source files, and what they find in a project together."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.call_site import CallSite, Unreadable
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tollbar.inputs.llm_code.interface import SourceReader
    from tollbar.inputs.llm_code.project import Project
    from tollbar.inputs.llm_code.source_file import SourceFile

_MODULES = ("python.reader", "javascript.reader")
"""The modules of this package that hold a reader, as ``READER``; a file is read by the first that can."""


def read_calls(project: Project, chosen: Collection[SourceFile] | None = None) -> Iterator[CallSite | Unreadable]:
    """Yield the calls in a project's files, or in some of them, and what could not be read; files in their order."""
    readers: list[SourceReader] = [import_module(f"{__package__}.{name}").READER for name in _MODULES]
    for file in project.files if chosen is None else chosen:
        yield from _read(project, file, readers)
    yield from project.skipped


def _read(project: Project, file: SourceFile, readers: Iterable[SourceReader]) -> Iterator[CallSite | Unreadable]:
    suffix = file.path.suffix.lower()
    try:
        reader = next((reader for reader in readers if suffix in reader.suffixes and reader.can_read(file)), None)
        if reader is not None:
            yield from reader.read(project, file)
    except (OSError, UnicodeDecodeError) as error:
        yield Unreadable(Location(file.shown), _reason(error))


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"it cannot be read: {error.strerror}"
