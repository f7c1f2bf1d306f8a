"""What functions of the language and of packages give back, as far as a model or prompt is followed through them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from tollbar.inputs.llm_code.followed import mark_followed
from tollbar.inputs.llm_code.javascript.texts import text_of
from tollbar.inputs.llm_code.javascript.values import UNKNOWN, External, Option, Plain

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from tree_sitter import Node

    from tollbar.inputs.llm_code.javascript.module import Module
    from tollbar.inputs.llm_code.javascript.modules import Modules
    from tollbar.inputs.llm_code.javascript.values import Code
    from tollbar.inputs.llm_code.source_file import SourceFile

_FIRST_ARGUMENT = frozenset(
    {
        "JSON.stringify", "Object.freeze", "String", "Number", "parseInt", "parseFloat", "Promise.resolve",
        "Buffer.from", "TextEncoder().encode", "structuredClone", "Array.from",
    }
)  # fmt: skip
"""Functions of the language that give back what they are given, or the same in another form."""
_WRAPPERS = re.compile(
    r"(observeOpenAI|wrapOpenAI|wrapAnthropic|wrapSDK|wrapAISDK|wrapLanguageModel|withTracing|instrument\w*|traceable|cache)"
)
"""Functions of packages that give back a client or model they are given, with tracing or a cache around it."""
_READ_FILE = re.compile(r"(default\.)?(promises\.)?readFile(Sync)?")
_PARSE = re.compile(r"(default\.)?(load|parse|safeLoad|parseDocument)")
_YAML = frozenset({"yaml", "js-yaml"})
_FILES = frozenset({"fs", "fs/promises", "fs-extra"})


class Evaluator(Protocol):
    """What follows an expression in modules."""

    modules: Modules

    def options(self, code: Code) -> list[Option]:
        """Return what an expression may stand for."""

    def member(self, option: Option, name: str) -> list[Option]:
        """Return what a property of something may stand for."""

    def imported(self, specifier: str, name: str, importer: Module) -> list[Option]:
        """Return what an import means."""

    def environment(self, name: str) -> Option:
        """Return an environment variable's value."""

    def entered(self, code: Code) -> AbstractContextManager[bool]:
        """Look into a text: False where it is being looked into already, or it is too deep."""


def called_external(evaluation: Evaluator, function: External, code: Code) -> list[Option]:
    """Return what a call of a function of a package, or of the language (package ""), may give back."""
    arguments = _arguments(code.node)
    package, path = function.package, function.path
    first = code.at(arguments[0]) if arguments else None
    if first is not None:
        found = _known(evaluation, function, first, arguments, code)
        if found is not None:
            return found
    return [Option(External(package, f"{path}()", (*function.calls, code)))]


def _known(  # noqa: PLR0911 -- one for each kind of function
    evaluation: Evaluator, function: External, first: Code, arguments: list[Node], code: Code
) -> list[Option] | None:
    package, path = function.package, function.path
    if not package and path in {"require", "import"}:
        specifier = text_of(evaluation, first)
        return evaluation.imported(specifier, "*", code.module) if specifier and UNKNOWN not in specifier else []
    if not package and path == "Deno.env.get":
        return [evaluation.environment(text_of(evaluation, first) or "")]
    if not package and path in _FIRST_ARGUMENT:
        return evaluation.options(first)
    if package in _FILES and _READ_FILE.fullmatch(path):
        return _file(evaluation, first)
    if (package in _YAML and _PARSE.fullmatch(path)) or (not package and path == "JSON.parse"):
        return _parsed(evaluation, first)
    if package and _WRAPPERS.fullmatch(path.removeprefix("default.")):
        options = evaluation.options(first)
        inner = [found for option in options for found in evaluation.member(option, "model")]
        return [one for one in [*options, *inner] if isinstance(one.value, External)] or None
    if package in {"@nestjs/config", "config"} and re.fullmatch(r"(default|ConfigService\(\))?\.?get(OrThrow)?", path):
        return _setting(evaluation, first, arguments, code)
    return None


def _setting(evaluation: Evaluator, first: Code, arguments: list[Node], code: Code) -> list[Option]:
    """Return what ``config.get("llm.model", "gpt-4o")`` gives: a variable, a setting of config/default, the default."""
    name = text_of(evaluation, first) or ""
    known = evaluation.environment(name)
    if known.origin == "configuration":
        return [known]
    for ending in ("json", "yaml", "yml"):
        for file in evaluation.modules.project.ending_with(f"config/default.{ending}"):
            options = [Option(Plain(evaluation.modules.project.configuration(file), str(file.path)), "configuration")]
            for part in name.split("."):
                options = [found for option in options for found in evaluation.member(option, part)]
            if options:
                return options
    default = evaluation.options(code.at(arguments[1])) if len(arguments) > 1 else []
    return [option.further("environment_default") for option in default] or [known]


def _file(evaluation: Evaluator, path: Code) -> list[Option]:
    """Return the text of a file of the project that is read by its path."""
    file = file_of(evaluation, path)
    if file is None:
        return []
    mark_followed(evaluation.modules.project, file)
    try:
        return [Option(Plain(file.text, str(file.path)), "configuration")]
    except (OSError, UnicodeDecodeError):
        return []


def file_of(evaluation: Evaluator, path: Code) -> SourceFile | None:
    """Return the file of the project that a path ends with, what of it is not known left out."""
    written = text_of(evaluation, path) or ""
    tail = re.sub(r"^(\.{0,2}/)+", "", written.rpartition(UNKNOWN)[2])
    found = evaluation.modules.project.ending_with(tail) if "." in tail else ()
    return found[0] if found else None


def _parsed(evaluation: Evaluator, code: Code) -> list[Option]:
    """Return what a file of settings holds that is read and parsed."""
    project = evaluation.modules.project
    found = []
    for option in evaluation.options(code):
        if isinstance(option.value, Plain) and option.value.file:
            for file in project.ending_with(option.value.file)[:1]:
                settings = project.configuration(file)
                found.append(Option(Plain(settings, option.value.file), "configuration"))
        else:
            found.append(option)
    return found


def _arguments(call: Node) -> list[Node]:
    arguments = call.child_by_field_name("arguments")
    if arguments is None or arguments.type == "template_string":
        return []
    return [child for child in arguments.named_children if child.type != "comment"]
