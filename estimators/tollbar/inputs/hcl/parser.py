"""From the text of a ``*.tf`` or ``*.tfvars`` file to its nodes.

Recursive descent on the text itself: whether a line break ends something, and whether ``}`` ends a
block or an interpolation, is known only where the text is being parsed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.inputs.hcl.syntax import (
    Argument,
    Attribute,
    Binary,
    Block,
    Body,
    Call,
    Conditional,
    For,
    Index,
    Literal,
    Object,
    Relative,
    Splat,
    Traversal,
    Tuple,
    Unary,
)
from tollbar.inputs.hcl.template import heredoc, quoted_template, whole_template
from tollbar.inputs.hcl.text import Text

if TYPE_CHECKING:
    from tollbar.inputs.hcl.syntax import Expression, Step

_NAME = re.compile(r"[^\W\d][\w-]*")
_NAME_OR_CALL = re.compile(r"([^\W\d][\w-]*(?:::[^\W\d][\w-]*)*)[ \t]*(\()?")
_KEY = re.compile(r"([^\W\d][\w-]*)[ \t]*(?==[^=]|:)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_LEGACY_INDEX = re.compile(r"\.(\d+)(?![\d.]*[eE])")
_ATTRIBUTE_STEP = re.compile(r"\.\s*([^\W\d][\w-]*)")
_FOR = re.compile(r"for\s")
_IN = re.compile(r"in\b")
_IF = re.compile(r"if\b")
_CONSTANTS = {"true": True, "false": False, "null": None}
_OPERATOR = re.compile(r"\|\||&&|==|!=|<=|>=|[<>+*/%-]")
_PRECEDENCE = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}


def parse_body(text: str, file: str) -> Body:
    """Return the blocks and arguments of a file.

    Raises:
        InputError: It is not valid HCL; says where.
    """
    parser = _Parser(Text(text.removeprefix("\ufeff"), file))
    body = parser.body()
    if not parser.text.is_at_end:
        raise parser.text.error(f"expected a block or an argument, found {parser.text.found()}")
    return body


def parse_expression(text: str, file: str) -> Expression:
    """Return the one expression of a text, such as the value of ``-var``."""
    parser = _Parser(Text(text, file))
    expression = parser.enclosed_expression()
    parser.text.skip_blank()
    if not parser.text.is_at_end:
        raise parser.text.error(f"expected one expression, found {parser.text.found()}")
    return expression


def parse_template(text: str, file: str) -> Expression:
    """Return a whole text as a template, such as a file of ``templatefile`` or a string in ``*.tf.json``."""
    return whole_template(_Parser(Text(text, file)))


class _Parser:
    """Reads one text."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._breaks_end = True
        """Whether a line break ends an expression: so it is in bodies and objects, not inside brackets."""

    def body(self) -> Body:
        """Return what stands up to a closing brace or the end."""
        arguments: dict[str, Argument] = {}
        blocks: list[Block] = []
        while True:
            self.text.skip_blank()
            if self.text.is_at_end or self.text.is_next("}"):
                return Body(arguments, tuple(blocks))
            start = self.text.position
            name = self._name("a block or an argument")
            self.text.skip_inline()
            if self.text.is_next("=") and not self.text.is_next("=="):
                if name in arguments:
                    raise self.text.error(f"{name} is set twice", start)
                arguments[name] = self._argument(name, start)
            else:
                blocks.append(self._block(name, start))
            self._end_of_item(name)

    def enclosed_expression(self) -> Expression:
        """Return the expression that comes next, inside brackets: line breaks mean nothing."""
        outer, self._breaks_end = self._breaks_end, False
        self.text.skip_blank()
        expression = self._conditional()
        self.text.skip_blank()
        self._breaks_end = outer
        return expression

    def _name(self, expected: str) -> str:
        name = self.text.match(_NAME)
        if name is None:
            raise self.text.error(f"expected {expected}, found {self.text.found()}")
        return name[0]

    def _argument(self, name: str, start: int) -> Argument:
        location = self.text.location(start)
        self.text.expect("=", "after the argument's name")
        outer, self._breaks_end = self._breaks_end, True
        self.text.skip_inline()
        expression = self._conditional()
        self._breaks_end = outer
        return Argument(name, expression, location)

    def _block(self, kind: str, start: int) -> Block:
        labels: list[str] = []
        while not self.text.accept("{"):
            if self.text.is_next('"'):
                label = quoted_template(self)
                labels.append(str(label.value) if isinstance(label, Literal) else "")
            else:
                labels.append(self._name(f"{{ or = after {kind}"))
            self.text.skip_inline()
        body = self.body()
        self.text.expect("}", f"to close the block {kind} that begins in line {self.text.location(start).line}")
        return Block(kind, tuple(labels), body, self.text.location(start))

    def _end_of_item(self, name: str) -> None:
        self.text.skip_inline()
        if not (self.text.is_at_end or self.text.is_next("\n") or self.text.is_next("}")):
            raise self.text.error(f"expected a new line after {name}, found {self.text.found()}")

    def _skip(self) -> None:
        if self._breaks_end:
            self.text.skip_inline()
        else:
            self.text.skip_blank()

    def _conditional(self) -> Expression:
        condition = self._binary(1)
        self._skip()
        if not self.text.accept("?"):
            return condition
        self.text.skip_blank()
        then = self._conditional()
        self.text.skip_blank()
        self.text.expect(":", "in the conditional")
        self.text.skip_blank()
        return Conditional(condition, then, self._conditional())

    def _binary(self, lowest: int) -> Expression:
        """Return the operators that bind at least as tightly as ``lowest``, and what they join."""
        left = self._unary()
        while True:
            self._skip()
            operator = _OPERATOR.match(self.text.text, self.text.position, self.text.end)
            if operator is None or _PRECEDENCE[operator[0]] < lowest:
                return left
            self.text.position = operator.end()
            self.text.skip_blank()
            left = Binary(operator[0], left, self._binary(_PRECEDENCE[operator[0]] + 1))

    def _unary(self) -> Expression:
        for operator in ("-", "!"):
            if self.text.accept(operator):
                self.text.skip_inline()
                return Unary(operator, self._unary())
        return self._with_steps()

    def _with_steps(self) -> Expression:
        name = self.text.match(_NAME_OR_CALL)
        if name is not None and not name[2] and name[1] not in _CONSTANTS:
            return Traversal(name[1], tuple(self._steps()))
        primary = self._nameless() if name is None else self._call_or_constant(name)
        steps = tuple(self._steps())
        return Relative(primary, steps) if steps else primary

    def _call_or_constant(self, name: re.Match[str]) -> Expression:
        return self._call(name[1]) if name[2] else Literal(_CONSTANTS[name[1]])

    def _steps(self, *, attributes_only: bool = False) -> list[Step]:
        steps: list[Step] = []
        while True:
            self._skip_to_step()
            if self.text.accept(".*"):
                steps.append(Splat(tuple(self._steps(attributes_only=True))))
            elif attribute := self.text.match(_ATTRIBUTE_STEP):
                steps.append(Attribute(attribute[1]))
            elif index := self.text.match(_LEGACY_INDEX):
                steps.append(Index(Literal(int(index[1]))))
            elif not attributes_only and self.text.is_next("["):
                steps.append(self._index())
            else:
                return steps

    def _skip_to_step(self) -> None:
        """Skip the line breaks before ``.name`` where they mean nothing."""
        if self._breaks_end:
            return
        start = self.text.position
        self.text.skip_blank()
        if not self.text.is_next(".") or self.text.is_next("..."):
            self.text.position = start

    def _index(self) -> Step:
        self.text.expect("[", "to begin an index")
        self.text.skip_blank()
        if self.text.accept("*"):
            self.text.skip_blank()
            self.text.expect("]", "after *")
            return Splat(tuple(self._steps()))
        key = self.enclosed_expression()
        self.text.expect("]", "to close the index")
        return Index(key)

    def _nameless(self) -> Expression:
        """Return what begins with anything but a name: a string, a number or something in brackets."""
        text = self.text
        if text.is_next('"'):
            return quoted_template(self)
        if number := text.match(_NUMBER):
            return Literal(_number(number[0]))
        if text.accept("("):
            expression = self.enclosed_expression()
            text.expect(")", "to close the parenthesis")
            return expression
        if text.is_next("[") or text.is_next("{"):
            return self._tuple() if text.accept("[") else self._object()
        document = heredoc(self)
        if document is None:
            raise text.error(f"expected an expression, found {text.found()}")
        return document

    def _call(self, name: str) -> Expression:
        arguments: list[Expression] = []
        expanded = False
        self.text.skip_blank()
        while not self.text.accept(")"):
            arguments.append(self.enclosed_expression())
            expanded = self.text.accept("...")
            self.text.skip_blank()
            if not self.text.accept(",") and not self.text.is_next(")"):
                raise self.text.error(f"expected , or ) in the call of {name}, found {self.text.found()}")
            self.text.skip_blank()
        return Call(name, tuple(arguments), expanded)

    def _tuple(self) -> Expression:
        self.text.skip_blank()
        if self.text.match(_FOR):
            return self._for("]")
        items: list[Expression] = []
        while not self.text.accept("]"):
            items.append(self.enclosed_expression())
            if not self.text.accept(",") and not self.text.is_next("]"):
                raise self.text.error(f"expected , or ] in the list, found {self.text.found()}")
            self.text.skip_blank()
        return Tuple(tuple(items))

    def _object(self) -> Expression:
        self.text.expect("{", "to begin an object")
        self.text.skip_blank()
        if self.text.match(_FOR):
            return self._for("}")
        outer, self._breaks_end = self._breaks_end, True
        items: list[tuple[Expression, Expression]] = []
        while not self.text.accept("}"):
            items.append(self._object_item())
            self.text.skip_inline()
            if not (self.text.accept(",") or self.text.is_next("\n") or self.text.is_next("}")):
                raise self.text.error(f"expected a comma or a new line in the object, found {self.text.found()}")
            self.text.skip_blank()
        self._breaks_end = outer
        return Object(tuple(items))

    def _object_item(self) -> tuple[Expression, Expression]:
        name = self.text.match(_KEY)
        key: Expression = Literal(name[1]) if name else self._binary(1)
        self.text.skip_inline()
        if not (self.text.accept("=") or self.text.accept(":")):
            raise self.text.error(f"expected = after the key, found {self.text.found()}")
        self.text.skip_blank()
        return key, self._conditional()

    def _for(self, closing: str) -> Expression:
        outer, self._breaks_end = self._breaks_end, False
        names = self._for_names()
        collection = self.enclosed_expression()
        self.text.expect(":", "after the collection of for")
        key, value = None, self.enclosed_expression()
        if self.text.accept("=>"):
            key, value = value, self.enclosed_expression()
        grouped = self.text.accept("...")
        self.text.skip_blank()
        condition = self.enclosed_expression() if self.text.match(_IF) else None
        self.text.expect(closing, "to close the for expression")
        self._breaks_end = outer
        return For(
            key_name=names[0] if len(names) > 1 else None,
            value_name=names[-1],
            collection=collection,
            key=key,
            value=value,
            condition=condition,
            grouped=grouped,
        )

    def _for_names(self) -> list[str]:
        names: list[str] = []
        self.text.skip_blank()
        while not (names and self.text.match(_IN)):
            names.append(self._name("a name in the for expression"))
            self.text.skip_blank()
            self.text.accept(",")
            self.text.skip_blank()
        return names


def _number(text: str) -> int | Decimal:
    return int(text) if text.isdigit() else Decimal(text)
