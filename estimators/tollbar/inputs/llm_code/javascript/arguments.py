"""What a call is given: the settings of a call by their many names, the texts of its prompt, and its history."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tollbar.inputs.llm_code.javascript.evaluation import arguments_of
from tollbar.inputs.llm_code.javascript.members import element_nodes, properties
from tollbar.inputs.llm_code.javascript.module import FUNCTIONS, ancestors, enclosing_class, text
from tollbar.inputs.llm_code.javascript.texts import number_of, texts_of
from tollbar.inputs.llm_code.javascript.values import UNKNOWN, Code, External, Option, Parameter, Plain
from tollbar.inputs.llm_code.token_count import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

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
_TEXTS = frozenset(
    {
        "messages", "prompt", "system", "input", "instructions", "contents", "content", "parts", "text",
        "systemInstruction", "systemPrompt", "system_prompt", "message", "preamble", "query", "inputText", "inputs",
        "template", "prefix", "suffix", "body", "json", "data", "params", "requests", "config",
    }
)  # fmt: skip
_DEEPEST_NEST, _DEEPEST_TEXT = 2, 8
_VARIABLE = re.compile(r"\{\{.*?\}\}|\{[A-Za-z_]\w*\}", re.DOTALL)
_CUT = re.compile(r"\.(slice|splice|shift)\(|\.length\s*(>|>=|=)|trim(Messages|History)|pruneMessages|summariz")


class Prompt(NamedTuple):
    """The tokens of a prompt that stand in the source, None where none do; the texts in it, to tell a task by."""

    tokens: int | None
    is_exact: bool
    text: str


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

    def prompt(self, model: str | None) -> Prompt:
        """Return the tokens of the texts that are sent, and whether they were counted with the model's vocabulary."""
        texts = list(dict.fromkeys(self._texts()))
        if not texts:
            return Prompt(None, is_exact=False, text="")
        known = [_VARIABLE.sub("", text.replace(UNKNOWN, "")) for text in texts]
        counts = [count(text, model) for text in known]
        return Prompt(sum(one.tokens for one in counts), all(one.is_exact for one in counts), "\n".join(known))

    def has_unbounded_history(self, call: Code) -> bool:
        """Whether the messages are a list to which every call adds and from which nothing is taken."""
        for code in self.given:
            for option in self._evaluation.options(code):
                value = option.value
                if isinstance(value, Code) and value.node.type == "object":
                    for key, node in properties(value.node):
                        if key in {"messages", "input", "contents", "history"} and _grows(node, value, call):
                            return True
                elif isinstance(value, Code) and _grows(code.node, code, call):
                    return True
        return False

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

    def _texts(self) -> Iterator[str]:
        for code in self.given:
            yield from self._texts_of(code, 0)

    def _texts_of(self, code: Code, depth: int) -> Iterator[str]:
        if depth > _DEEPEST_TEXT:
            return
        written = texts_of(self._evaluation, code)
        if written:
            yield max((found for found, _ in written), key=len)
            return
        for option in self._evaluation.options(code):
            yield from self._inner_texts(option, depth)

    def _inner_texts(self, option: Option, depth: int) -> Iterator[str]:
        value = option.value
        if isinstance(value, Plain):
            yield from _plain_texts(value.value)
        elif isinstance(value, External):
            for call in value.calls:
                for node in arguments_of(call.node):
                    yield from self._texts_of(call.at(node), depth + 1)
        elif isinstance(value, Code) and value.node.type == "object":
            for key, node in properties(value.node):
                if key in _TEXTS:
                    yield from self._texts_of(value.at(node), depth + 1)
        elif isinstance(value, Code) and value.node.type == "array":
            for node in element_nodes(value.node):
                inner = node.named_children[0] if node.type == "spread_element" and node.named_children else node
                yield from self._texts_of(value.at(inner), depth + 1)


def _plain_texts(value: object) -> Iterator[str]:
    """Yield the texts in a list of messages out of a file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _plain_texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in _TEXTS:
                yield from _plain_texts(one)


def _grows(node: Node, code: Code, call: Code) -> bool:
    """Whether an expression is a list that outlives the call, is added to beside it and never cut."""
    return any(
        _is_added_to(text(name), text(place)) for name in _lists_in(node) for place in _outliving(name, code, call)
    )


def _is_added_to(name: str, source: str) -> bool:
    escaped = re.escape(name)
    added = rf"(?<![\w.]){escaped}(\.push\(|\s*=\s*\[\s*\.\.\.{escaped}\b|\s*=\s*{escaped}\.concat\()"
    return re.search(added, source) is not None and _CUT.search(_lines_about(name, source)) is None


def _lists_in(node: Node) -> Iterator[Node]:
    """Yield the names of lists that an expression is, or spreads into a list."""
    if node.type in {"identifier", "shorthand_property_identifier"} or (
        node.type == "member_expression" and text(node).startswith("this.")
    ):
        yield node
    elif node.type == "array":
        for child in node.named_children:
            if child.type == "spread_element" and child.named_children:
                yield from _lists_in(child.named_children[0])
    elif node.type in {"as_expression", "parenthesized_expression", "non_null_expression", "satisfies_expression"}:
        yield from _lists_in(node.named_children[0])


def _outliving(name: Node, code: Code, call: Code) -> Iterator[Node]:
    """Yield where a list is added to that outlives the call: the module or class it is declared in, a loop around it."""
    if name.type == "member_expression":
        around = enclosing_class(name)
        if around is not None:
            yield around
        return
    binding = code.module.lookup(text(name), name)
    if binding is None or code.module.path != call.module.path or binding.kind == "import":
        return
    function = _function_around(call.node)
    declared = binding.node.start_byte
    if function is not None and not function.start_byte <= declared < function.end_byte:
        yield code.module.root
    for loop in (one for one in ancestors(call.node) if one.type in _LOOPS):
        if not loop.start_byte <= declared < loop.end_byte:
            yield loop


_LOOPS = frozenset({"for_statement", "for_in_statement", "while_statement", "do_statement"})


def _function_around(node: Node) -> Node | None:
    return next((around for around in ancestors(node) if around.type in FUNCTIONS), None)


def _lines_about(name: str, source: str) -> str:
    return "\n".join(one for one in source.splitlines() if name in one)
