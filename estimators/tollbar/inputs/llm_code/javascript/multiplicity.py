"""How often a call is made each time its function runs: loops and callbacks around it, recursion, callers in loops."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tollbar.inputs.llm_code.call_site import Multiplicity
from tollbar.inputs.llm_code.javascript.callers import name_of
from tollbar.inputs.llm_code.javascript.members import element_nodes
from tollbar.inputs.llm_code.javascript.module import FUNCTIONS, ancestors, line, text
from tollbar.inputs.llm_code.javascript.texts import number_of
from tollbar.inputs.llm_code.javascript.values import Code, External, Plain

if TYPE_CHECKING:
    from tree_sitter import Node

    from tollbar.inputs.llm_code.javascript.callers import Callers
    from tollbar.inputs.llm_code.javascript.evaluation import Evaluation

_DEEPEST = 3
"""So many callers above one another are looked at."""
_LONGEST = 60
_LITERAL = re.compile(r"""(["'`]).*?\1""")
_FOR_EACH = frozenset({"map", "forEach", "flatMap", "filter", "reduce", "some", "every", "find", "mapSeries", "each"})
_RETRIES = {"p-retry": 10, "async-retry": 10, "ts-retry-promise": 3, "exponential-backoff": 9, "@lifeomic/attempt": 2}
"""What retries a function, and how often unless told otherwise (their READMEs on npm, read 2026-11)."""
_RETRY_KEYS = {
    "retries": 0,
    "maxRetries": 0,
    "retry": 0,
    "numOfAttempts": -1,
    "maxAttempts": -1,
    "times": -1,
    "tries": -1,
}
"""How often is told, and what to add to it: some count attempts, of which the first is no retry."""
LOOPS = frozenset({"for_statement", "for_in_statement", "while_statement", "do_statement"})
_RETRY_NAME = re.compile(r"(with|do|p|async)?_?(retry|retries|backoff|retrying)\w*", re.IGNORECASE)
_ONCE = Multiplicity()


class Repetition(NamedTuple):
    """How often a call is made, and how often it is repeated on failure by what stands around it."""

    multiplicity: Multiplicity
    retries: int = 0
    retry_reason: str = ""


class Repetitions:
    """Works out how often calls are made."""

    def __init__(self, evaluation: Evaluation, callers: Callers) -> None:
        self._evaluation = evaluation
        self._callers = callers

    def of(self, call: Code, depth: int = 0) -> Repetition:
        """Return how often a call is made each time that what starts it runs."""
        times, retries, why = _ONCE, 0, ""
        node = call.node
        if node.type != "call_expression":
            given = self._callback(call)  # texts.map(summarize)
            times = _ONCE if given is None else given.multiplicity
        for around in ancestors(call.node):
            if around.type in FUNCTIONS:
                inline = self._callback(call.at(around))
                if inline is None:
                    return self._by_callers(call.at(around), Repetition(times, retries, why), depth)
                times = product(times, inline.multiplicity)
                if inline.retries:
                    retries, why = inline.retries, inline.retry_reason
            elif around.type in LOOPS:
                loop = self._loop(call.at(around), node)
                if loop.high != 1 and _is_retry(around, call.node):
                    more = loop.high - 1 if loop.high is not None else None
                    retries, why, loop = _retried(retries, more, around)
                times = product(times, loop)
            node = around
        return Repetition(times, retries, why)

    def _by_callers(self, function: Code, found: Repetition, depth: int) -> Repetition:
        """Return the repetition with that of the function's own calls: recursion, and callers in loops."""
        times = found.multiplicity
        if not name_of(function.node) or depth >= _DEEPEST:
            return found
        calls = self._callers.of(function)
        inside = [call for call in calls if _stands_in(call, function)]
        if inside:
            why = f"{name_of(function.node)} calls itself at line {line(inside[0].node)}"
            times = product(times, Multiplicity(1, None, (why,)))
        outside = [self.of(call, depth + 1) for call in calls if not _stands_in(call, function)]
        if outside:
            times = product(times, _most([one.multiplicity for one in outside]))
        return found._replace(multiplicity=times)

    def _loop(self, around: Code, inner: Node) -> Multiplicity:
        node = around.node
        where = f"at line {line(node)}"
        if node.type == "for_in_statement":
            iterated = node.child_by_field_name("right")
            if iterated is None or inner.id == iterated.id:
                return _ONCE
            size = self._size(around.at(iterated))
            return _times(size, f"in a loop over {_short(iterated)} {where}", may_end_early=_may_leave(node))
        if node.type in {"while_statement", "do_statement"}:
            return Multiplicity(1, None, (f"in a {node.type.partition('_')[0]} loop {where}",))
        if node.type == "for_statement":
            initializer = node.child_by_field_name("initializer")
            if initializer is not None and inner.id == initializer.id:
                return _ONCE
            size = self._counted(around)
            return _times(size, f"in a for loop {where}", may_end_early=_may_leave(node))
        return _ONCE

    def _counted(self, loop: Code) -> int | None:
        """Return how often ``for (let i = 0; i < 10; i++)`` runs; None where no bound is written."""
        condition = loop.node.child_by_field_name("condition")
        initializer = loop.node.child_by_field_name("initializer")
        while condition is not None and condition.type in {"expression_statement", "parenthesized_expression"}:
            condition = condition.named_children[0] if condition.named_children else None
        if condition is None or condition.type != "binary_expression" or initializer is None:
            return None
        right, operator = condition.child_by_field_name("right"), condition.child_by_field_name("operator")
        declarator = next((child for child in initializer.named_children if child.type == "variable_declarator"), None)
        start = None if declarator is None else declarator.child_by_field_name("value")
        if right is None or operator is None or start is None or text(operator) not in {"<", "<="}:
            return None
        last, first = number_of(self._evaluation, loop.at(right)), number_of(self._evaluation, loop.at(start))
        if last is None and right.type == "member_expression" and text(right).endswith(".length"):
            array = right.child_by_field_name("object")
            last = None if array is None else self._size(loop.at(array))
        return None if last is None or first is None else max(0, last - first + (text(operator) == "<="))

    def _size(self, array: Code) -> int | None:
        """Return how many elements an array has, None where it is not written."""
        for option in self._evaluation.options(array):
            value = option.value
            if isinstance(value, Plain) and isinstance(value.value, list):
                return len(value.value)
            if isinstance(value, Code) and value.node.type == "array":
                elements = element_nodes(value.node)
                has_spread = any(node.type == "spread_element" for node in elements)
                # an array that is filled later begins empty
                return len(elements) if elements and not has_spread else None
            if isinstance(value, Code) and value.node.type == "object":
                return self._told_length(value)
            if isinstance(value, External) and value.path in {"Array()", "Array().fill()", "Array().keys()"}:
                return self._argument_number(value)
            if isinstance(value, Code) and value.node.type in {"new_expression", "call_expression"}:
                made = re.match(r"(?:new\s+)?Array\((\d+)\)", text(value.node))
                return int(made[1]) if made else None
        return None

    def _told_length(self, value: Code) -> int | None:
        """Return the length that ``Array.from({ length: 10 })`` tells."""
        for option in self._evaluation.options(value):
            for member in self._evaluation.member(option, "length"):
                if isinstance(member.value, Code):
                    return number_of(self._evaluation, member.value)
        return None

    def _argument_number(self, value: External) -> int | None:
        arguments = value.calls[0].node.child_by_field_name("arguments") if value.calls else None
        if arguments is None or not arguments.named_children:
            return None
        return number_of(self._evaluation, value.calls[0].at(arguments.named_children[0]))

    def _callback(self, function: Code) -> Repetition | None:  # noqa: PLR0911 -- one for each kind of caller
        """Return how often a function is run by what it is given to; None where it is not given to anything."""
        arguments = function.node.parent
        if arguments is None or arguments.type not in {"arguments", "parenthesized_expression"}:
            return None
        call = arguments.parent
        if arguments.type == "parenthesized_expression":  # (async () => { … })()
            return Repetition(_ONCE) if call is not None and call.type == "call_expression" else None
        callee = None if call is None else call.child_by_field_name("function")
        if call is None or callee is None:
            return Repetition(_ONCE) if call is not None and text(call).startswith("new Promise") else None
        owner, method = callee.child_by_field_name("object"), callee.child_by_field_name("property")
        where = f"at line {line(call)}"
        if method is not None and owner is not None and text(method) in _FOR_EACH:
            is_library = (
                text(owner) in {"_", "lodash", "Bluebird", "Promise", "async"} and len(arguments.named_children) > 1
            )
            array = arguments.named_children[0] if is_library else owner
            size = self._size(function.at(array))
            return Repetition(_times(size, f"for each of {_short(array)} {where}"))
        if text(callee) == "Array.from" and len(arguments.named_children) > 1:
            array = arguments.named_children[0]
            return Repetition(_times(self._size(function.at(array)), f"for each of {_short(array)} {where}"))
        if text(callee) in {"pMap", "pEach", "pMapSeries", "pEachSeries", "mapLimit", "eachLimit"}:
            array = arguments.named_children[0]
            return Repetition(_times(self._size(function.at(array)), f"for each of {_short(array)} {where}"))
        if text(callee) == "setInterval":
            return Repetition(Multiplicity(1, None, (f"again and again by setInterval {where}",)))
        return self._retried(function, call, callee, where)

    def _retried(self, function: Code, call: Node, callee: Node, where: str) -> Repetition | None:
        by_own = self._run_by(function, call, callee)
        if by_own is not None:
            return by_own
        package = next(
            (
                option.value.package
                for option in self._evaluation.options(function.at(callee))
                if isinstance(option.value, External)
            ),
            "",
        )
        name = text(callee).rpartition(".")[2]
        if package not in _RETRIES and not _RETRY_NAME.fullmatch(name):
            is_route = re.search(r"\b(app|router|server|fastify|bot|client|api)\b", text(callee)) is not None
            return None if is_route or name_of(function.node) else Repetition(_ONCE)
        told = self._told_retries(function, call)
        retries = _RETRIES.get(package) if told is None else told
        if retries is None:
            return Repetition(Multiplicity(1, None, (f"repeated on failure by {name} {where}",)))
        return Repetition(_ONCE, retries, f"repeated up to {retries} times on failure by {name} {where}")

    def _run_by(self, function: Code, call: Node, callee: Node) -> Repetition | None:
        """Return how often a function of the project runs a function that it is given: ``withRetry(() => …, 3)``."""
        given = [node for node in call.child_by_field_name("arguments").named_children if node.type != "comment"]  # type: ignore[union-attr]
        position = next((n for n, node in enumerate(given) if node.id == function.node.id), None)
        for option in self._evaluation.options(function.at(callee)):
            value = option.value
            if not isinstance(value, Code) or value.node.type not in FUNCTIONS or position is None:
                continue
            outer = self._evaluation.bound(value, given, function)
            for inner in outer.module.found("call"):
                if not value.node.start_byte <= inner.start_byte < value.node.end_byte:
                    continue
                name = inner.child_by_field_name("function")
                binding = None if name is None or name.type != "identifier" else outer.module.lookup(text(name), name)
                is_given = binding is not None and binding.kind == "parameter" and binding.index == position
                if is_given and binding is not None and binding.node.id == value.node.id:
                    found = self.of(outer.at(inner), _DEEPEST)
                    where = f"by {text(callee)} at line {line(call)}"
                    why = f"repeated up to {found.retries} times on failure {where}" if found.retries else ""
                    return found._replace(retry_reason=why)
        return None

    def _told_retries(self, function: Code, call: Node) -> int | None:
        arguments = call.child_by_field_name("arguments")
        others = [] if arguments is None else [node for node in arguments.named_children if node.id != function.node.id]
        for argument in others:
            for option in self._evaluation.options(function.at(argument)):
                for key, more in _RETRY_KEYS.items():
                    for member in self._evaluation.member(option, key):
                        if isinstance(member.value, Code):
                            told = number_of(self._evaluation, member.value)
                            if told is not None:
                                return max(0, told + more)
            if argument.type in {"number", "identifier"}:
                told = number_of(self._evaluation, function.at(argument))
                if told is not None:
                    return told
        return None


def _retried(retries: int, more: int | None, loop: Node) -> tuple[int, str, Multiplicity]:
    """Return the retries of a loop that repeats a call until it succeeds; without a bound, it stays a loop."""
    where = f"in the loop at line {line(loop)}"
    if more is None:
        return retries, "", Multiplicity(1, None, (f"repeated on failure without a bound {where}",))
    return (retries + 1) * (more + 1) - 1, f"repeated up to {more} times on failure {where}", _ONCE


def _is_retry(loop: Node, call: Node) -> bool:
    """Whether a loop repeats a call only where it fails: it is in a ``try``, and success leaves the loop."""
    for around in ancestors(call):
        if around.id == loop.id or around.type in FUNCTIONS:
            return False
        if around.type == "try_statement":
            body = around.child_by_field_name("body")
            is_within = body is not None and body.start_byte <= call.start_byte < body.end_byte
            return is_within and re.search(rb"\b(return|break)\b", (body.text if body else b"") or b"") is not None
    return False


def product(one: Multiplicity, other: Multiplicity) -> Multiplicity:
    """Return how often something is done within something that is done several times."""
    high = None if one.high is None or other.high is None else one.high * other.high
    return Multiplicity(one.low * other.low, high, tuple(dict.fromkeys((*one.reasons, *other.reasons))))


def _times(count: int | None, reason: str, *, may_end_early: bool = False) -> Multiplicity:
    if count is None:
        return Multiplicity(1, None, (reason,))
    return Multiplicity(min(1, count) if may_end_early else count, count, (reason,))


def _most(all_of: list[Multiplicity]) -> Multiplicity:
    """Return the span of several: who calls a function is not told, so the least and the most count."""
    highs = [one.high for one in all_of]
    bounded = [high for high in highs if high is not None]
    high = None if len(bounded) < len(highs) else max(bounded)
    most = next(one for one in all_of if one.high == high)
    return Multiplicity(min(one.low for one in all_of), high, most.reasons)


def _may_leave(loop: Node) -> bool:
    """Whether a loop may end before its time: by break or return."""
    body = loop.child_by_field_name("body")
    return body is not None and re.search(rb"\b(break|return)\b", body.text or b"") is not None


def _stands_in(call: Code, function: Code) -> bool:
    return (
        call.module.path == function.module.path
        and function.node.start_byte <= call.node.start_byte < function.node.end_byte
    )


def _short(node: Node) -> str:
    """Return a piece of source as it may stand in a sentence; a literal is named, for it may hold anything."""
    if node.type in {"array", "object", "template_string", "string"}:
        return "a list" if node.type == "array" else "a literal"
    written = _LITERAL.sub("…", " ".join(text(node).split()))
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
