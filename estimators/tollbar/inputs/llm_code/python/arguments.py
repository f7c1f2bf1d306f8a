"""What a call is given: arguments by name, also within a body or a configuration that it is given."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.python.values import (
    Invocation,
    Listed,
    Literal,
    Mapped,
    Outside,
    Value,
    any_of,
    options_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tollbar.inputs.llm_code.python.evaluation import Evaluator

_CONTAINERS = (
    "config", "generation_config", "generationConfig", "inferenceConfig", "body", "json", "data", "content",
    "extra_body", "litellm_params", "model_kwargs", "additionalModelRequestFields", "parameters", "params",
    "requests", "kwargs", "model_settings", "retrieveAndGenerateConfiguration", "knowledgeBaseConfiguration",
    "textGenerationConfig",
)  # fmt: skip
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one call: by position, by name, and what is spread into it without a known name."""

    evaluator: Evaluator
    positional: Sequence[Value]
    named: Mapping[str, Value]
    rest: Sequence[Value] = ()

    def find(self, *names: str) -> Value | None:
        """Return the argument with one of the names, or what stands so in a body or configuration it is given."""
        for name in names:
            if name in self.named:
                return self.named[name]
        for container in _CONTAINERS:
            if container in self.named:
                found = _within(self.evaluator, self.named[container], names, _DEEPEST)
                if found is not None:
                    return found
        return None


def arguments_of(evaluator: Evaluator, made: Invocation, first: Sequence[str] = ()) -> Arguments:
    """Return the arguments of a call; ``first`` names those by position."""
    positional: list[Value] = []
    named: dict[str, Value] = {}
    rest: list[Value] = []
    for one in (*made.bound, made):
        if one.call is None or one.frame is None:
            continue
        positional.extend([evaluator.value(argument, one.frame) for argument in one.call.args])
        for keyword in one.call.keywords:
            value = evaluator.value(keyword.value, one.frame)
            if keyword.arg is not None:
                named[keyword.arg] = value
                continue
            for option in options_of(value)[:1]:
                if isinstance(option, Mapped):
                    named.update(option.items)
                    rest.extend(option.rest)
                else:
                    rest.append(option)
    for name, value in zip(first, positional, strict=False):
        named.setdefault(name, value)
    return Arguments(evaluator, positional, named, rest)


def _within(evaluator: Evaluator, value: Value, names: Sequence[str], deep: int) -> Value | None:
    """Return what stands under one of the names in a mapping, at any depth that settings nest to."""
    if deep == 0:
        return None
    for option in options_of(value):
        items = _items(evaluator, option)
        for name in names:
            if name in items:
                return items[name]
        nested = [
            _within(evaluator, inner, names, deep - 1) for key, inner in items.items() if key in {*_CONTAINERS, "0"}
        ]
        found = [one for one in nested if one is not None]
        if found:
            return any_of(found)
    return None


def _items(evaluator: Evaluator, value: Value) -> Mapping[str, Value]:
    if isinstance(value, Mapped):
        return value.items
    if isinstance(value, Listed) and value.items:
        return {"0": value.items[0]}
    if isinstance(value, Literal) and isinstance(value.value, str) and value.value.lstrip().startswith("{"):
        try:
            parsed = json.loads(value.value)
        except ValueError:
            return {}
        return {key: Literal(item, value.origin) for key, item in parsed.items()} if isinstance(parsed, dict) else {}
    if isinstance(value, Outside) and value.calls:
        return arguments_of(evaluator, value.calls[-1]).named
    return {}
