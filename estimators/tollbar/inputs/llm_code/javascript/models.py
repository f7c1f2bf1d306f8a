"""Which model a call is of, and whose: by the place in which each package has it told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tollbar.inputs.llm_code.http_endpoints import provider_of_host
from tollbar.inputs.llm_code.javascript.arguments import ADDRESS, MODEL, Arguments
from tollbar.inputs.llm_code.javascript.callers import name_of
from tollbar.inputs.llm_code.javascript.evaluation import arguments_of
from tollbar.inputs.llm_code.javascript.shapes import CHAIN_MODELS, PROVIDERS_BY_CLASS, PROVIDERS_BY_PACKAGE, class_of
from tollbar.inputs.llm_code.javascript.texts import texts_of
from tollbar.inputs.llm_code.javascript.values import UNKNOWN, Code, Environment, External, Option, Parameter, Plain
from tollbar.inputs.llm_code.model_names import (
    DEPLOYMENTS,
    PREFIXES,
    model_of_deployment,
    plain_model,
    unknown_deployment,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.inputs.llm_code.call_site import ModelOrigin
    from tollbar.inputs.llm_code.javascript.evaluation import Evaluation
    from tollbar.inputs.llm_code.javascript.shapes import Shape

_DEEPEST = 6
_NOT_TOLD = "no model is told in the call"
_PROVIDERS_TOLD = {"mistralai": "mistral_ai", "googleai": "gcp.gemini", "vertexai": "gcp.vertex_ai"}
"""How packages call providers besides the prefixes that other languages know, too."""
_BY_PREFIX = frozenset({"ai-sdk", "mastra", "genkit", "langchain", "llamaindex", "litellm"})
"""Libraries in which a model's name begins with its provider: ``openai/gpt-4o``."""


class Model(NamedTuple):
    """A model by name; where it is not told, ``why``, and the parameter that brings it (``waits_for``)."""

    name: str | None
    origin: ModelOrigin
    provider: str | None
    waits_for: Parameter | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """What is called: the models it may be of, what tells its settings, what it is made of (``used``)."""

    models: tuple[Model, ...]
    settings: Arguments
    fallbacks: tuple[str, ...] = ()
    used: tuple[Code, ...] = ()
    is_azure: bool = False


