"""Which model a call is of, and whose: by the place in which each package has it told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tollbar.inputs.llm_code.http_endpoints import provider_of_host
from tollbar.inputs.llm_code.javascript.arguments import ADDRESS, MODEL, Arguments
from tollbar.inputs.llm_code.javascript.evaluation import arguments_of
from tollbar.inputs.llm_code.javascript.shapes import CHAIN_MODELS, PROVIDERS_BY_CLASS, PROVIDERS_BY_PACKAGE, class_of
from tollbar.inputs.llm_code.javascript.texts import texts_of
from tollbar.inputs.llm_code.javascript.values import UNKNOWN, Code, External, Option, Parameter, Plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.inputs.llm_code.call_site import ModelOrigin
    from tollbar.inputs.llm_code.javascript.evaluation import Evaluation
    from tollbar.inputs.llm_code.javascript.shapes import Shape

_DEEPEST = 6
_PROVIDERS_BY_PREFIX = {
    "google": "gcp.gemini", "google_genai": "gcp.gemini", "google_vertexai": "gcp.vertex_ai", "bedrock": "aws.bedrock",
    "mistralai": "mistral_ai", "mistral": "mistral_ai", "azure": "azure.ai.openai", "xai": "x-ai",
}  # fmt: skip
"""How ``openai:gpt-4o`` and LangChain's modelProvider call providers, where not by the names that we use."""


