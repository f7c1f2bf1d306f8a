"""From the calls of libraries to call sites: a function that passes on what it is given is a call for its callers."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.call_site import CallSite, Multiplicity, Unreadable
from tollbar.inputs.llm_code.python import multiplicity
from tollbar.inputs.llm_code.python.arguments import arguments_of
from tollbar.inputs.llm_code.python.call_reading import read_call
from tollbar.inputs.llm_code.python.callers import Callers
from tollbar.inputs.llm_code.python.evaluation import Evaluator
from tollbar.inputs.llm_code.python.prompt import has_unbounded_history
from tollbar.inputs.llm_code.python.shapes import LIBRARIES, MADE_TO_BE_CALLED, METHODS, TELLING, shape_of
from tollbar.inputs.llm_code.python.syntax import are_exclusive, last_name
from tollbar.inputs.llm_code.python.values import (
    Given,
    Invocation,
    Literal,
    Outside,
    Parameter,
    Unknown,
    Value,
    options_of,
)
from tollbar.inputs.llm_code.task_rules import task_of
from tollbar.inputs.llm_code.token_count import count
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from tollbar.inputs.llm_code.python.call_reading import ReadCall
    from tollbar.inputs.llm_code.python.callers import Caller
    from tollbar.inputs.llm_code.python.modules import Modules
    from tollbar.inputs.llm_code.python.shapes import Shape
    from tollbar.inputs.llm_code.python.syntax import Function, Module
    from tollbar.inputs.llm_code.python.values import Frame

_DEEPEST = 5
"""How many functions a call is followed outwards through."""
_MOST_SITES = 200
"""How many places may call one wrapper; those beyond are one site."""
_DUCK = re.compile(r"(\.\w+)*\.(chat\.completions\.(create|parse|stream)|responses\.create|messages\.(create|stream))")
"""Calls that no other library has, given a model and messages: found where nothing tells what the client is."""


@dataclass(frozen=True, eq=False, slots=True)
class _Primitive:
    """A call of a library as it stands in the code."""

    module: Module
    call: ast.Call
    function: Function | None


@dataclass(frozen=True, eq=False, slots=True)
class _Found:
    """A site, the file that it stands in, and where the call goes through."""

    path: PurePosixPath
    site: CallSite
    nodes: tuple[tuple[Module, ast.AST, ast.AST], ...]


def sites_of(modules: Modules) -> Iterator[tuple[PurePosixPath, CallSite | Unreadable]]:
    """Yield the call sites of a project's Python files and the files that cannot be read, each with its path."""
    evaluator = Evaluator(modules)
    project = modules.project
    files = [file for file in modules.files if project.is_looked_into(file)]
    callers = Callers(evaluator, project.is_looked_into)
    scan, merged = _Scan(evaluator, callers), _Merged()
    marks = [text.encode() for text in (*LIBRARIES, *TELLING)]
    for file in modules.mentioning(marks, files):
        parsed = modules.parsed(file)
        if isinstance(parsed, Unreadable):
            yield file.path, parsed
            continue
        for primitive in _calls(parsed):
            for found in scan.sites(primitive):
                merged.add(found)
    yield from ((found.path, found.site) for found in merged.found)


class _Merged:
    """The sites, those left out that one of the others stands for.

    A wrapper that calls in two ways, with and without streaming, makes one call for each that its caller makes.
    """

    def __init__(self) -> None:
        self.found: list[_Found] = []
        self._by_outermost: dict[tuple[object, ...], list[_Found]] = defaultdict(list)

    def add(self, one: _Found) -> None:
        """Add a site unless another one of the same caller's is made instead of it."""
        site = one.site
        key = (one.nodes[0][1], site.client, site.operation, site.provider, site.model)
        others = self._by_outermost[key] if len(one.nodes) > 1 else []
        if not any(_are_alternatives(one, other) for other in others):
            self._by_outermost[key].append(one)
            self.found.append(one)