class Models:
    """Finds the models of calls."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation

    def called(self, shape: Shape, function: External, call: Code) -> Called | None:
        """Return what a call calls; None where it turns out to call no model: a chain without one."""
        own = Arguments.of(self._evaluation, [call])
        path = Arguments.of(self._evaluation, [call, *reversed(function.calls)])
        if shape.model == "command":
            return self._of_command(shape, function, call)
        if shape.model == "parts":
            return self._of_chain(function, path)
        if shape.model == "agent":
            return self._of_agent(shape, call)
        if shape.model == "model_object":
            return self._of_object(function, path)
        provider = self._provider(shape, function)
        options = (path if shape.model == "path" else own).find(MODEL, of_parameters=shape.model != "path")
        if not options and shape.client in {"azure", "llamaindex"}:
            options = self._first_text(call if shape.client == "azure" else function.calls[0])
        models = self.named(options, provider)
        if provider in DEPLOYMENTS and not any(model.name or model.why.startswith("it is") for model in models):
            told = self.named(path.find(MODEL[4:]), provider)
            models = told if told[0].name or models[0].why == _NOT_TOLD else models
        return Called(
            models,
            path,
            used=function.calls,
            is_azure=provider in DEPLOYMENTS,
        )

    def constructed(self, value: External) -> Called:
        """Return what a model object stands for that is not seen to be called."""
        model, fallbacks = self._of_model_object(Option(value))
        settings = Arguments.of(self._evaluation, reversed(value.calls))
        return Called(model, settings, fallbacks, value.calls)

    def named(self, options: Sequence[Option], provider: str | None, *, has_prefix: bool = False) -> tuple[Model, ...]:
        """Return models by the names that options are; at least one, which tells why where none is known."""
        found: dict[tuple[str | None, str | None], Model] = {}
        for option in options:
            for model in self._of_option(option, provider, has_prefix=has_prefix):
                found.setdefault((model.name, model.provider if model.name else None), model)
        return tuple(found.values()) or (Model(None, "unknown", provider, why=_NOT_TOLD),)

    def by_path(self, name: str, provider: str | None) -> tuple[Model, ...]:
        """Return the model that an address names."""
        return (self._by_name(name, Option(Plain(name)), provider, has_prefix=False),)

    def _of_option(self, option: Option, provider: str | None, *, has_prefix: bool) -> Iterator[Model]:
        value = option.value
        if isinstance(value, Parameter):
            function = name_of(value.function.node) or "the function"
            why = f"it is told by a parameter of {function}"
            yield Model(None, "unknown", provider, value, why)
        elif isinstance(value, External) and value.calls and value.package:
            yield from self._of_model_object(option)[0]
        elif isinstance(value, Environment):
            yield Model(None, "unknown", provider, why=f"it is read from the environment variable {value.name}")
        elif isinstance(value, External):
            yield Model(None, "unknown", provider, why="it is worked out when it runs")
        elif isinstance(value, (Plain, Code)):
            names = [(str(value.value), option)] if isinstance(value, Plain) else texts_of(self._evaluation, value)
            if not names:
                yield Model(None, "unknown", provider, why="it is worked out when it runs")
            for name, inner in names:
                yield self._by_name(name, inner.further(option.origin), provider, has_prefix=has_prefix)

    def _by_name(self, name: str, option: Option, provider: str | None, *, has_prefix: bool) -> Model:
        if UNKNOWN in name or not name:
            return Model(None, "unknown", provider, why="its name is put together when it runs")
        owner, model = plain_model(name, provider, has_prefix=has_prefix)
        if owner in DEPLOYMENTS:
            behind, origin = model_of_deployment(model or name, self._evaluation.modules.project.deployments)
            return Model(behind, origin, owner, why="" if behind else unknown_deployment(name))
        return Model(model, option.origin, owner) if model else Model(None, "unknown", owner)

    def _provider(self, shape: Shape, function: External) -> str | None:  # noqa: PLR0911 -- the first that tells
        """Return who answers: the address that a client is given counts, then its class and package."""
        name = class_of(function)
        if name.startswith("Azure"):
            return "azure.ai.openai"
        address = Arguments.of(self._evaluation, function.calls).find(ADDRESS)
        if address and shape.client in {"openai", "anthropic"}:
            found = self._provider_at(address)
            if found is not None:
                return found
        if "vertexai" in name.lower():
            return "gcp.vertex_ai"
        if name.endswith("Bedrock"):
            return "aws.bedrock"
        if shape.client == "google" and _is_vertex(self._evaluation, function):
            return "gcp.vertex_ai"
        if function.package in PROVIDERS_BY_PACKAGE:
            return PROVIDERS_BY_PACKAGE[function.package]
        return shape.provider or PROVIDERS_BY_CLASS.get(name)

    def _provider_at(self, address: Sequence[Option]) -> str | None:
        """Return whose models are called where a client is made for another address than its library's own."""
        for written, _ in self._texts(address):
            host = re.sub(r"^[a-z+]+://", "", written).partition("/")[0]
            if host and UNKNOWN not in host:
                return provider_of_host(written) or f"the server at {host}"
        return None

    def _texts(self, options: Sequence[Option]) -> Iterator[tuple[str, Option]]:
        for option in options:
            if isinstance(option.value, Code):
                yield from texts_of(self._evaluation, option.value)
            elif isinstance(option.value, Plain):
                yield str(option.value.value), option

    def _first_text(self, call: Code) -> list[Option]:
        nodes = arguments_of(call.node)
        if not nodes:
            return []
        options = self._evaluation.options(call.at(nodes[0]))
        return [option for option in options if isinstance(option.value, Parameter) or _is_text(option)]

    def _of_command(self, shape: Shape, function: External, call: Code) -> Called | None:
        nodes = arguments_of(call.node)
        for option in self._evaluation.options(call.at(nodes[0])) if nodes else []:
            value = option.value
            if isinstance(value, External) and re.fullmatch(r"(InvokeModel|Converse)\w*Command\(\)", value.path):
                own = Arguments.of(self._evaluation, value.calls[-1:])
                settings = Arguments.of(self._evaluation, [*value.calls[-1:], *function.calls])
                models = self.named(own.find(MODEL, of_parameters=True), shape.provider)
                return Called(models, settings, used=value.calls)
        return None

    def _of_agent(self, shape: Shape, call: Code) -> Called | None:
        nodes = arguments_of(call.node)
        for option in self._evaluation.options(call.at(nodes[0])) if nodes else []:
            value = option.value
            if isinstance(value, External) and value.calls:
                settings = Arguments.of(self._evaluation, [call, *reversed(value.calls)])
                return Called(self.named(settings.find(MODEL), shape.provider), settings, used=value.calls)
        return None

    def _of_object(self, function: External, path: Arguments) -> Called:
        options = path.find(MODEL, of_parameters=True)
        used = [call for option in options if isinstance(option.value, External) for call in option.value.calls]
        models: list[Model] = []
        fallbacks: tuple[str, ...] = ()
        for option in options:
            found, further = self._of_model_object(option)
            models += found
            fallbacks += further
        named = [model for model in models if model.name or model.waits_for]
        models = named or models[:1]
        return Called(tuple(models) or self.named((), None), path, fallbacks, (*function.calls, *used))

    def _of_model_object(self, option: Option, depth: int = 0) -> tuple[tuple[Model, ...], tuple[str, ...]]:
        """Return the model that ``openai("gpt-4o")``, ``new ChatOpenAI({…})`` or a name stands for."""
        value = option.value
        if isinstance(value, Parameter):
            return self.named([option], None), ()
        if not isinstance(value, External):
            return self.named([option], None, has_prefix=True), ()
        registered = self._registered(value, depth)
        if registered is not None:
            return registered
        provider = PROVIDERS_BY_CLASS.get(class_of(value)) or PROVIDERS_BY_PACKAGE.get(value.package)
        address = Arguments.of(self._evaluation, value.calls).find(ADDRESS)
        if address:
            provider = self._provider_at(address) or provider
        for call in reversed(value.calls):
            settings = Arguments.of(self._evaluation, [call])
            options = self._first_text(call) or settings.find(MODEL)
            if options:
                told = settings.text(("modelProvider",))
                if told is not None:
                    provider = PREFIXES.get(told, _PROVIDERS_TOLD.get(told, told))
                models = self.named(options, provider, has_prefix=provider is None)
                return tuple(_of_origin(model, option) for model in models), ()
        return self.named((), provider), ()

    def _registered(self, value: External, depth: int) -> tuple[tuple[Model, ...], tuple[str, ...]] | None:
        """Return the model behind a name of the project's own provider: ``customProvider({ languageModels })``."""
        if len(value.calls) < 2 or depth > _DEEPEST or "customProvider" not in value.path:
            return None
        names = [text for text, _ in self._texts(self._first_text(value.calls[-1]))]
        made = Arguments.of(self._evaluation, [value.calls[0]])
        for kinds in ("languageModels", "textEmbeddingModels", "embeddingModels", "imageModels"):
            for option in made.find((kinds,)):
                for name in names:
                    for inner in self._evaluation.member(option, name):
                        return self._of_model_object(inner.further("constant"), depth + 1)
        return None

    def _of_chain(self, function: External, path: Arguments) -> Called | None:
        """Return the model in a chain: its first; what stands in ``withFallbacks`` follows it."""
        parts = list(self._parts(function, 0))
        if not parts:
            return None
        models: list[Model] = []
        names: list[str] = []
        for part in parts:
            found, _ = self._of_model_object(part)
            models += found if not models else ()
            names += [model.name for model in found if model.name]
        calls = [one for part in parts if isinstance(part.value, External) for one in part.value.calls]
        is_fallback = "withFallbacks" in function.path or any(
            "withFallbacks" in str(part.value.path) for part in parts if isinstance(part.value, External)
        )
        settings = Arguments(self._evaluation, [*path.given, *Arguments.of(self._evaluation, calls).given])
        fallbacks = tuple(names[len(models) :]) if is_fallback else ()
        return Called(tuple(models), settings, fallbacks, (*function.calls, *calls))

    def _parts(self, value: External, depth: int) -> Iterator[Option]:
        """Yield the models in a chain of LangChain's: what it begins with, and what its steps are given."""
        if depth > _DEEPEST:
            return
        if CHAIN_MODELS.match(value.path):
            yield Option(value)
        for call in value.calls:
            for node in arguments_of(call.node):
                yield from self._parts_in(call.at(node), depth + 1)

    def _parts_in(self, code: Code, depth: int) -> Iterator[Option]:
        if depth > _DEEPEST:
            return
        for option in self._evaluation.options(code):
            value = option.value
            if isinstance(value, External) and "langchain" in value.package:
                yield from (part.further(option.origin) for part in self._parts(value, depth))
            elif isinstance(value, Code) and value.node.type == "array":
                for node in value.node.named_children:
                    yield from self._parts_in(value.at(node), depth + 1)
            elif isinstance(value, Code) and value.node.type == "object":
                told = [one for name in ("llm", "model") for one in self._evaluation.member(option, name)]
                for inner in told:
                    if isinstance(inner.value, External):
                        yield from self._parts(inner.value, depth + 1)


def _is_text(option: Option) -> bool:
    value = option.value
    return (isinstance(value, Plain) and isinstance(value.value, str)) or (
        isinstance(value, Code) and value.node.type in {"string", "template_string"}
    )


def _of_origin(model: Model, option: Option) -> Model:
    """Return a model that was found by way of an option."""
    return model if model.name is None else model._replace(origin=option.further(model.origin).origin)


def _is_vertex(evaluation: Evaluation, function: External) -> bool:
    for option in Arguments.of(evaluation, function.calls).find(("vertexai",)):
        if isinstance(option.value, Code) and option.value.node.type == "true":
            return True
    return False
