"""How often a call is made each time its function runs: loops, comprehensions, retries, and the callers' loops."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.call_site import Multiplicity
from tollbar.inputs.llm_code.python.callers import enclosing
from tollbar.inputs.llm_code.python.syntax import last_name, own_nodes
from tollbar.inputs.llm_code.python.values import Listed, Literal, Mapped, Outside, Value, options_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.inputs.llm_code.python.callers import Caller, Callers
    from tollbar.inputs.llm_code.python.evaluation import Evaluator
    from tollbar.inputs.llm_code.python.syntax import Function, Module
    from tollbar.inputs.llm_code.python.values import Frame

ONCE = Multiplicity()
_DEEPEST = 3
_MOST_CALLERS = 20
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SAME_LENGTH = {
    "enumerate",
    "reversed",
    "sorted",
    "list",
    "tuple",
    "set",
    "iter",
    "tqdm",
    "track",
    "as_completed",
    "shuffled",
}
_RETRYING = {"retry", "on_exception", "on_predicate", "retrying", "retry_async", "retry_with_backoff"}
_ATTEMPTS = ("max_tries", "attempts", "max_attempts", "stop_max_attempt_number", "tries", "retries", "max_retries")
_UNTOLD_RETRIES = {"stamina": 9, "tenacity": None}
"""Retries where a decorator tells no bound: stamina stops after 10 attempts, tenacity never."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """How often a call is made, and how often again when it fails; ``retries`` is None where nothing tells."""

    times: Multiplicity = ONCE
    retries: int | None = None


def product(one: Multiplicity, other: Multiplicity) -> Multiplicity:
    """Return how often something is done that is done so often each time something else is."""
    high = None if one.high is None or other.high is None else one.high * other.high
    reasons = tuple(dict.fromkeys((*one.reasons, *other.reasons)))
    return Multiplicity(one.low * other.low, high, reasons)


def around(evaluator: Evaluator, module: Module, node: ast.AST, frame: Frame) -> Repeated:
    """Return how often a node is evaluated each time its function runs."""
    times, retries = ONCE, None
    inner = node
    for outer, name in enclosing(module, node):
        one = _of_block(evaluator, outer, name, inner, frame)
        if one is not None and _is_retry(outer, node, module):
            retries = (retries or 0) + (one.high - 1 if one.high is not None else 0)
        elif one is not None:
            times = product(times, one)
        inner = outer
    return Repeated(times, retries)


def decorated(evaluator: Evaluator, function: Function) -> tuple[int | None, str]:
    """Return how often a function is repeated by its decorator when it fails, and how that is written."""
    frame = evaluator.frame_of(function.outer, function.module)
    for decorator in function.node.decorator_list:
        if last_name(decorator) not in _RETRYING:
            continue
        path = _path(evaluator.value(decorator.func if isinstance(decorator, ast.Call) else decorator, frame))
        library = path.partition(".")[0]
        told = _attempts(evaluator, decorator, frame) if isinstance(decorator, ast.Call) else None
        written = f"@{last_name(decorator)} at line {decorator.lineno}"
        return (told - 1 if told is not None else _UNTOLD_RETRIES.get(library)), written
    return None, ""


def through_callers(evaluator: Evaluator, callers: Callers, function: Function | None) -> Multiplicity:
    """Return how often a function runs each time what calls it from outside the project runs."""
    return _run(evaluator, callers, function, ())


def _run(evaluator: Evaluator, callers: Callers, function: Function | None, seen: tuple[Function, ...]) -> Multiplicity:
    if function is None or len(seen) >= _DEEPEST:
        return ONCE
    if function in seen:
        return Multiplicity(1, None, (f"{function.qualified} calls itself",))
    found = list(callers.of(function))[:_MOST_CALLERS]
    itself = [caller for caller in found if caller.function is function]
    others = [caller for caller in found if caller.function is not function]
    runs = [
        product(of_caller(evaluator, caller), _run(evaluator, callers, caller.function, (*seen, function)))
        for caller in others
    ]
    most = _span(runs) if runs else ONCE
    if itself:
        where = f"{function.qualified} calls itself at line {itself[0].node.lineno}"
        return product(most, Multiplicity(1, None, (where,)))
    return most


def of_caller(evaluator: Evaluator, caller: Caller) -> Multiplicity:
    """Return how often a caller calls each time its own function runs."""
    frame = evaluator.frame_of(caller.function, caller.module)
    times = around(evaluator, caller.module, caller.node, frame).times
    if caller.items is None:
        return times
    length = _length(evaluator, caller.items, frame)
    where = f"for each of {_shown(caller.items)} at line {caller.node.lineno}"
    return product(times, Multiplicity(length or 1, length, (where,)))


def _span(several: list[Multiplicity]) -> Multiplicity:
    """Return the range from the fewest to the most."""
    most = max(several, key=lambda one: (one.high is None, one.high or 0))
    return Multiplicity(min(one.low for one in several), most.high, most.reasons)


def _of_block(evaluator: Evaluator, outer: ast.AST, name: str, inner: ast.AST, frame: Frame) -> Multiplicity | None:
    """Return how often a part of a statement or comprehension runs, None where it runs once."""
    if isinstance(outer, (ast.For, ast.AsyncFor)) and name == "body":
        return counted(evaluator, outer.iter, outer.lineno, frame, "in a loop over")
    if isinstance(outer, ast.While) and name in {"body", "test"}:
        bound = _bound_of_while(evaluator, outer, frame)
        condition = "" if bound is None else f", at most {bound:,} times"
        return Multiplicity(1, bound, (f"in a while loop at line {outer.lineno}{condition}",))
    if isinstance(outer, _COMPREHENSIONS) and name != "generators":
        total = ONCE
        for generator in outer.generators:
            one = counted(evaluator, generator.iter, outer.lineno, frame)
            fewest = 1 if generator.ifs else one.low
            total = product(total, Multiplicity(fewest, one.high, one.reasons))
        return total
    if isinstance(outer, ast.comprehension) and name in {"ifs", "target"}:
        return counted(evaluator, outer.iter, getattr(inner, "lineno", 0), frame)
    return None


def counted(evaluator: Evaluator, items: ast.expr, line: int, frame: Frame, words: str = "for each of") -> Multiplicity:
    """Return how often something is done for each of some items, with the words that say so."""
    length = _length(evaluator, items, frame)
    is_at_most = isinstance(items, ast.Subscript) and isinstance(items.slice, ast.Slice)  # replies[:100] may be fewer
    return Multiplicity(1 if is_at_most else length or 1, length, (f"{words} {_shown(items)} at line {line}",))


def _shown(node: ast.expr) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 40 else f"{text[:37]}..."


def _length(  # noqa: PLR0911 -- one case per kind
    evaluator: Evaluator, node: ast.expr, frame: Frame
) -> int | None:
    """Return how many items there are in what is looped over, None where that is not known."""
    if isinstance(node, ast.Call):
        name = last_name(node)
        if name == "range":
            return _range_length([evaluator.value(argument, frame) for argument in node.args])
        if name in _SAME_LENGTH and node.args:
            return _length(evaluator, node.args[0], frame)
        if name == "zip":
            known = [n for argument in node.args if (n := _length(evaluator, argument, frame)) is not None]
            return min(known) if known else None
        if name == "product":
            lengths = [_length(evaluator, argument, frame) for argument in node.args]
            known = [n for n in lengths if n is not None]
            return _multiplied(known) if lengths and len(known) == len(lengths) else None
        if name in {"items", "keys", "values"} and isinstance(node.func, ast.Attribute):
            return _length(evaluator, node.func.value, frame)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and node.slice.upper is not None:
        upper = evaluator.value(node.slice.upper, frame)
        if isinstance(upper, Literal) and isinstance(upper.value, int) and upper.value > 0 and node.slice.lower is None:
            return upper.value
    return _length_of(evaluator.value(node, frame))


def _length_of(value: Value) -> int | None:
    lengths = []
    for option in options_of(value):
        if (isinstance(option, Listed) and not option.is_open) or (isinstance(option, Mapped) and not option.rest):
            lengths.append(len(option.items))
        elif isinstance(option, Literal) and isinstance(option.value, str):
            lengths.append(len(option.value))
        else:
            return None
    return max(lengths, default=None)


def _range_length(arguments: list[Value]) -> int | None:
    numbers: list[int] = []
    for argument in arguments:
        most = [o.value for o in options_of(argument) if isinstance(o, Literal) and isinstance(o.value, int)]
        if not most:
            return None
        numbers.append(max(most))
    return len(range(*numbers)) if 1 <= len(numbers) <= 3 and numbers[2:] != [0] else None


def _multiplied(numbers: Iterable[int]) -> int:
    total = 1
    for number in numbers:
        total *= number
    return total


def _bound_of_while(evaluator: Evaluator, loop: ast.While, frame: Frame) -> int | None:
    """Return how often a loop runs at most, by the number its condition or a break in it compares with."""
    conditions = [loop.test, *(n.test for n in own_nodes(loop) if isinstance(n, ast.If) and _leaves(n))]
    numbers = [number for condition in conditions for number in _compared(evaluator, condition, frame)]
    return max(numbers) if numbers else None


def _leaves(node: ast.If) -> bool:
    return any(isinstance(inner, (ast.Break, ast.Return, ast.Raise)) for inner in node.body)


def _compared(evaluator: Evaluator, condition: ast.expr, frame: Frame) -> Iterator[int]:
    for node in ast.walk(condition):
        if isinstance(node, ast.Compare) and isinstance(
            node.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.NotEq, ast.Eq)
        ):
            for side in (node.left, node.comparators[0]):
                value = evaluator.value(side, frame)
                is_counter = isinstance(side, (ast.Name, ast.Attribute, ast.Constant))
                for option in options_of(value) if is_counter else ():
                    number = option.value if isinstance(option, Literal) else None
                    if isinstance(number, int) and not isinstance(number, bool) and number > 1:
                        yield number


def _is_retry(loop: ast.AST, node: ast.AST, module: Module) -> bool:
    """Whether a loop only repeats a call until it succeeds: what is done with the answer leaves the loop."""
    if not isinstance(loop, (ast.For, ast.While)) or not any(isinstance(part, ast.Try) for part in ast.walk(loop)):
        return False
    inside: list[ast.AST] = [node]
    for outer, name in enclosing(module, node):
        if outer is loop:
            break
        if isinstance(outer, ast.Return):
            return True
        if isinstance(outer, ast.Try) and name == "body":
            after = [*outer.body[outer.body.index(inside[-1]) + 1 :], *outer.orelse] if inside[-1] in outer.body else []
            if any(isinstance(statement, (ast.Return, ast.Break)) for statement in after):
                return any(isinstance(part, ast.ExceptHandler) for part in outer.handlers)
        inside.append(outer)
    return False


def _attempts(evaluator: Evaluator, decorator: ast.Call, frame: Frame) -> int | None:
    """Return how many attempts a decorator allows, the first one included."""
    for keyword in decorator.keywords:
        if keyword.arg in _ATTEMPTS or keyword.arg == "stop":
            for node in ast.walk(keyword.value):
                if isinstance(node, ast.Call) and last_name(node) == "stop_after_attempt" and node.args:
                    return _whole(evaluator.value(node.args[0], frame))
            if keyword.arg != "stop":
                return _whole(evaluator.value(keyword.value, frame))
    return None


def _whole(value: Value) -> int | None:
    numbers = [o.value for o in options_of(value) if isinstance(o, Literal) and isinstance(o.value, int)]
    return max(numbers) if numbers else None


def _path(value: Value) -> str:
    return next((option.path for option in options_of(value) if isinstance(option, Outside)), "")
