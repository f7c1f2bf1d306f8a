"""A text that is read from left to right, with the place of every error."""

from __future__ import annotations

import re
from bisect import bisect_right

from tollbar.errors import InputError
from tollbar.location import Location

_INLINE = re.compile(r"(?:[ \t\r]+|/\*.*?\*/|(?:#|//)[^\n]*)*", re.DOTALL)
_LINE_BREAK = re.compile(r"\n")
_BLANK = re.compile(r"(?:\s+|/\*.*?\*/|(?:#|//)[^\n]*)*", re.DOTALL)


class Text:
    """A cursor over a text."""

    __slots__ = ("_line_starts", "end", "file", "position", "text")

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.position = 0
        self.end = len(text)
        self._line_starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]

    @property
    def is_at_end(self) -> bool:
        """Whether everything is read."""
        return self.position >= self.end

    def skip_inline(self) -> None:
        """Skip spaces and comments up to the end of the line."""
        match = _INLINE.match(self.text, self.position, self.end)
        self.position = match.end() if match else self.position

    def skip_blank(self) -> None:
        """Skip spaces, comments and line breaks."""
        match = _BLANK.match(self.text, self.position, self.end)
        self.position = match.end() if match else self.position

    def is_next(self, expected: str) -> bool:
        """Whether a string comes next."""
        return self.text.startswith(expected, self.position, self.end)

    def accept(self, expected: str) -> bool:
        """Read a string if it comes next, and tell whether it did."""
        if not self.is_next(expected):
            return False
        self.position += len(expected)
        return True

    def expect(self, expected: str, purpose: str) -> None:
        """Read a string that has to come next.

        Raises:
            InputError: Something else does.
        """
        if not self.accept(expected):
            raise self.error(f"expected {expected!r} {purpose}, found {self.found()}")

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Read what a pattern matches here, None where it does not."""
        match = pattern.match(self.text, self.position, self.end)
        if match is not None:
            self.position = match.end()
        return match

    def found(self) -> str:
        """Return what comes next, for an error."""
        if self.is_at_end:
            return "the end of the file"
        rest = self.text[self.position : self.position + 20].split("\n", 1)[0]
        return repr(rest) if rest.strip() else "the end of the line"

    def location(self, position: int | None = None) -> Location:
        """Return the file and line of a position, by default the present one."""
        return Location(self.file, bisect_right(self._line_starts, self.position if position is None else position))

    def error(self, message: str, position: int | None = None) -> InputError:
        """Return an error at a position, by default the present one."""
        where = self.position if position is None else position
        line = bisect_right(self._line_starts, where)
        column = where - self._line_starts[line - 1] + 1
        return InputError(f"{message} (column {column})", location=Location(self.file, line))
