"""One call of a library as a call site: its model, limits, retries and prompt, with all that was followed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.http_endpoints import endpoint_of, provider_of_host
from tollbar.inputs.llm_code.model_names import (
    DEPLOYMENTS,
    UNKNOWN_SERVER,
    model_of_deployment,
    plain_model,
    provider_of_class,
    unknown_deployment,
)
from tollbar.inputs.llm_code.python.arguments import Arguments, arguments_of
from tollbar.inputs.llm_code.python.prompt import NAMES as PROMPT_NAMES
from tollbar.inputs.llm_code.python.prompt import Prompt, texts_of_outside
from tollbar.inputs.llm_code.python.values import (
    Invocation,
    Listed,
    Literal,
    Mapped,
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
    from collections.abc import Iterator, Sequence

    from tollbar.inputs.llm_code.call_site import CallSite, ModelOrigin, Operation
    from tollbar.inputs.llm_code.python.evaluation import Evaluator
    from tollbar.inputs.llm_code.python.shapes import Shape
    from tollbar.inputs.llm_code.python.syntax import Module

_MODEL = ("model", "modelId", "model_name", "model_id", "engine", "llm_model", "repo_id", "deployment_name", "modelArn")
_AZURE_DEPLOYMENT = ("azure_deployment", "deployment_name", "deployment", "engine")
_LIMIT = (
    "max_tokens", "max_completion_tokens", "max_output_tokens", "maxTokens", "maxOutputTokens", "max_tokens_to_sample",
    "max_new_tokens", "max_gen_len", "maxTokenCount", "num_predict",
)  # fmt: skip
_RETRIES = ("max_retries", "num_retries", "retries")
_NESTED = ("llm", "agent", "client", "model", "chat_model", "starting_agent", "language_model", "lm", "chain")
_PREFIXED = {"litellm", "aisuite", "pydantic-ai", "dspy", "instructor", "openai-agents", "langchain"}
"""Libraries that put the provider before the model's name."""
_FIRST_IS_MODEL = re.compile(
    r"(GenerativeModel|Agent|init_chat_model|LM|from_pretrained|\w+Model|a?completion|a?embedding|from_provider"
    r"|model_request\w*|ReplicateModel)\(\)$"
)
"""Calls whose first argument is the model."""
_SET_BY = {"dspy": b"configure(", "llamaindex": b"Settings.llm"}
"""Libraries in which a model can be set for a whole program, and by what."""
_OF_MESSAGES = re.compile(
    r"langchain|llama_index|google\.|vertexai|anthropic|openai|litellm|pydantic_ai|mistralai|cohere"
)
"""Libraries whose objects hold parts of a prompt: ``SystemMessage(content=…)``."""
_GAP = "\0"
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class ReadCall:
    """A call as it was read: the site without its place, the models it may call, and the values that settle it."""

    site: CallSite
    models: Sequence[tuple[str | None, str | None, ModelOrigin]]
    settled_by: Sequence[Value]
    prompt: Prompt
    unknown_model: str = ""


def read_call(evaluator: Evaluator, shape: Shape, callee: Outside, site: CallSite) -> ReadCall | None:
    """Return what a call is given, None where it is none of a model's; ``callee`` ends with the call itself."""
    all_arguments = [arguments_of(evaluator, made) for made in callee.calls]
    all_arguments[-1] = arguments_of(evaluator, callee.calls[-1], shape.first)
    if shape.needs and not _is_needed(shape, all_arguments[0], all_arguments):
        return None
    site = replace(site, client=shape.client, operation=shape.operation, is_batch=shape.is_batch)
    provider = shape.provider
    if shape.is_http:
        return _read_http(evaluator, all_arguments, site, shape)
    if shape.client in {"langchain", "llamaindex", "pydantic-ai"}:
        provider = _provider_of_framework(callee.path)
    model = _model_value(evaluator, callee, all_arguments, shape)
    if shape.is_nested and model is None and shape.client == "langchain":
        return None  # a chain or tool of theirs without a model in it
    provider = _provider_at(all_arguments, provider)
    prompt = _prompt(evaluator, all_arguments, shape)
    limit, retries = _first_number(all_arguments, _LIMIT), _first_number(all_arguments, _RETRIES)
    settled = [value for value in (model, *_prompt_values(all_arguments)) if value is not None]
    site = replace(
        site,
        provider=provider,
        max_output_tokens=limit,
        max_retries=retries if retries is not None else shape.retries,
        images=prompt.images or None,
        fallbacks=tuple(_fallbacks(all_arguments)),
        is_batch=shape.is_batch,
    )
    model = _routed(model, all_arguments) if model is not None and ".Router()" in callee.path else model
    models, why = _models(evaluator, model, provider, shape)
    return ReadCall(site, models, settled, prompt, why)


