"""The readers of source files, and what they find in a project together."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.call_site import CallSite, Unreadable
from tollbar.inputs.llm_code.model_lists import behind_proxy
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tollbar.inputs.llm_code.interface import SourceReader
    from tollbar.inputs.llm_code.project import Project
    from tollbar.inputs.llm_code.source_file import SourceFile

_CODE = ("python.reader", "javascript.reader")
_BESIDE = ("prompt_files", "model_lists")
"""The modules of this package that hold a reader, as ``READER``; a file is read by the first that can. Those of what
stands beside the code come last: they leave out what calls in the code were followed to."""


def read_calls(project: Project, chosen: Collection[SourceFile] | None = None) -> Iterator[CallSite | Unreadable]:
    """Yield the calls in a project's files, or in some of them, and what could not be read; files in their order."""
    code, beside = _readers(_CODE), _readers(_BESIDE)
    for file in project.files if chosen is None else chosen:
        if _reader_of(file, code) is not None:
            yield from _in_code(project, file, code)
            continue
        for reader in beside:
            if file.path.suffix.lower() in reader.suffixes and reader.can_read(file):
                calls_in_code(project)
                yield from _read(project, file, reader)
    yield from project.skipped


def calls_in_tests(project: Project, chosen: Collection[SourceFile] | None = None) -> Iterator[CallSite | Unreadable]:
    """Yield the calls in the tests of a project, or in some of its files, and those that could not be read.

    The tests are looked at apart: what they call is no sign that the code calls it, too.
    """
    apart, code = replace(project, tests=True), _readers(_CODE)
    for file in project.files if chosen is None else chosen:
        if file.is_test:
            yield from _in_code(apart, file, code)


def calls_in_code(project: Project) -> Sequence[CallSite]:
    """Return the calls in all of a project's code, found once."""
    return project.once("calls in code", lambda: tuple(_calls_in_code(project)))


def _calls_in_code(project: Project) -> Iterator[CallSite]:
    readers = _readers(_CODE)
    for file in project.files:
        yield from (found for found in _in_code(project, file, readers) if isinstance(found, CallSite))


def _in_code(project: Project, file: SourceFile, readers: Iterable[SourceReader]) -> Iterator[CallSite | Unreadable]:
    reader = _reader_of(file, readers)
    for found in () if reader is None else _read(project, file, reader):
        if isinstance(found, CallSite):
            yield from behind_proxy(project, found)
        else:
            yield found


def _readers(modules: Iterable[str]) -> list[SourceReader]:
    return [import_module(f"{__package__}.{name}").READER for name in modules]


def _reader_of(file: SourceFile, readers: Iterable[SourceReader]) -> SourceReader | None:
    suffix = file.path.suffix.lower()
    return next((reader for reader in readers if suffix in reader.suffixes and reader.can_read(file)), None)


def _read(project: Project, file: SourceFile, reader: SourceReader) -> Iterator[CallSite | Unreadable]:
    try:
        yield from reader.read(project, file)
    except (OSError, UnicodeDecodeError) as error:
        yield Unreadable(Location(file.shown), _reason(error))


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"it cannot be read: {error.strerror}"