class Model(NamedTuple):
    """A model by name, None where it is not told; ``waits_for`` is the parameter that brings it."""

    name: str | None
    origin: ModelOrigin
    provider: str | None
    waits_for: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """What is called: the models it may be of, what tells its settings, whether the address is another's."""

    models: tuple[Model, ...]
    settings: Arguments
    fallbacks: tuple[str, ...] = ()
    used: tuple[Code, ...] = ()
    is_azure: bool = False
    has_address: bool = False


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
            return self._of_chain(function, call, path)
        if shape.model == "agent":
            return self._of_agent(shape, call)
        if shape.model == "model_object":
            return self._of_object(function, path)
        provider = self._provider(shape, function)
        options = (path if shape.model == "path" else own).find(MODEL, of_parameters=shape.model != "path")
        if not options and shape.client in {"azure", "llamaindex"}:
            options = self._first_text(call if shape.client == "azure" else function.calls[0])
        models = self.named(options, provider)
        if provider == "azure.ai.openai" and models[0].name is None and models[0].waits_for is None:
            models = self.named(path.find(MODEL[3:]), provider)
        address = Arguments.of(self._evaluation, function.calls).find(ADDRESS)
        return Called(
            models,
            path,
            used=function.calls,
            is_azure=provider == "azure.ai.openai",
            has_address=bool(address),
        )

    def constructed(self, value: External) -> Called:
        """Return what a model object stands for that is not seen to be called."""
        model, fallbacks = self._of_model_object(Option(value))
        settings = Arguments.of(self._evaluation, reversed(value.calls))
        return Called(model, settings, fallbacks, value.calls)

    def named(self, options: Sequence[Option], provider: str | None) -> tuple[Model, ...]:
        """Return models by the names that options are."""
        found: dict[tuple[str | None, str | None], Model] = {}
        for option in options:
            value = option.value
            if isinstance(value, Parameter):
                found[None, value.key.file] = Model(None, "unknown", provider, value)
            elif isinstance(value, External):
                models, _ = self._of_model_object(option)
                found.update({(model.name, model.provider): model for model in models})
            elif isinstance(value, Plain):
                if isinstance(value.value, str) and value.value:
                    found[value.value, provider] = Model(value.value, option.origin, provider)
            elif isinstance(value, Code):
                for name, inner in texts_of(self._evaluation, value):
                    if UNKNOWN not in name and name:
                        origin = inner.further(option.origin).origin
                        found[name, provider] = Model(name, origin, provider)
        return tuple(found.values()) or (Model(None, "unknown", provider),)

    def _provider(self, shape: Shape, function: External) -> str | None:
        """Return who answers: the address that a client is given counts, then its class and package."""
        name = class_of(function)
        if name.startswith("Azure"):
            return "azure.ai.openai"
        address = Arguments.of(self._evaluation, function.calls).find(ADDRESS)
        if address and shape.client in {"openai", "anthropic"}:
            found = [provider_of_host(text) for text, _ in self._texts(address)]
            return found[0] if found else None
        if "vertexai" in name.lower():
            return "gcp.vertex_ai"
        if name.endswith("Bedrock"):
            return "aws.bedrock"
        if shape.client == "google" and _is_vertex(self._evaluation, function):
            return "gcp.vertex_ai"
        if function.package in PROVIDERS_BY_PACKAGE:
            return PROVIDERS_BY_PACKAGE[function.package]
        return shape.provider or PROVIDERS_BY_CLASS.get(name)

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
            if isinstance(value, External) and value.calls and "InvokeModel" in value.path or "Converse" in str(value):
                if not isinstance(value, External):
                    continue
                own = Arguments.of(self._evaluation, [value.calls[-1]])
                settings = Arguments.of(self._evaluation, [value.calls[-1], *function.calls])
                return Called(
                    self.named(own.find(MODEL, of_parameters=True), shape.provider), settings, used=value.calls
                )
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
        return Called(tuple(models) or (Model(None, "unknown", None),), path, fallbacks, (*function.calls, *used))

    def _of_model_object(self, option: Option, depth: int = 0) -> tuple[tuple[Model, ...], tuple[str, ...]]:
        """Return the model that ``openai("gpt-4o")``, ``new ChatOpenAI({…})`` or a name stands for."""
        value = option.value
        if isinstance(value, Parameter):
            return (Model(None, "unknown", None, value),), ()
        if not isinstance(value, External):
            return tuple(_split(model) for model in self.named([option], None)), ()
        registered = self._registered(value, depth)
        if registered is not None:
            return registered
        provider = PROVIDERS_BY_CLASS.get(class_of(value)) or PROVIDERS_BY_PACKAGE.get(value.package)
        address = Arguments.of(self._evaluation, value.calls).find(ADDRESS)
        if address:
            provider = next((provider_of_host(text) for text, _ in self._texts(address)), None)
        for call in reversed(value.calls):
            settings = Arguments.of(self._evaluation, [call])
            options = self._first_text(call) or settings.find(MODEL)
            if options:
                told = settings.text(("modelProvider",))
                models = (_split(model, told) for model in self.named(options, provider))
                return tuple(_of_origin(model, option) for model in models), ()
        return (Model(None, "unknown", provider),), ()

    def _registered(self, value: External, depth: int) -> tuple[tuple[Model, ...], tuple[str, ...]] | None:
        """Return the model behind a name of a provider that the project made: ``customProvider({ languageModels })``."""
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

    def _of_chain(self, function: External, call: Code, path: Arguments) -> Called | None:
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
                for name in ("llm", "model"):
                    for inner in self._evaluation.member(option, name):
                        if isinstance(inner.value, External):
                            yield from self._parts(inner.value, depth + 1)
                        elif isinstance(inner.value, Code) and texts_of(self._evaluation, inner.value) and depth < 2:
                            continue


def _is_text(option: Option) -> bool:
    value = option.value
    return (isinstance(value, Plain) and isinstance(value.value, str)) or (
        isinstance(value, Code) and value.node.type in {"string", "template_string"}
    )


def _of_origin(model: Model, option: Option) -> Model:
    """Return a model that was found by way of an option."""
    return model if model.name is None else model._replace(origin=option.further(model.origin).origin)


def _split(model: Model, provider: str | None = None) -> Model:
    """Return a model whose name tells its provider, ``openai:gpt-4o``, with both apart."""
    if model.name is None:
        return model
    before, colon, after = model.name.partition(":")
    if provider is None and colon and before.replace("-", "_").isidentifier() and not before[-1:].isdigit():
        provider, name = before, after
    else:
        name = model.name
    if provider is None:
        return model
    return model._replace(name=name, provider=_PROVIDERS_BY_PREFIX.get(provider, provider))


def _is_vertex(evaluation: Evaluation, function: External) -> bool:
    for option in Arguments.of(evaluation, function.calls).find(("vertexai",)):
        if isinstance(option.value, Code) and option.value.node.type == "true":
            return True
    return False