def _is_needed(shape: Shape, first: Arguments, every: Sequence[Arguments]) -> bool:
    """Whether the client is made for the service that the call is one of."""
    for arguments in (first, *every[1:2]):
        for value in (*arguments.positional[:1], arguments.named.get("service_name")):
            for option in options_of(value) if value is not None else ():
                if isinstance(option, Literal) and option.value == shape.needs:
                    return True
    return False


def _model_value(
    evaluator: Evaluator, callee: Outside, all_arguments: Sequence[Arguments], shape: Shape, deep: int = 0
) -> Value | None:
    """Return what the model is told as, None where it is not told."""
    names = (*_AZURE_DEPLOYMENT, *_MODEL) if shape.is_deployment else _MODEL
    heads = _heads(callee.path, len(callee.calls))
    for arguments, head in zip(reversed(all_arguments), reversed(heads), strict=True):
        told = arguments.find(*names)
        if told is None and _FIRST_IS_MODEL.search(head) and arguments.positional:
            told = arguments.positional[0]
        if told is not None:
            return _inner_model(evaluator, told, shape, deep)
    if deep < _DEEPEST:
        for arguments in reversed(all_arguments):
            given = [arguments.named[name] for name in (*_NESTED, "assistant_id") if name in arguments.named]
            for value in (*given, *arguments.positional):
                found = _nested_model(evaluator, value, shape, deep)
                if found is not None:
                    return found
    return _configured_model(evaluator, shape) if deep == 0 else None


def _routed(value: Value, all_arguments: Sequence[Arguments]) -> Value:
    """Return the models that a router of LiteLLM has under a name: those of its list that are called so."""
    listed = all_arguments[0].named.get("model_list")
    found: list[Value] = []
    for name in options_of(value):
        for entry in listed.items if isinstance(listed, Listed) else ():
            called = entry.items.get("model_name") if isinstance(entry, Mapped) else None
            inner = entry.items.get("litellm_params") if isinstance(entry, Mapped) else None
            same = isinstance(called, Literal) and isinstance(name, Literal) and called.value == name.value
            if same and isinstance(inner, Mapped) and "model" in inner.items:
                found.append(inner.items["model"])
    return any_of(found) if found else value


def _nested_model(evaluator: Evaluator, value: Value, shape: Shape, deep: int) -> Value | None:
    """Return the model that an object holds which a call is given: of a client, an agent, a chain."""
    found: list[Value] = []
    for option in options_of(value):
        if isinstance(option, Outside) and option.calls:
            inner = [arguments_of(evaluator, made) for made in option.calls]
            model = _model_value(evaluator, option, inner, shape, deep + 1)
            if model is not None:
                found.append(model)
        elif isinstance(option, Piped):
            found.extend(m for s in option.steps if (m := _nested_model(evaluator, s, shape, deep + 1)) is not None)
    return any_of(found) if found else None


def _inner_model(evaluator: Evaluator, told: Value, shape: Shape, deep: int) -> Value:
    """Return a model that is told as an object, ``OpenAIModel("gpt-4o")``, as its name."""
    if deep >= _DEEPEST:
        return told
    options = []
    for option in options_of(told):
        is_object = isinstance(option, Outside) and option.calls and not option.path.startswith(("os.", "builtins."))
        found = _nested_model(evaluator, option, shape, deep + 1) if is_object else None
        options.append(found if found is not None else option)
    return any_of(options)


def _configured_model(evaluator: Evaluator, shape: Shape) -> Value | None:
    """Return the model that is set for a whole program: ``dspy.configure(lm=…)``, ``Settings.llm = …``."""
    if shape.client not in _SET_BY:
        return None
    for file in evaluator.modules.mentioning([_SET_BY[shape.client]]):
        module = evaluator.modules.module(file)
        for value in _set_in(evaluator, module, shape.client) if module is not None else ():
            found = _nested_model(evaluator, value, shape, 1)
            if found is not None:
                return found
    return None


