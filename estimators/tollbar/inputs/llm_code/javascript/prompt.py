"""What of a call's prompt stands in the source: its texts, whether there is more, images, history that only grows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.javascript.evaluation import arguments_of
from tollbar.inputs.llm_code.javascript.members import element_nodes, properties
from tollbar.inputs.llm_code.javascript.module import FUNCTIONS, ancestors, enclosing_class, string, text
from tollbar.inputs.llm_code.javascript.texts import texts_of
from tollbar.inputs.llm_code.javascript.values import UNKNOWN, Code, External, Option, Plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from tollbar.inputs.llm_code.javascript.evaluation import Evaluation

_TEXTS = frozenset(
    {
        "messages", "prompt", "system", "input", "instructions", "contents", "content", "parts", "text",
        "systemInstruction", "systemPrompt", "system_prompt", "message", "preamble", "query", "inputText", "inputs",
        "template", "prefix", "suffix", "question",
    }
)  # fmt: skip
"""The properties in which a prompt stands, by all packages' names."""
_AROUND = frozenset({"body", "json", "data", "params", "requests", "config", "request", "options"})
"""The properties that may hold such properties."""
_IMAGES = frozenset({"image_url", "input_image", "image", "inlineData", "inline_data", "fileData"})
_DEEPEST = 8
_VARIABLE = re.compile(r"\{\{.*?\}\}|\{[A-Za-z_]\w*\}", re.DOTALL)
_CUT = re.compile(r"\.(slice|splice|shift)\(|\.length\s*(>|>=|=)|trim(Messages|History)|pruneMessages|summariz")
_LOOPS = frozenset({"for_statement", "for_in_statement", "while_statement", "do_statement"})
_IN_BRACKETS = frozenset(
    {"as_expression", "parenthesized_expression", "non_null_expression", "satisfies_expression", "await_expression"}
)


@dataclass
class Prompt:
    """The texts of a prompt that are known; ``is_open``: there is more that the source does not tell."""

    texts: list[str] = field(default_factory=list)
    is_open: bool = False
    images: int = 0

    @property
    def text(self) -> str:
        """All texts, what is put into them when they run left out."""
        return "\n".join(dict.fromkeys(self.texts))

    def add(self, written: str) -> None:
        """Add a text; marks of unknown parts and the variables of a template stand for what is not known."""
        known = _VARIABLE.sub("", written.replace(UNKNOWN, ""))
        self.is_open = self.is_open or known != written
        if known.strip():
            self.texts.append(known)


