"""What an expression stands for: names, attributes, calls and literals, followed through the project."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeVar

from tollbar.inputs.llm_code.python import builtins, settings_values
from tollbar.inputs.llm_code.python.lookup import Lookup
from tollbar.inputs.llm_code.python.values import (
    AnyOf,
    ClassValue,
    Frame,
    FunctionValue,
    Given,
    Invocation,
    Listed,
    Literal,
    Mapped,
    ModuleValue,
    ObjectValue,
    Outside,
    Parameter,
    Piped,
    Text,
    Unknown,
    Value,
    any_of,
    options_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tollbar.inputs.llm_code.call_site import ModelOrigin
    from tollbar.inputs.llm_code.python.modules import Modules
    from tollbar.inputs.llm_code.python.syntax import Function

Kept = TypeVar("Kept")
_DEEPEST = 40
"""How far names are followed: chains in real code are shorter by far, and cycles end here."""
_DEEPEST_CALLS = 4
"""How many functions that call one another are followed for what they return."""
_MOST_OPTIONS = 16


class Evaluator:
    """Evaluates the expressions of a project's modules; what was evaluated in a frame is kept."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self.project = modules.project
        self.lookup = Lookup(self)
        self._known: dict[tuple[int, int], tuple[ast.AST, Frame, Value]] = {}
        self._frames: dict[int, Frame] = {}
        self._kept: dict[tuple[object, ...], tuple[object, object]] = {}
        self._running: list[Function] = []
        self._depth = 0

    def value(self, node: ast.AST, frame: Frame) -> Value:
        """Return what an expression stands for in a frame."""
        key = (id(node), id(frame))
        if key in self._known:
            return self._known[key][2]
        if self._depth >= _DEEPEST:
            return Unknown("it is too far to follow")
        self._known[key] = (node, frame, Unknown("it depends on itself"))
        self._depth += 1
        try:
            found = self._value(node, frame)
        finally:
            self._depth -= 1
        self._known[key] = (node, frame, found)
        return found

    def frame_of(self, function: Function | None, module: object = None) -> Frame:
        """Return the frame of a function of which nobody tells what it is called with; one for each."""
        key = id(function if function is not None else module)
        if key not in self._frames:
            owner = function.module if function is not None else module
            self._frames[key] = Frame(owner, function)  # type: ignore[arg-type]
        return self._frames[key]

    def kept(self, key: tuple[object, ...], owner: object, make: Callable[[], Kept]) -> Kept:
        """Return what is made once for a key; the key holds the identity of ``owner``, which is kept alive."""
        if key not in self._kept:
            self._kept[key] = (owner, make())
        found: Kept = self._kept[key][1]  # type: ignore[assignment]
        return found

    def _value(self, node: ast.AST, frame: Frame) -> Value:  # noqa: C901, PLR0911, PLR0912 -- one case per kind
        match node:
            case ast.Constant(value=value):
                return Literal(value)
            case ast.Name():
                return self.lookup.name(node, frame)
            case ast.Attribute(value=owner, attr=name):
                return self.attribute(self.value(owner, frame), name, node, frame)
            case ast.Call():
                return self._called(node, frame)
            case ast.JoinedStr(values=values):
                return _text([self.value(part, frame) for part in values])
            case ast.FormattedValue(value=inner) | ast.Await(value=inner) | ast.NamedExpr(value=inner):
                return self.value(inner, frame)
            case ast.Starred(value=inner):
                return self.value(inner, frame)
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                return self._listed(elements, frame)
            case ast.Dict():
                return self._mapped(node, frame)
            case ast.IfExp(body=body, orelse=orelse):
                return any_of([self.value(body, frame), self.value(orelse, frame)])
            case ast.BoolOp(values=values):
                return any_of([self.value(part, frame) for part in values])
            case ast.BinOp():
                return self._binary(node, frame)
            case ast.Subscript(value=owner, slice=key):
                return self.item(self.value(owner, frame), self.value(key, frame))
            case ast.ListComp(elt=element) | ast.GeneratorExp(elt=element) | ast.SetComp(elt=element):
                return Listed((self.value(element, frame),), is_open=True)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner_value = self.value(operand, frame)
                if isinstance(inner_value, Literal) and isinstance(inner_value.value, (int, float)):
                    return Literal(-inner_value.value, inner_value.origin)
                return inner_value
            case _:
                children = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
                return Unknown("it is worked out when it runs", tuple(self.value(child, frame) for child in children))

    def _listed(self, elements: list[ast.expr], frame: Frame) -> Value:
        items: list[Value] = []
        is_open = False
        for element in elements:
            value = self.value(element, frame)
            if isinstance(element, ast.Starred):
                spread = value if isinstance(value, Listed) else Listed((value,), is_open=True)
                items.extend(spread.items)
                is_open = is_open or spread.is_open
            else:
                items.append(value)
        return Listed(tuple(items), is_open)

    def _mapped(self, node: ast.Dict, frame: Frame) -> Value:
        items: dict[str, Value] = {}
        rest: list[Value] = []
        for key, value in zip(node.keys, node.values, strict=True):
            found = self.value(value, frame)
            if key is None:  # {**other}
                if isinstance(found, Mapped):
                    items.update(found.items)
                    rest.extend(found.rest)
                else:
                    rest.append(found)
                continue
            name = self.value(key, frame)
            if isinstance(name, Literal):
                items[str(name.value)] = found
            else:
                rest.append(found)
        return Mapped(items, tuple(rest))

    def _binary(self, node: ast.BinOp, frame: Frame) -> Value:  # noqa: PLR0911 -- one case per kind
        left, right = self.value(node.left, frame), self.value(node.right, frame)
        if isinstance(node.op, ast.BitOr):
            if isinstance(left, Mapped) and isinstance(right, Mapped):
                return Mapped({**left.items, **right.items}, (*left.rest, *right.rest))
            steps = [step for side in (left, right) for step in (side.steps if isinstance(side, Piped) else (side,))]
            return Piped(tuple(steps))
        if isinstance(left, Listed) and isinstance(right, Listed) and isinstance(node.op, ast.Add):
            return Listed((*left.items, *right.items), left.is_open or right.is_open)
        if isinstance(left, Listed) and isinstance(node.op, ast.Add):
            return Listed((*left.items, right), is_open=True)
        numbers = (left.value, right.value) if isinstance(left, Literal) and isinstance(right, Literal) else ()
        if len(numbers) == 2 and all(isinstance(number, (int, float)) for number in numbers):
            return builtins.calculated(node.op, *numbers)  # type: ignore[arg-type]
        if isinstance(node.op, ast.Div):  # a path
            return builtins.joined_path(left, right)
        if isinstance(node.op, ast.Mod) and isinstance(left, (Literal, Text)):
            return _text([left, right])
        return _text([left, right]) if isinstance(node.op, ast.Add) else Unknown("it is calculated", (left, right))

    def attribute(  # noqa: PLR0911 -- one case per kind
        self, owner: Value, name: str, node: ast.AST | None, frame: Frame
    ) -> Value:
        """Return an attribute of a value."""
        match owner:
            case AnyOf(options=options):
                return any_of([self.attribute(option, name, node, frame) for option in options[:_MOST_OPTIONS]])
            case Outside(path=path, calls=calls):
                return settings_values.attribute_of(self, owner, name) or Outside(f"{path}.{name}", calls)
            case ModuleValue(module=module):
                return self.lookup.module_name(module, name) or Unknown(f"{name} is not in {'.'.join(module.name)}")
            case ObjectValue() | ClassValue():
                return self.lookup.member(owner, name, node, frame)
            case Piped(steps=steps):
                return any_of([self.attribute(step, name, node, frame) for step in steps if _can_be_called_on(step)])
            case Unknown(reason=reason, made_of=made_of, path=path):
                return Unknown(reason, made_of, f"{path}.{name}")
            case Parameter():
                return Unknown(f"it is told by {owner.name} of {owner.function.qualified}", (owner,), f".{name}")
            case Mapped(items=items) if name in items:
                return items[name]
            case _:
                return Unknown("it is worked out when it runs", (owner,), f".{name}")

    def item(self, owner: Value, key: Value) -> Value:  # noqa: PLR0911 -- one case per kind
        """Return what stands under a key of a value: any of it where the key is not known."""
        match owner:
            case AnyOf(options=options):
                return any_of([self.item(option, key) for option in options[:_MOST_OPTIONS]])
            case Mapped(items=items, rest=rest):
                if isinstance(key, Literal):
                    return items.get(str(key.value)) or Unknown(f"there is no {key.value!r} in it", rest)
                return (
                    any_of([*items.values(), *rest][:_MOST_OPTIONS]) if items else Unknown("the key is not known", rest)
                )
            case Listed(items=items):
                if isinstance(key, Literal) and isinstance(key.value, int) and -len(items) <= key.value < len(items):
                    return items[key.value]
                return any_of(items[:_MOST_OPTIONS]) if items else Unknown("the list is empty")
            case Outside():
                return settings_values.item_of(self, owner, key) or Unknown("it comes from elsewhere", (owner, key))
            case _:
                return Unknown("it is worked out when it runs", (owner, key), "[]")

    def _called(self, node: ast.Call, frame: Frame) -> Value:
        callee = self.value(node.func, frame)
        return any_of([self.result(option, Invocation(node, frame)) for option in options_of(callee)[:_MOST_OPTIONS]])

    def result(self, callee: Value, made: Invocation) -> Value:
        """Return what a call gives."""
        match callee:
            case Outside(path=path, calls=calls):
                return builtins.result_of(self, callee, made) or Outside(f"{path}()", (*calls, made))
            case ClassValue(cls=cls):
                return ObjectValue(cls, made)
            case FunctionValue():
                return self._returned(callee, made)
            case Given(target=target, made=before):
                return self.result(target, Invocation(made.call, made.frame, (*before.bound, before, *made.bound)))
            case Unknown(reason=reason, made_of=made_of, path=path):
                return builtins.method_of(self, callee, made) or Unknown(
                    reason, (*made_of, *self.arguments(made)), f"{path}()"
                )
            case _:
                return Unknown("it is worked out when it runs", (callee, *self.arguments(made)), "()")

    def _returned(self, callee: FunctionValue, made: Invocation) -> Value:
        function = callee.function
        if function in self._running or len(self._running) >= _DEEPEST_CALLS:
            return Unknown(f"{function.qualified} is not followed any further", tuple(self.arguments(made)))
        self._running.append(function)
        try:
            return self._result_of(callee, made)
        finally:
            self._running.pop()

    def _result_of(self, callee: FunctionValue, made: Invocation) -> Value:
        function = callee.function
        inner = self.lookup.called_frame(callee, made)
        values = [self.value(node, inner) for node in function.returned[:_MOST_OPTIONS]]
        return (
            any_of(values)
            if values
            else self.lookup.annotated(function.node.returns, inner) or Unknown("nothing is returned")
        )

    def arguments(self, made: Invocation) -> Iterator[Value]:
        """Yield what a call is given, with what functools.partial gave before."""
        for one in (*made.bound, made):
            if one.call is not None and one.frame is not None:
                yield from (self.value(argument, one.frame) for argument in one.call.args)
                yield from (self.value(keyword.value, one.frame) for keyword in one.call.keywords)


def _text(pieces: list[Value]) -> Value:
    """Return pieces as one text: a literal where all of them are, otherwise one with gaps."""
    flat = [piece for one in pieces for piece in (one.pieces if isinstance(one, Text) else (one,))]
    if all(isinstance(piece, Literal) for piece in flat):
        literals = [piece for piece in flat if isinstance(piece, Literal)]
        told = [piece.origin for piece in literals if piece.origin != "literal"]
        origin: ModelOrigin = told[0] if told else "literal"
        return Literal("".join(str(piece.value) for piece in literals), origin)
    if any(isinstance(piece, AnyOf) for piece in flat) and len(flat) <= 4:
        position = next(number for number, piece in enumerate(flat) if isinstance(piece, AnyOf))
        return any_of(
            [_text([*flat[:position], option, *flat[position + 1 :]]) for option in options_of(flat[position])]
        )
    return Text(tuple(flat))


def _can_be_called_on(step: Value) -> bool:
    """Whether a step of a chain is one that tells what the chain calls: a client of another package."""
    return isinstance(step, (Outside, AnyOf, Piped, Unknown, Parameter)) and not (
        isinstance(step, Outside) and ("prompt" in step.path.lower() or "parser" in step.path.lower())
    )
