"""Modules: from a directory to the blocks it declares, by name."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.inputs.hcl.json_syntax import parse_json_body
from tollbar.inputs.hcl.parser import parse_body
from tollbar.inputs.hcl.syntax import Argument, Attribute, Block, Body, Literal, Traversal
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tollbar.inputs.hcl.syntax import Expression

_SUFFIXES = (".tf", ".tf.json")


@dataclass(slots=True)
class Module:
    """What one directory declares.

    ``resources`` are by ``type.name``, data sources among them by ``data.type.name``; ``providers`` by
    the name that resources use (``aws``, ``aws.west``).
    """

    directory: Path
    shown: str
    variables: dict[str, Block] = field(default_factory=dict)
    locals: dict[str, Argument] = field(default_factory=dict)
    resources: dict[str, Block] = field(default_factory=dict)
    calls: dict[str, Block] = field(default_factory=dict)
    outputs: dict[str, Block] = field(default_factory=dict)
    providers: dict[str, Block] = field(default_factory=dict)


def has_terraform_files(directory: Path) -> bool:
    """Whether a directory holds a module."""
    return any(entry.name.endswith(_SUFFIXES) for entry in directory.iterdir() if entry.is_file())


def load_module(directory: Path, shown: str) -> Module:
    """Return the module in a directory; ``shown`` is how errors name the directory.

    Raises:
        InputError: A file is not valid, or two blocks have the same name.
    """
    module = Module(directory, shown)
    files = sorted(entry for entry in directory.iterdir() if entry.is_file() and entry.name.endswith(_SUFFIXES))
    for file in sorted(files, key=_is_override):
        for block in _body(file, os.path.join(shown, file.name)).blocks:  # noqa: PTH118 -- keeps "./infra" as it is
            _declare(module, block, overrides=_is_override(file))
    return module


def provider_key(expression: Expression) -> str:
    """Return the provider that an expression names: ``aws.west``."""
    if isinstance(expression, Traversal):
        return ".".join([expression.root, *(step.name for step in expression.steps if isinstance(step, Attribute))])
    return str(expression.value) if isinstance(expression, Literal) else ""


def _is_override(file: Path) -> bool:
    name = file.name.partition(".")[0]
    return name == "override" or name.endswith("_override")


def _body(file: Path, shown: str) -> Body:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as failure:
        raise InputError(f"cannot be read: {failure.strerror}", location=Location(shown)) from failure
    except UnicodeDecodeError as wrong:
        raise InputError("this is not a text file in UTF-8", location=Location(shown)) from wrong
    return parse_json_body(text, shown) if file.name.endswith(".json") else parse_body(text, shown)


def _declare(module: Module, block: Block, *, overrides: bool) -> None:
    if block.kind == "locals":
        module.locals.update(block.body.arguments)
        return
    for name, declared in _named(module, block):
        if name in declared and not overrides:
            message = f"{block.kind} {name} is declared twice, the first time in {declared[name].location}"
            raise InputError(message, location=block.location)
        declared[name] = _merged(declared[name], block) if name in declared else block


def _named(module: Module, block: Block) -> Iterator[tuple[str, dict[str, Block]]]:
    """Yield the name of a block and where it belongs; nothing for blocks that declare nothing to price."""
    kinds: Mapping[str, dict[str, Block]] = {
        "variable": module.variables,
        "module": module.calls,
        "output": module.outputs,
        "provider": module.providers,
    }
    labels = block.labels
    if block.kind in {"resource", "data"} and len(labels) == 2:
        yield ".".join(labels if block.kind == "resource" else ("data", *labels)), module.resources
    elif block.kind == "provider" and labels:
        alias = block.body.arguments.get("alias")
        name = provider_key(alias.expression) if alias else ""
        yield f"{labels[0]}.{name}" if name else labels[0], module.providers
    elif block.kind in kinds and labels:
        yield labels[0], kinds[block.kind]


def _merged(base: Block, override: Block) -> Block:
    """Return a block with what an override file sets: arguments one by one, nested blocks kind by kind."""
    replaced = {block.kind for block in override.body.blocks}
    kept = tuple(block for block in base.body.blocks if block.kind not in replaced)
    body = Body({**base.body.arguments, **override.body.arguments}, (*kept, *override.body.blocks))
    return Block(base.kind, base.labels, body, base.location)