class PromptReader:
    """Reads the prompts of calls."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation

    def read(self, given: Sequence[Code]) -> Prompt:
        """Return the prompt in what a call is given."""
        prompt = Prompt()
        for code in given:
            self._add_argument(prompt, code, 0)
        prompt.is_open = prompt.is_open or not prompt.texts
        return prompt

    def _add_argument(self, prompt: Prompt, code: Code, depth: int) -> None:
        """Add an argument: a text, messages, or an object of which some properties are the prompt."""
        for option in self._evaluation.options(code)[:1]:
            value = option.value
            if isinstance(value, Code) and value.node.type == "object":
                self._add_properties(prompt, value, depth)
            elif depth == 0 or not isinstance(value, (Plain, Code)):
                self._add(prompt, code, depth)
            else:
                self._add_argument_list(prompt, value, depth)

    def _add_argument_list(self, prompt: Prompt, value: Plain | Code, depth: int) -> None:
        if isinstance(value, Code) and value.node.type == "array" and depth < _DEEPEST:
            for node in element_nodes(value.node):
                self._add_argument(prompt, value.at(node), depth + 1)

    def _add_properties(self, prompt: Prompt, owner: Code, depth: int) -> None:
        for key, node in properties(owner.node):
            if key in _TEXTS:
                self._add(prompt, owner.at(node), depth + 1)
            elif key in _AROUND and depth < _DEEPEST:
                self._add_argument(prompt, owner.at(node), depth + 1)

    def _add(self, prompt: Prompt, code: Code, depth: int) -> None:
        """Add what is a part of the prompt as a whole; what cannot be followed leaves it open."""
        written = texts_of(self._evaluation, code)
        if written:
            prompt.add(max((found for found, _ in written), key=len))
            return
        options = self._evaluation.options(code)
        if not options or depth > _DEEPEST:
            prompt.is_open = True
            return
        for option in options:
            self._add_option(prompt, option, depth)

    def _add_option(self, prompt: Prompt, option: Option, depth: int) -> None:
        value = option.value
        if isinstance(value, Plain):
            _add_plain(prompt, value.value)
        elif isinstance(value, External):
            prompt.is_open = prompt.is_open or not value.calls
            for call in value.calls:
                for node in arguments_of(call.node):
                    self._add(prompt, call.at(node), depth + 1)
        elif isinstance(value, Code) and value.node.type == "object":
            self._add_part(prompt, value, depth)
        elif isinstance(value, Code) and value.node.type == "array":
            for node in element_nodes(value.node):
                inner = node.named_children[0] if node.type == "spread_element" and node.named_children else node
                self._add(prompt, value.at(inner), depth + 1)
        else:
            prompt.is_open = True

    def _add_part(self, prompt: Prompt, value: Code, depth: int) -> None:
        """Add a message or a part of one."""
        named = dict(properties(value.node))
        kind = named.get("type")
        is_image = kind is not None and kind.type == "string" and string(kind) in _IMAGES
        if is_image or _IMAGES & named.keys():
            prompt.images += 1
            return
        self._add_properties(prompt, value, depth)


def has_unbounded_history(evaluation: Evaluation, given: Sequence[Code], call: Code) -> bool:
    """Whether the messages are a list to which every call adds and from which nothing is taken."""
    for code in given:
        for option in evaluation.options(code):
            value = option.value
            if isinstance(value, Code) and value.node.type == "object":
                lists = [n for key, n in properties(value.node) if key in {"messages", "input", "contents", "history"}]
                if any(_grows(node, value, call) for node in lists):
                    return True
            elif isinstance(value, Code) and _grows(code.node, code, call):
                return True
    return False


def _add_plain(prompt: Prompt, value: object) -> None:
    """Add the texts in a list of messages out of a file."""
    if isinstance(value, str):
        prompt.add(value)
    elif isinstance(value, list):
        for one in value:
            _add_plain(prompt, one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in _TEXTS:
                _add_plain(prompt, one)


def _grows(node: Node, code: Code, call: Code) -> bool:
    """Whether an expression is a list that outlives the call, is added to beside it and never cut."""
    return any(
        _is_added_to(text(name), text(place)) for name in _lists_in(node) for place in _outliving(name, code, call)
    )


def _is_added_to(name: str, source: str) -> bool:
    escaped = re.escape(name)
    added = rf"(?<![\w.]){escaped}(\.push\(|\s*=\s*\[\s*\.\.\.{escaped}\b|\s*=\s*{escaped}\.concat\()"
    about = "\n".join(one for one in source.splitlines() if name in one)
    return re.search(added, source) is not None and _CUT.search(about) is None


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
    elif node.type in _IN_BRACKETS:
        yield from _lists_in(node.named_children[0])


def _outliving(name: Node, code: Code, call: Code) -> Iterator[Node]:
    """Yield where a list that outlives the call may be added to: its module or class, a loop around the call."""
    if name.type == "member_expression":
        around = enclosing_class(name)
        if around is not None:
            yield around
        return
    binding = code.module.lookup(text(name), name)
    if binding is None or code.module.path != call.module.path or binding.kind == "import":
        return
    function = next((around for around in ancestors(call.node) if around.type in FUNCTIONS), None)
    declared = binding.node.start_byte
    if function is not None and not function.start_byte <= declared < function.end_byte:
        yield code.module.root
    for loop in (one for one in ancestors(call.node) if one.type in _LOOPS):
        if not loop.start_byte <= declared < loop.end_byte:
            yield loop