def _set_in(evaluator: Evaluator, module: Module, client: str) -> Iterator[Value]:
    """Yield what a module sets as the model of a whole program."""
    if client == "llamaindex":
        for writes in (module.writes, *(function.writes for function in module.functions.values())):
            for write in writes.get("Settings.llm", ()):
                yield evaluator.value(write.node, evaluator.frame_of(write.function, module))
        return
    for call in (*module.calls.get("configure", ()), *module.calls.get("context", ())):
        frame = evaluator.frame_of(module.function_around(call), module)
        callee = evaluator.value(call.func, frame)
        if isinstance(callee, Outside) and callee.path.startswith("dspy."):
            yield from evaluator.arguments(Invocation(call, frame))


def _heads(path: str, calls: int) -> list[str]:
    """Return the path up to each of its calls, the last one without parentheses being the call itself."""
    whole = path if path.count("()") >= calls else f"{path}()"
    ends = [found.end() for found in re.finditer(r"\(\)", whole)]
    return [whole[:end] for end in ends][-calls:]


def _models(
    evaluator: Evaluator, value: Value | None, provider: str | None, shape: Shape
) -> tuple[list[tuple[str | None, str | None, ModelOrigin]], str]:
    """Return the models a call may be for, each with its provider and how it was found, and why one is not known."""
    if value is None:
        why = "the model stands in the batch's input file" if shape.is_batch else "no model is told in the call"
        return [(provider, None, "unknown")], why
    found: dict[str | None, tuple[str | None, str | None, ModelOrigin]] = {}
    why = ""
    for option in options_of(value):
        option = option.default if isinstance(option, Parameter) and option.default is not None else option  # noqa: PLW2901
        for one in options_of(option):
            name, origin = _name_of(one)
            if name is None:
                why = why or _why(one)
                found.setdefault(None, (provider, None, "unknown"))
                continue
            owner, model = plain_model(name, provider, has_prefix=shape.client in _PREFIXED)
            if owner in DEPLOYMENTS and shape.client != "anthropic":
                why = why or unknown_deployment(name)
                model, origin = model_of_deployment(model or name, evaluator.project.deployments)
            found.setdefault(model, (owner, model, origin))
    if len(found) > 1:
        found.pop(None, None)
    return list(found.values()), why


def _name_of(value: Value) -> tuple[str | None, ModelOrigin]:
    if isinstance(value, Literal) and isinstance(value.value, str) and value.value:
        return value.value, value.origin
    if isinstance(value, Outside) and not value.calls:  # an enumeration of the library: ChatModel.GPT_4O
        return None, "unknown"
    return None, "unknown"


def _why(value: Value) -> str:
    if isinstance(value, Unknown):
        return value.reason
    if isinstance(value, Parameter):
        return f"it is told by {value.name} of {value.function.qualified}"
    if isinstance(value, Text):
        return "its name is put together when it runs"
    return "it is worked out when it runs"


def _provider_of_framework(path: str) -> str | None:
    names = re.findall(r"([A-Za-z_]+)\(\)", path)
    return next((found for name in names if (found := provider_of_class(name)) is not None), None)


def _provider_at(all_arguments: Sequence[Arguments], provider: str | None) -> str | None:
    """Return whose models are called where a client is made for another address than its library's own."""
    for arguments in all_arguments:
        for name in ("base_url", "api_base", "openai_api_base"):
            value = arguments.named.get(name)
            for option in options_of(value) if value is not None else ():
                text = option.value if isinstance(option, Literal) else None
                if isinstance(text, str) and text:
                    return (
                        provider_of_host(text) or f"{UNKNOWN_SERVER}{re.sub(r'^[a-z]+://', '', text).partition('/')[0]}"
                    )
    return provider


def _first_number(all_arguments: Sequence[Arguments], names: Sequence[str]) -> int | None:
    """Return a number by its names, of the call before that of its client; the largest of several."""
    for arguments in reversed(all_arguments):
        value = arguments.find(*names)
        options = options_of(value) if value is not None else ()
        told = [o.default if isinstance(o, Parameter) and o.default is not None else o for o in options]
        numbers = [
            int(option.value)
            for option in told
            if isinstance(option, Literal)
            and isinstance(option.value, (int, float, str))
            and str(option.value).isdigit()
        ]
        if numbers:
            return max(numbers)
    return None


def _fallbacks(all_arguments: Sequence[Arguments]) -> Iterator[str]:
    """Yield the models that are called when the first one fails."""
    for arguments in all_arguments:
        for name in ("fallbacks", "fallback_models", "models"):
            value = arguments.named.get(name)
            for option in options_of(value) if value is not None else ():
                yield from _texts(option)


