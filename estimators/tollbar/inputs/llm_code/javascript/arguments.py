"""What a call is given: its settings by their many names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.javascript.evaluation import arguments_of
from tollbar.inputs.llm_code.javascript.texts import number_of, texts_of
from tollbar.inputs.llm_code.javascript.values import Code, External, Option, Parameter, Plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tollbar.inputs.llm_code.javascript.evaluation import Evaluation

MODEL = (
    "model", "modelName", "modelId", "model_id", "azureOpenAIApiDeploymentName", "deploymentName", "deployment",
    "deploymentId", "engine", "llm",
)  # fmt: skip
MOST_OUTPUT = (
    "max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens", "maxCompletionTokens", "maxTokens",
    "max_tokens_to_sample", "maxTokensToSample", "maxTokenCount", "max_gen_len",
)  # fmt: skip
ADDRESS = ("baseURL", "baseUrl", "base_url", "basePath", "serverURL", "endpoint", "apiHost")
_NESTED = (
    "config", "generationConfig", "inferenceConfig", "body", "parameters", "options", "request", "params", "requests",
    "json", "data", "textGenerationConfig", "configuration", "clientOptions", "modelKwargs",
)  # fmt: skip
_DEEPEST_NEST = 2


class Arguments:
    """The arguments of one or several calls; what the first ones tell counts before what later ones do."""

    def __init__(self, evaluation: Evaluation, given: Sequence[Code]) -> None:
        self._evaluation = evaluation
        self.given = given

    @classmethod
    def of(cls, evaluation: Evaluation, calls: Iterable[Code]) -> Arguments:
        """Return the arguments of some calls."""
        return cls(evaluation, [call.at(node) for call in calls for node in arguments_of(call.node)])

    def find(self, names: Sequence[str], *, of_parameters: bool = False) -> list[Option]:
        """Return what a setting may be that has several names, also within ``generationConfig`` and its like.

        ``of_parameters``: where nothing else tells, it may be a property of what a function is given.
        """
        options = [option for code in self.given for option in self._evaluation.options(code)]
        known = [option for option in options if not isinstance(option.value, (External, Parameter))]
        found = self._find(known, names, 0)
        if found or not of_parameters:
            return found
        return self._find(
            [option for option in options if isinstance(option.value, Parameter)], names[:1], _DEEPEST_NEST
        )

    def number(self, names: Sequence[str]) -> int | None:
        """Return a setting that is a whole number."""
        for option in self.find(names):
            value = option.value
            if isinstance(value, Plain) and isinstance(value.value, int) and not isinstance(value.value, bool):
                return value.value
            if isinstance(value, Code):
                found = number_of(self._evaluation, value)
                if found is not None:
                    return found
        return None

    def text(self, names: Sequence[str]) -> str | None:
        """Return a setting that is a text, with its unknown parts marked."""
        for option in self.find(names):
            if isinstance(option.value, Code):
                found = texts_of(self._evaluation, option.value)
                if found:
                    return found[0][0]
            if isinstance(option.value, Plain) and isinstance(option.value.value, str):
                return option.value.value
        return None

    def first_number(self) -> int | None:
        """Return the first argument where it is a whole number."""
        return number_of(self._evaluation, self.given[0]) if self.given else None

    def _find(self, options: list[Option], names: Sequence[str], depth: int) -> list[Option]:
        for name in names:
            for option in options:
                found = self._evaluation.member(option, name)
                if found:
                    return found
        if depth >= _DEEPEST_NEST:
            return []
        for name in _NESTED:
            for option in options:
                inner = [
                    one
                    for each in self._evaluation.member(option, name)
                    for one in (self._evaluation.elements(each) or [each])
                    if not isinstance(one.value, (External, Parameter))
                ]
                found = self._find(inner, names, depth + 1) if inner else []
                if found:
                    return found
        return []