def _are_alternatives(one: _Found, other: _Found) -> bool:
    """Whether two calls, followed from the same caller inwards, part in the arms of one condition."""
    for (module, left, scope), (_, right, _) in zip(one.nodes, other.nodes, strict=False):
        if left is not right:
            return are_exclusive(module, left, right, scope)
    return False


def _nodes(primitive: _Primitive, chain: tuple[Caller, ...]) -> tuple[tuple[Module, ast.AST, ast.AST], ...]:
    """Return where a call is made, from the outermost caller inwards: the module, the place, the function's node."""
    places = [(caller.module, caller.node, caller.function) for caller in reversed(chain)]
    places.append((primitive.module, primitive.call, primitive.function))
    return tuple(
        (module, node, function.node if function is not None else module.tree) for module, node, function in places
    )


def _calls(module: Module) -> Iterator[_Primitive]:
    names = METHODS | _renamed(module)
    calls = [call for name, same in module.calls.items() if name in names or not name for call in same]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        yield _Primitive(module, call, module.function_around(call))


def _renamed(module: Module) -> set[str]:
    """Return the names that a module gives to calls of libraries, or to objects that are called themselves."""
    found: set[str] = set()
    for node in module.bindings:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {alias.asname for alias in node.names if alias.asname and alias.name in METHODS}
        elif node.value is not None:
            made = node.value
            is_call = isinstance(made, ast.Attribute) and made.attr in METHODS
            if is_call or (isinstance(made, ast.Call) and MADE_TO_BE_CALLED.fullmatch(last_name(made.func))):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found |= {last_name(target) for target in targets}
    return found - {""}