def _texts(value: Value) -> Iterator[str]:
    """Yield the texts of a list; of mappings in it their values, ``[{"gpt-4o": ["gpt-4o-mini"]}]``."""
    for item in value.items if isinstance(value, Listed) else ():
        if isinstance(item, Literal) and isinstance(item.value, str):
            yield item.value
        elif isinstance(item, Mapped):
            for inner in item.items.values():
                yield from _texts(inner if isinstance(inner, Listed) else Listed((inner,)))


def _prompt_values(all_arguments: Sequence[Arguments]) -> Iterator[Value]:
    for arguments in all_arguments:
        yield from (value for value in arguments.named.values() if not isinstance(value, Outside))
        yield from arguments.rest
    yield from all_arguments[-1].positional


def _prompt(evaluator: Evaluator, all_arguments: Sequence[Arguments], shape: Shape) -> Prompt:
    prompt = Prompt()
    seen = False
    for number, arguments in enumerate(reversed(all_arguments)):
        values = [value for name in PROMPT_NAMES if (value := arguments.named.get(name)) is not None]
        if not values and number == 0:
            inner = arguments.find(*PROMPT_NAMES)
            values = [inner] if inner is not None else list(arguments.positional[:1])
        for value in values:
            seen = True
            _add(evaluator, prompt, value)
    prompt.is_open = prompt.is_open or not seen or shape.is_nested
    return prompt


def _add(evaluator: Evaluator, prompt: Prompt, value: Value, deep: int = 0) -> None:
    """Add a value to a prompt, with the messages of libraries that are in it."""
    if isinstance(value, Outside) and value.calls and deep < _DEEPEST:
        if "image" in value.path.lower() or value.path.endswith((".from_bytes()", ".from_uri()")):
            prompt.images += 1
            return
        inside = list(texts_of_outside(evaluator, value)) if _OF_MESSAGES.match(value.path) else []
        prompt.is_open = prompt.is_open or not inside
        for inner in inside:
            _add(evaluator, prompt, inner, deep + 1)
        return
    if isinstance(value, Listed) and deep < _DEEPEST:
        prompt.is_open = prompt.is_open or value.is_open
        for item in value.items:
            _add(evaluator, prompt, item, deep + 1)
        return
    prompt.add(value)


def _read_http(
    evaluator: Evaluator, all_arguments: Sequence[Arguments], site: CallSite, shape: Shape
) -> ReadCall | None:
    """Return a call over HTTP, None where its address is none at which a model is called."""
    arguments = all_arguments[-1]
    for address in _addresses(all_arguments):
        endpoint = endpoint_of(address, _GAP)
        if endpoint is None:
            continue
        told = arguments.find("model", "modelId")
        value: Value | None = told
        if value is None and endpoint.model is not None:
            value = Literal(endpoint.model)
        operation: Operation = endpoint.operation
        limit = _first_number([arguments], _LIMIT)
        prompt = Prompt()
        found = [inner for name in PROMPT_NAMES if (inner := arguments.find(name)) is not None]
        for inner in found:
            prompt.add(inner)
        prompt.is_open = prompt.is_open or not found
        provider = (
            endpoint.provider or f"{UNKNOWN_SERVER}{address.replace(_GAP, '…').partition('://')[2].partition('/')[0]}"
        )
        models, why = _models(evaluator, value, provider, shape)
        site = replace(
            site, operation=operation, provider=provider, max_output_tokens=limit, is_batch=endpoint.is_batch,
            images=prompt.images or None,
        )  # fmt: skip
        settled = [v for v in (value, *arguments.named.values(), *arguments.positional) if v is not None]
        return ReadCall(site, models, settled, prompt, why)
    return None


def _addresses(all_arguments: Sequence[Arguments]) -> Iterator[str]:
    """Yield what a request's address may be, with marks where a part of it is not known."""
    last = all_arguments[-1]
    given = [last.named.get("url"), *last.positional[:2]]
    bases = [a.named.get("base_url") for a in all_arguments[:-1]]
    for value in given:
        for option in options_of(value) if value is not None else ():
            address = _with_gaps(option)
            for base in bases:
                for root in options_of(base) if base is not None else ():
                    if "://" not in address:
                        yield f"{_with_gaps(root).rstrip('/')}/{address.lstrip('/')}"
            yield address


def _with_gaps(value: Value) -> str:
    if isinstance(value, Literal):
        return str(value.value)
    if isinstance(value, Parameter) and value.default is not None:
        return _with_gaps(value.default)
    if isinstance(value, Text):
        return "".join(_with_gaps(piece) for piece in value.pieces)
    if isinstance(value, Outside) and value.path.endswith(("Request()", "URL()")) and value.calls[-1].call is not None:
        return _GAP
    return _GAP
