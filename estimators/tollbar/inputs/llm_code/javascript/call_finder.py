"""Finds the calls of models in a project's JavaScript and TypeScript files, all at once: wrappers cross files."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tollbar.inputs.llm_code.call_site import CallSite, Multiplicity, Unreadable
from tollbar.inputs.llm_code.javascript import requests, shapes
from tollbar.inputs.llm_code.javascript.arguments import MODEL, MOST_OUTPUT, Arguments
from tollbar.inputs.llm_code.javascript.callers import Callers, symbol_of
from tollbar.inputs.llm_code.javascript.evaluation import Evaluation
from tollbar.inputs.llm_code.javascript.models import Called, Model, Models
from tollbar.inputs.llm_code.javascript.module import line, text
from tollbar.inputs.llm_code.javascript.modules import Modules
from tollbar.inputs.llm_code.javascript.multiplicity import Repetitions, product
from tollbar.inputs.llm_code.javascript.prompt import PromptReader, has_unbounded_history
from tollbar.inputs.llm_code.javascript.values import Code, External
from tollbar.inputs.llm_code.task_rules import task_of
from tollbar.inputs.llm_code.token_count import count
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import PurePosixPath

    from tree_sitter import Node

    from tollbar.inputs.llm_code.call_site import Operation
    from tollbar.inputs.llm_code.javascript.module import Module
    from tollbar.inputs.llm_code.javascript.multiplicity import Repetition
    from tollbar.inputs.llm_code.javascript.values import Parameter
    from tollbar.inputs.llm_code.project import Project
    from tollbar.inputs.llm_code.source_file import SourceFile

_DEEPEST_WRAPPER = 3
_CALL = re.compile(r"\b(" + "|".join(map(re.escape, sorted(shapes.ENDS))) + r")\s*[(<`]")
_STEPS = {
    "runTools": (10, "runTools answers tool calls in up to {} rounds"),
    "ToolLoopAgent": (20, "the agent works in up to {} steps"),
    "Experimental_Agent": (20, "the agent works in up to {} steps"),
    "run": (10, "the agent works in up to {} turns"),
    "Runner": (10, "the agent works in up to {} turns"),
    "Agent": (5, "the agent works in up to {} steps"),
}
"""Functions that call a model several times on their own, and how often unless told otherwise (their documentation:
OpenAI's SDKs maxChatCompletions and maxTurns, AI SDK stopWhen, Mastra maxSteps, read 2026-11)."""
_STEP_KEYS = ("maxSteps", "maxTurns", "maxChatCompletions", "maxIterations", "recursionLimit")


class _Target(NamedTuple):
    """What a call calls, of whichever kind."""

    client: str
    operation: Operation
    called: Called
    retries: int | None
    is_batch: bool
    method: str


class CallFinder:
    """The calls of a project, by the files they stand in."""

    def __init__(self, project: Project) -> None:
        self._modules = Modules(project)
        self._evaluation = Evaluation(self._modules)
        self._callers = Callers(self._evaluation)
        self._repetitions = Repetitions(self._evaluation, self._callers)
        self._models = Models(self._evaluation)
        self._prompts = PromptReader(self._evaluation)
        self._used: set[tuple[str, int]] = set()

    def found(self) -> Mapping[PurePosixPath, Sequence[CallSite | Unreadable]]:
        """Return all calls, and the files that import a provider's package but cannot be read."""
        sites: dict[PurePosixPath, list[CallSite | Unreadable]] = defaultdict(list)
        modules = [module for file in self._candidates() if (module := self._modules.module(file)) is not None]
        for module in modules:
            for path, found in self._in_module(module):
                sites[path].append(found)
        for module in modules:
            sites[module.path] += self._unused(module)
            if module.broken_line is not None and not sites[module.path]:
                location = Location(module.file.shown, module.broken_line)
                sites[module.path].append(Unreadable(location, "it is not valid JavaScript or TypeScript"))
        return {path: sorted(_once(found), key=lambda one: one.location.line or 0) for path, found in sites.items()}

    def _candidates(self) -> list[SourceFile]:
        """Return the files worth parsing: who imports a package of models or calls over HTTP, and who imports those."""
        modules = self._modules
        seeds = [
            file
            for file in modules.files
            if shapes.may_import_models(modules.text(file)) or requests.may_request_models(modules.text(file))
        ]
        if not seeds:
            return []
        seed_paths = {file.path for file in seeds}
        reached = modules.importers(seeds)
        return [
            file
            for file in modules.files
            if modules.project.is_looked_into(file)
            if file.path in seed_paths or (file.path in reached and _CALL.search(modules.text(file)))
        ]

    def _in_module(self, module: Module) -> Iterator[tuple[PurePosixPath, CallSite | Unreadable]]:
        for node in module.found("call"):
            if not _may_call_model(node, module):
                continue
            try:
                yield from list(self._sites(Code(module, node), Code(module, node), 0))
            except RecursionError:
                location = Location(module.file.shown, line(node))
                yield module.path, Unreadable(location, "what is called here is nested too deeply to be followed")

    def _sites(self, call: Code, place: Code, depth: int) -> Iterator[tuple[PurePosixPath, CallSite]]:
        """Yield the sites of a call; where a parameter brings the model, those who give it are the sites."""
        target = self._target(call)
        if target is None:
            return
        self._used.update((str(one.module.path), one.node.id) for one in target.called.used)
        waiting = next((model.waits_for for model in target.called.models if model.waits_for is not None), None)
        if waiting is not None and depth < _DEEPEST_WRAPPER:
            given = list(self._given(waiting, call, depth))
            if given:
                yield from given
                return
        yield from ((place.module.path, site) for site in self._described(call, place, target))

    def _given(self, parameter: Parameter, call: Code, depth: int) -> Iterator[tuple[PurePosixPath, CallSite]]:
        for caller in self._callers.of(parameter.function):
            arguments = caller.node.child_by_field_name("arguments")
            nodes = [] if arguments is None else [one for one in arguments.named_children if one.type != "comment"]
            bound = self._evaluation.bound(parameter.function, nodes, caller)
            inner = Code(call.module, call.node, {**call.bound, **bound.bound})
            yield from self._sites(inner, caller, depth + 1)

    def _target(self, call: Code) -> _Target | None:
        callee = call.node.child_by_field_name("function")
        for option in [] if callee is None else self._evaluation.options(call.at(callee)):
            value = option.value
            if not isinstance(value, External):
                continue
            shape = shapes.shape_at(value.package, value.path)
            called = None if shape is None else self._models.called(shape, value, call)
            if shape is not None and called is not None:
                client = _client(shape, value, called)
                return _Target(client, shape.operation, called, shape.retries, shape.is_batch, value.path)
            request = requests.request_of(self._evaluation, value, call)
            if request is not None:
                return self._requested(request)
        return None

    def _requested(self, request: requests.Request) -> _Target:
        endpoint = request.endpoint
        options = request.arguments.find(MODEL, of_parameters=True)
        models = self._models.named(options, request.provider)
        if endpoint.model is not None:
            models = self._models.by_path(endpoint.model, endpoint.provider)
        return _Target("http", endpoint.operation, Called(models, request.arguments), None, endpoint.is_batch, "")

    def _described(self, call: Code, place: Code, target: _Target) -> Iterator[CallSite]:
        called = target.called
        models = [model for model in called.models if model.name is not None] or [called.models[0]]
        repetition = self._repeated(call, place, target)
        site = self._site(call, place, target, repetition)
        prompt = self._prompts.read(called.settings.given)
        symbols = site.symbol.split(".")[-2:]
        for model in models:
            tokens = count(prompt.text, model.name) if prompt.texts else None
            yield replace(
                site,
                provider=model.provider,
                model=model.name,
                model_origin=model.origin,
                task_type=task_of(reversed(symbols), prompt.texts),
                prompt_tokens=None if tokens is None else tokens.tokens,
                is_exact=tokens is not None and tokens.is_exact,
                images=site.images if target.operation == "image" else prompt.images or None,
                is_prompt_whole=not prompt.is_open,
                alternatives=len(models),
                unknown_model="" if model.name else _why(model, target),
            )

    def _repeated(self, call: Code, place: Code, target: _Target) -> Repetition:
        inner = self._repetitions.of(call)
        if place.node.id != call.node.id:  # a wrapper: its own loops count, not those around its other callers
            inner = self._repetitions.of(Code(call.module, call.node), depth=_DEEPEST_WRAPPER)
            outer = self._repetitions.of(place)
            inner = inner._replace(multiplicity=product(inner.multiplicity, outer.multiplicity))
        steps = self._steps(target)
        return inner if steps is None else inner._replace(multiplicity=product(inner.multiplicity, steps))

    def _steps(self, target: _Target) -> Multiplicity | None:
        """Return how often a function calls the model on its own: an agent's steps, a list of inputs."""
        first = target.method.partition("(")[0]
        last = target.method.rpartition(".")[2]
        told = target.called.settings.number(_STEP_KEYS) or self._told_steps(target)
        usual = _STEPS.get(last) or _STEPS.get(first)
        if told is not None and told > 1:
            return Multiplicity(1, told, (f"it works in up to {told} steps",))
        if usual is not None and told is None and target.client in {"openai", "ai-sdk", "mastra"}:
            return Multiplicity(1, usual[0], (usual[1].format(usual[0]),))
        if (
            "createReactAgent()" in target.method
            or "createAgent()" in target.method
            or "AgentExecutor" in target.method
        ):
            return Multiplicity(1, None, ("an agent calls the model until it is done",))
        if target.client == "langchain" and last == "batch":
            return Multiplicity(1, None, ("batch calls the model for each input",))
        return None

    def _told_steps(self, target: _Target) -> int | None:
        """Return the steps that ``stopWhen: stepCountIs(5)`` allows."""
        for option in target.called.settings.find(("stopWhen",)):
            value = option.value
            if isinstance(value, External) and value.path.startswith("stepCountIs") and value.calls:
                return Arguments.of(self._evaluation, value.calls[-1:]).first_number()
        return None

    def _site(self, call: Code, place: Code, target: _Target, repetition: Repetition) -> CallSite:
        """Return a call without what depends on its model."""
        settings = target.called.settings
        times = repetition.multiplicity
        if repetition.retry_reason:
            times = replace(times, reasons=(*times.reasons, repetition.retry_reason))
        return CallSite(
            Location(place.module.file.shown, line(place.node)),
            target.client,
            target.operation,
            symbol=symbol_of(place.node, place.module),
            max_output_tokens=settings.number(MOST_OUTPUT),
            max_retries=_retries(target, repetition),
            is_batch=target.is_batch,
            has_unbounded_history=has_unbounded_history(self._evaluation, settings.given, call),
            images=settings.number(("n", "numberOfImages")) or 1,
            fallbacks=target.called.fallbacks,
            multiplicity=times,
        )

    def _unused(self, module: Module) -> Iterator[CallSite]:
        """Yield the models that are made but not seen to be called: they are given to something that calls them."""
        if not shapes.MODEL_PACKAGES.search(self._modules.text(module.file)):
            return
        for node in sorted([*module.found("new"), *module.found("call")], key=lambda one: one.start_byte):
            if (str(module.path), node.id) in self._used or not _may_make_model(node, module):
                continue
            for option in self._evaluation.options(Code(module, node)):
                value = option.value
                if not isinstance(value, External) or not value.calls or value.calls[-1].node.id != node.id:
                    continue
                if not shapes.is_model_object(value):
                    continue
                called = self._models.constructed(value)
                if called.models[0].name is not None:
                    client = shapes.client_of_package(value.package)
                    target = _Target(client, "chat", called, shapes.retries_of_client(client), False, "")
                    yield from self._described(Code(module, node), Code(module, node), target)
                    break


def _client(shape: shapes.Shape, function: External, called: Called) -> str:
    """Return the library called; Azure's and Bedrock's clients of another's package count as theirs."""
    if called.is_azure:
        return "azure"
    if shape.client == "anthropic" and function.package.endswith("bedrock-sdk"):
        return "bedrock"
    return shape.client


def _why(model: Model, target: _Target) -> str:
    if target.is_batch and model.waits_for is None:
        return "the model stands in the batch's input file"
    return model.why


def _retries(target: _Target, repetition: Repetition) -> int | None:
    """Return how often a call is repeated on failure: by the client, each time by what stands around it."""
    told = target.called.settings.number(("maxRetries", "max_retries"))
    attempts = target.called.settings.number(("maxAttempts", "stopAfterAttempt"))
    own = told if told is not None else attempts - 1 if attempts else target.retries
    if not repetition.retries:
        return own
    return (repetition.retries + 1) * ((own or 0) + 1) - 1


def _may_call_model(call: Node, module: Module) -> bool:
    """Whether a call's name is one by which models are called: what it is of is looked into only then."""
    callee = call.child_by_field_name("function")
    while callee is not None and callee.type in {
        "non_null_expression",
        "parenthesized_expression",
        "instantiation_expression",
    }:
        callee = callee.named_children[0]
    if callee is None:
        return False
    if callee.type == "member_expression":
        name = callee.child_by_field_name("property")
        return name is not None and (text(name) in shapes.ENDS or text(name) in requests.ENDS)
    if callee.type != "identifier":
        return False
    name_ = text(callee)
    if name_ in shapes.ENDS or name_ in requests.ENDS:
        return True
    return module.imported_names.get(name_, ("", ""))[1] in shapes.ENDS


def _may_make_model(node: Node, module: Module) -> bool:
    """Whether what is called or constructed may be of a package of model objects."""
    made = node.child_by_field_name("constructor") or node.child_by_field_name("function")
    while made is not None and made.type in {"member_expression", "call_expression"}:
        made = made.child_by_field_name("object") or made.child_by_field_name("function")
    if made is None or made.type != "identifier":
        return False
    binding = module.lookup(text(made), made)
    if binding is None or binding.kind not in {"import", "variable"}:
        return False
    if binding.kind == "import":
        return shapes.is_model_package(binding.imported[0])
    value = "" if binding.value is None else text(binding.value)
    return value.startswith(("create", "require", "await import"))


def _once(sites: Sequence[CallSite | Unreadable]) -> list[CallSite | Unreadable]:
    """Return sites without repetition: one wrapper may be reached in two ways."""
    return list(dict.fromkeys(sites))