class _Scan:
    """Makes sites of calls."""

    def __init__(self, evaluator: Evaluator, callers: Callers) -> None:
        self._evaluator = evaluator
        self._callers = callers

    def sites(self, primitive: _Primitive) -> Iterator[_Found]:
        """Yield the sites that a call stands for, none where it is no call of a model."""
        frame = self._evaluator.frame_of(primitive.function, primitive.module)
        if not self._may_be_call(primitive.call, frame):
            return
        yield from self._lifted(primitive, (), _MOST_SITES)

    def _may_be_call(self, call: ast.Call, frame: Frame) -> bool:
        """Whether a call is one of a library, or of something that a caller hands in."""
        callee = self._evaluator.value(call.func, frame)
        for option in options_of(callee):
            option = option.target if isinstance(option, Given) else option  # noqa: PLW2901 -- a partial of it
            if isinstance(option, Outside) and shape_of(option.path) is not None:
                return True
            if isinstance(option, Unknown) and _DUCK.fullmatch(option.path) and _is_given_a_model(call):
                return True
        return False

    def _lifted(self, primitive: _Primitive, chain: tuple[Caller, ...], room: int) -> Iterator[_Found]:
        """Yield the sites of a call with the callers it was followed through; further ones where they settle more."""
        read = self._read(primitive, chain)
        function = chain[-1].function if chain else primitive.function
        if (
            read
            and function is not None
            and len(chain) < _DEEPEST
            and any(self._depends(one, function) for one, _ in read)
        ):
            outer = [
                caller for caller in self._callers.of(function) if caller.function not in _functions(primitive, chain)
            ]
            if outer:
                for caller in outer[:room]:
                    yield from self._lifted(primitive, (*chain, caller), max(1, room // len(outer)))
                return
        for one, shape in read:
            for site in self._finished(primitive, chain, one, shape):
                yield _Found(
                    (chain[-1].module if chain else primitive.module).file.path, site, _nodes(primitive, chain)
                )

    def _read(self, primitive: _Primitive, chain: tuple[Caller, ...]) -> list[tuple[ReadCall, Shape]]:
        """Return a call as it is made through a chain of callers; more than one where its client may be of several."""
        frame = self._frame(primitive, chain)
        callee = self._evaluator.value(primitive.call.func, frame)
        module = chain[-1].module if chain else primitive.module
        node = chain[-1].node if chain else primitive.call
        location = Location(module.file.shown, node.lineno)
        site = CallSite(
            location, "", "chat", symbol=_symbol(module, chain[-1].function if chain else primitive.function)
        )
        found: list[tuple[ReadCall, Shape]] = []
        for option in options_of(callee):
            bound: tuple[Invocation, ...] = ()
            while isinstance(option, Given):
                bound, option = (*option.made.bound, option.made, *bound), option.target  # noqa: PLW2901
            made = Invocation(primitive.call, frame, bound)
            if isinstance(option, Unknown) and _DUCK.fullmatch(option.path) and _is_given_a_model(primitive.call):
                option = Outside(_assumed_path(option.path))  # noqa: PLW2901 -- its shape is the library's
            if not isinstance(option, Outside):
                continue
            shape = shape_of(option.path)
            whole = Outside(f"{option.path}()", (*option.calls, made))
            read = read_call(self._evaluator, shape, whole, site) if shape is not None else None
            if (
                read is not None
                and shape is not None
                and not any(read.site.client == one.site.client for one, _ in found)
            ):
                found.append((read, shape))
        return found

    def _frame(self, primitive: _Primitive, chain: tuple[Caller, ...]) -> Frame:
        """Return the frame in which a call is made through a chain of callers, the innermost first."""
        if not chain:
            return self._evaluator.frame_of(primitive.function, primitive.module)
        outermost = chain[-1]
        frame = self._evaluator.frame_of(outermost.function, outermost.module)
        for position in range(len(chain) - 1, -1, -1):
            caller = chain[position]
            inner = chain[position - 1].function if position else primitive.function
            frame = self._called(caller, inner, frame) if inner is not None else frame
        return frame

    def _called(self, caller: Caller, function: Function, frame: Frame) -> Frame:
        """Return the frame of a function as a caller calls it from a frame of its own."""
        key = ("called", id(caller), id(function), id(frame))
        node = caller.invocation_of.func if caller.invocation_of is not None else caller.node

        def make() -> Frame:
            made = Invocation(caller.invocation_of, frame)
            for option in options_of(self._evaluator.value(node, frame)):
                bound: tuple[Invocation, ...] = ()
                while isinstance(option, Given):
                    bound, option = (*option.made.bound, option.made, *bound), option.target  # noqa: PLW2901
                value = self._evaluator.lookup.as_function(option, function)
                if value is not None:
                    return self._evaluator.lookup.called_frame(value, Invocation(made.call, made.frame, bound))
            return self._evaluator.frame_of(function)

        return self._evaluator.kept(key, (caller, frame), make)

    def _depends(self, read: ReadCall, function: Function) -> bool:
        """Whether what a call is given is told by the callers of a function, or of its object's maker."""
        return any(
            parameter.function is function or (function.cls is not None and parameter.function.cls is function.cls)
            for value in read.settled_by
            for parameter in self._parameters(value, 0)
        )

    def _parameters(self, value: Value, deep: int) -> Iterator[Parameter]:
        if deep > _DEEPEST:
            return
        if isinstance(value, Parameter):
            yield value
        if isinstance(value, Outside):
            for made in value.calls:
                for argument in self._evaluator.arguments(made):
                    yield from self._parameters(argument, deep + 1)
        for part in value.parts():
            yield from self._parameters(part, deep + 1)

    def _finished(
        self, primitive: _Primitive, chain: tuple[Caller, ...], read: ReadCall, shape: Shape
    ) -> Iterator[CallSite]:
        """Yield a site for each model that a call may be made with."""
        times, retries = self._repeated(primitive, chain, shape)
        names = [f.name for f in (primitive.function, *(caller.function for caller in chain)) if f is not None]
        names += [primitive.function.cls.node.name] if primitive.function is not None and primitive.function.cls else []
        site = replace(
            read.site,
            multiplicity=times,
            max_retries=_both(read.site.max_retries, retries),
            task_type=task_of(names, read.prompt.texts),
            has_unbounded_history=has_unbounded_history(primitive.module, primitive.function, primitive.call),
            is_prompt_whole=not read.prompt.is_open,
        )
        for provider, model, origin in read.models:
            tokens = count("\n".join(read.prompt.texts), model) if read.prompt.texts else None
            yield replace(
                site,
                provider=provider,
                model=model,
                model_origin=origin,
                prompt_tokens=tokens.tokens if tokens is not None else None,
                is_exact=tokens.is_exact if tokens is not None else False,
                alternatives=len(read.models),
                unknown_model=read.unknown_model if model is None else "",
            )

    def _repeated(
        self, primitive: _Primitive, chain: tuple[Caller, ...], shape: Shape
    ) -> tuple[Multiplicity, int | None]:
        """Return how often a call is made each time the program runs, and how often its wrappers repeat it."""
        frame = self._frame(primitive, chain)
        own = multiplicity.around(self._evaluator, primitive.module, primitive.call, frame)
        times, retries = own.times, own.retries
        for caller in chain:
            times = multiplicity.product(times, multiplicity.of_caller(self._evaluator, caller))
            more = multiplicity.around(
                self._evaluator, caller.module, caller.node, self._evaluator.frame_of(caller.function, caller.module)
            )
            retries = _both(retries, more.retries)
        for function in _functions(primitive, chain):
            repeated, _ = multiplicity.decorated(self._evaluator, function)
            retries = _both(retries, repeated)
        outermost = chain[-1].function if chain else primitive.function
        times = multiplicity.product(times, multiplicity.through_callers(self._evaluator, self._callers, outermost))
        return multiplicity.product(times, self._turns(primitive, frame, shape)), retries

    def _turns(self, primitive: _Primitive, frame: Frame, shape: Shape) -> Multiplicity:
        """Return how many calls an agent makes at most of one that is asked of it."""
        name = last_name(primitive.call)
        arguments = arguments_of(self._evaluator, Invocation(primitive.call, frame))
        if shape.turns is not None:
            told = arguments.named.get(shape.turns[0])
            numbers = [o.value for o in options_of(told) if isinstance(o, Literal)] if told is not None else []
            most = max((n for n in numbers if isinstance(n, int)), default=shape.turns[1])
            if most > 1:
                return Multiplicity(1, most, (f"an agent of at most {most} turns",))
        if "batch" in name and arguments.positional:
            items = primitive.call.args[0]
            return multiplicity.counted(self._evaluator, items, primitive.call.lineno, frame)
        return multiplicity.ONCE


def _both(one: int | None, other: int | None) -> int | None:
    """Return the retries of a call whose every attempt is retried by something else as well."""
    if one is None or other is None:
        return one if other is None else other
    return (1 + one) * (1 + other) - 1


def _functions(primitive: _Primitive, chain: tuple[Caller, ...]) -> list[Function]:
    around = [primitive.function, *(caller.function for caller in chain)]
    return [function for function in around if function is not None]


def _symbol(module: Module, function: Function | None) -> str:
    parts = module.name[1:] if module.name[:1] in {("src",), ("lib",)} and len(module.name) > 1 else module.name
    return ".".join((*parts, *([function.qualified] if function is not None else [])))


def _is_given_a_model(call: ast.Call) -> bool:
    names = {keyword.arg for keyword in call.keywords}
    return "model" in names and bool(names & {"messages", "input"})


def _assumed_path(path: str) -> str:
    root = "anthropic.Anthropic()" if ".messages." in path else "openai.OpenAI()"
    found = _DUCK.fullmatch(path)
    return f"{root}.{found[2]}" if found is not None else path
