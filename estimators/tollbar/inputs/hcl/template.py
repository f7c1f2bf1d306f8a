"""Templates: strings and heredocs with ``${interpolations}`` and ``%{directives}``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol
from typing import Literal as OneOf

from tollbar.inputs.hcl.syntax import Conditional, Literal, Template, TemplateLoop

if TYPE_CHECKING:
    from tollbar.inputs.hcl.syntax import Expression
    from tollbar.inputs.hcl.text import Text

_PLAIN = re.compile(r'"([^"\\$%\n]*)"')
_QUOTED_RUN = re.compile(r'[^"\\$%\n]+')
_FREE_RUN = re.compile(r"[^$%]+")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_HEREDOC = re.compile(r"<<(-?)([^\W\d][\w-]*)[ \t\r]*\n")
_DIRECTIVE = re.compile(r"(if|else|endif|for|endfor)\b")
_NAME = re.compile(r"[^\W\d][\w-]*")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

_Kind = OneOf["text", "value", "if", "else", "endif", "for", "endfor"]


class ExpressionParser(Protocol):
    """What reads the expressions inside a template."""

    text: Text

    def enclosed_expression(self) -> Expression:
        """Return the expression that comes next, inside braces: line breaks mean nothing."""


@dataclass(slots=True)
class _Part:
    """A run of text, an interpolation or a directive."""

    kind: _Kind
    text: str = ""
    expression: Expression | None = None
    names: tuple[str | None, str] = (None, "")
    trims_before: bool = False
    trims_after: bool = False


def quoted_template(parser: ExpressionParser) -> Expression:
    """Return the quoted template that comes next."""
    plain = parser.text.match(_PLAIN)
    if plain is not None:
        return Literal(plain[1])
    start = parser.text.position
    parser.text.expect('"', "to begin a string")
    parts = _parts(parser, is_quoted=True)
    if not parser.text.accept('"'):
        raise parser.text.error("the string is not closed on its line", start)
    return _expression(parts, parser.text)


def heredoc(parser: ExpressionParser) -> Expression | None:
    """Return the heredoc that comes next, None where there is none."""
    text = parser.text
    opening = text.match(_HEREDOC)
    if opening is None:
        return None
    terminator = re.compile(rf"^[ \t]*{re.escape(opening[2])}[ \t\r]*$", re.MULTILINE)
    closing = terminator.search(text.text, opening.end(), text.end)
    if closing is None:
        raise text.error(f"the heredoc {opening[2]} is not closed", opening.start())
    outer_end, text.end = text.end, closing.start()
    parts = _parts(parser, is_quoted=False)
    text.position, text.end = closing.end(), outer_end
    return _expression(_unindented(parts) if opening[1] else parts, text)


def whole_template(parser: ExpressionParser) -> Expression:
    """Return all of the text as one template, as ``templatefile`` reads a file."""
    return _expression(_parts(parser, is_quoted=False), parser.text)


def _parts(parser: ExpressionParser, *, is_quoted: bool) -> list[_Part]:
    """Return the parts up to the end of the text, or in a quoted template to the quote."""
    text, parts, literal = parser.text, list[_Part](), list[str]()
    while not text.is_at_end and not (is_quoted and (text.is_next('"') or text.is_next("\n"))):
        run = text.match(_QUOTED_RUN if is_quoted else _FREE_RUN)
        if run is not None:
            literal.append(run[0])
        elif text.accept("$${"):
            literal.append("${")
        elif text.accept("%%{"):
            literal.append("%{")
        elif text.is_next("${") or text.is_next("%{"):
            parts += _lines("".join(literal))
            literal.clear()
            parts.append(_interpolation(parser) if text.accept("${") else _directive(parser))
        else:
            literal.append(_character(text))
    return _trimmed([*parts, *_lines("".join(literal))])


def _lines(text: str) -> list[_Part]:
    """Return a run of text, a part for each line: ``~`` reaches to the end of its own line only."""
    return [_Part("text", line) for line in _LINE.findall(text)]


def _character(text: Text) -> str:
    """Return one character, or what an escape stands for."""
    if not text.is_next("\\"):
        text.position += 1
        return text.text[text.position - 1]
    start = text.position
    escape = text.match(_ESCAPE)
    if escape is None or (escape[3] and escape[3] not in _ESCAPES):
        raise text.error(f"unknown escape {text.text[start : start + 2]!r}", start)
    return _ESCAPES[escape[3]] if escape[3] else chr(int(escape[1] or escape[2], 16))


def _interpolation(parser: ExpressionParser) -> _Part:
    trims_before = parser.text.accept("~")
    expression = parser.enclosed_expression()
    return _Part("value", "", expression, trims_before=trims_before, trims_after=_closed(parser.text))


def _directive(parser: ExpressionParser) -> _Part:
    text = parser.text
    text.expect("%{", "to begin a directive")
    part = _Part("if", trims_before=text.accept("~"))
    text.skip_blank()
    keyword = text.match(_DIRECTIVE)
    if keyword is None:
        raise text.error(f"expected if, else, endif, for or endfor, found {text.found()}")
    part.kind = keyword[1]  # type: ignore[assignment]  # the pattern matches only these
    if part.kind == "for":
        part.names = _loop_names(text)
    if part.kind in {"if", "for"}:
        part.expression = parser.enclosed_expression()
    part.trims_after = _closed(text)
    return part


def _closed(text: Text) -> bool:
    """Read the closing brace, and tell whether it trims what follows."""
    text.skip_blank()
    trims = text.accept("~")
    text.expect("}", "to close the template sequence")
    return trims


def _loop_names(text: Text) -> tuple[str | None, str]:
    """Return the names of key and value in ``for k, v in``."""
    names: list[str] = []
    while True:
        text.skip_blank()
        name = text.match(_NAME)
        if name is None:
            raise text.error(f"expected a name, found {text.found()}")
        if name[0] == "in" and names:
            break
        names.append(name[0])
        text.skip_blank()
        text.accept(",")
    return (names[0], names[1]) if len(names) > 1 else (None, names[0])


def _trimmed(parts: list[_Part]) -> list[_Part]:
    """Return the parts after ``~`` has taken the white space beside it."""
    for before, after in pairwise(parts):
        if before.kind == "text" and after.trims_before:
            before.text = before.text.rstrip()
        if after.kind == "text" and before.trims_after:
            after.text = after.text.lstrip()
    return parts


def _unindented(parts: list[_Part]) -> list[_Part]:
    """Return the parts of a ``<<-`` heredoc without the indentation that all its lines share.

    Blank lines do not count; a line that begins with an interpolation has no indentation.
    """
    begins_line = [True, *(part.kind == "text" and part.text.endswith("\n") for part in parts)]
    first = [part for part, is_first in zip(parts, begins_line, strict=False) if is_first]
    counted = [part for part in first if part.kind != "text" or part.text.strip() or not part.text.endswith("\n")]
    width = min((len(part.text) - len(part.text.lstrip()) for part in counted), default=0)
    for part in counted:
        part.text = part.text[width:]
    return parts


def _expression(parts: list[_Part], text: Text) -> Expression:
    """Return the expression of all parts; a lone interpolation is its value, not a string."""
    if len(parts) == 1 and parts[0].kind == "value" and parts[0].expression is not None:
        return parts[0].expression
    remaining = list(reversed(parts))
    expression = _sequence(remaining)
    if remaining:
        raise text.error(f"%{{{remaining[-1].kind}}} has no beginning")
    return expression


def _sequence(remaining: list[_Part]) -> Expression:
    """Return the parts up to the end of the directive they stand in; ``remaining`` is a stack."""
    items: list[Expression] = []
    while remaining and remaining[-1].kind in {"text", "value", "if", "for"}:
        part = remaining.pop()
        if part.kind == "text":
            items.append(Literal(part.text))
        elif part.expression is not None:
            items.append(part.expression if part.kind == "value" else _block(part, part.expression, remaining))
    texts = [item.value for item in items if isinstance(item, Literal) and isinstance(item.value, str)]
    return Literal("".join(texts)) if len(texts) == len(items) else Template(tuple(items))


def _block(part: _Part, expression: Expression, remaining: list[_Part]) -> Expression:
    body = _sequence(remaining)
    if part.kind == "for":
        _close(remaining, "endfor")
        return TemplateLoop(part.names[0], part.names[1], expression, body)
    otherwise: Expression = Literal("")
    if remaining and remaining[-1].kind == "else":
        remaining.pop()
        otherwise = _sequence(remaining)
    _close(remaining, "endif")
    return Conditional(expression, body, otherwise)


def _close(remaining: list[_Part], kind: _Kind) -> None:
    if remaining and remaining[-1].kind == kind:
        remaining.pop()
