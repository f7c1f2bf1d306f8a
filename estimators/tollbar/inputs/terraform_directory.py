"""Terraform directories, evaluated by tfparse: modules, locals, functions, count, for_each, dynamic."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.inputs.directory_blocks import DeclaredBlock, declared_blocks, named_values, reads_what_only_apply_tells
from tollbar.inputs.evaluated_blocks import (
    META,
    UNEVALUATED,
    EvaluatedBlocks,
    ResourceValues,
    is_unevaluated,
    module_of,
    path_of,
)
from tollbar.inputs.interface import Declaration, Source
from tollbar.inputs.names import with_references_by_name
from tollbar.inputs.provider import Provider, base_name, cloud_of, provider_name
from tollbar.inputs.region import region_of, with_regions_of_references
from tollbar.inputs.tags import known_tags, tags_of
from tollbar.inputs.tfvars import given_names, variable_files
from tollbar.location import Location
from tollbar.resource import UNKNOWN, Attributes, Inventory, Resource, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.inputs.interface import ReadOptions

_PARSE_ERROR = re.compile(r"(?P<file>[^\s:]+\.tf(?:\.json)?):(?P<line>\d+),\d+-[\d,]+: (?P<message>.*)", re.DOTALL)
_INDEX = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]$')
_ANY_INDEX = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
_HOW_TO_PLAN = "Price the plan instead: terraform plan -out plan && terraform show -json plan > plan.json"
_LOCAL_SOURCES = ("./", "../")


class TerraformDirectoryReader:
    """Reads a directory with ``*.tf`` or ``*.tf.json`` files."""

    def can_read(self, path: Path) -> bool:
        """Whether the path is a directory that holds Terraform files."""
        return path.is_dir() and any(file.name.endswith((".tf", ".tf.json")) for file in path.iterdir())

    def read(self, path: Path, options: ReadOptions) -> Declaration:
        """Return the declared resources; a directory tells nothing of the state before."""
        without_values = _evaluated(path, [], options.workspace)
        declared = {block[META]["label"] for block in _root_variables(without_values)}
        with variable_files(path, declared, options) as files:
            _require_values(path, without_values, given_names(files))
            blocks = _evaluated(path, files, options.workspace)
        return _Directory(path, blocks, options).declaration()


def _evaluated(directory: Path, files: list[Path], workspace: str) -> EvaluatedBlocks:
    from tfparse import ParseError, load_from_path  # noqa: PLC0415 -- starts a Go runtime

    relative = [os.path.relpath(file, directory) for file in files]
    try:
        document = load_from_path(
            str(directory), stop_on_hcl_error=True, workspace_name=workspace, vars_paths=relative or None
        )
    except ParseError as error:
        raise _parse_error(directory, str(error)) from None
    return EvaluatedBlocks(document)


def _parse_error(directory: Path, text: str) -> InputError:
    match = _PARSE_ERROR.search(text)
    if match is None:
        return InputError(f"not valid Terraform: {text}", location=Location(str(directory)))
    location = Location(str(directory / match["file"]), int(match["line"]))
    return InputError(f"not valid Terraform: {' '.join(match['message'].split())}", location=location)


def _root_variables(blocks: EvaluatedBlocks) -> Iterator[dict[str, Any]]:
    return (block for block in blocks.of_kind("variable") if not module_of(path_of(block)))


def _require_values(directory: Path, blocks: EvaluatedBlocks, given: set[str]) -> None:
    """Refuse a variable without a value, as Terraform does: a cost that depends on it would be a guess."""
    for block in _root_variables(blocks):
        name = block[META]["label"]
        if "default" not in block and name not in given:
            location = Location(str(directory / block[META]["filename"]), block[META]["line_start"])
            raise InputError(
                f"the variable {name!r} has no value",
                location=location,
                hint=f"Give one with --var {name}=VALUE or in a file with --var-file FILE.",
            )


@dataclass(frozen=True, slots=True)
class _Undecided:
    """A block whose number of instances only apply will tell."""

    block: DeclaredBlock
    address: str
    reason: str


class _Directory:
    """An evaluated directory on its way to the inventory."""

    def __init__(self, path: Path, blocks: EvaluatedBlocks, options: ReadOptions) -> None:
        self._path = path
        self._blocks = blocks
        self._environment = options.environment
        self._declared = {module: list(self._declared_in(module)) for module in self._modules()}
        self._warnings: list[str] = []

    def declaration(self) -> Declaration:
        """Return the declaration."""
        resources = [self._resource(kind, block) for kind, block in self._blocks.resources()]
        undecided = [self._undecided_resource(found) for found in self._dropped()]
        found = with_regions_of_references(with_references_by_name([*resources, *(r for r in undecided if r)]))
        self._warnings.extend(self._unread_modules())
        return Declaration(
            source=Source("terraform_directory", str(self._path)),
            after=Inventory(tuple(found)),
            warnings=tuple(dict.fromkeys(self._warnings)),
        )

    def _resource(self, kind: str, block: dict[str, Any]) -> Resource:
        values = ResourceValues(block, self._blocks)
        address, cloud, attributes = path_of(block), cloud_of(kind), Attributes(values.attributes)
        provider = self._provider(kind, block)
        resource = Resource(
            address=address,
            type=kind,
            name=_INDEX.sub("", address).rpartition(".")[2],
            cloud=cloud,
            region=region_of(cloud, attributes, provider, self._environment),
            attributes=attributes,
            tags=tags_of(cloud, attributes, provider.default_tags),
            references=values.references,
            location=Location(str(self._path / block[META]["filename"]), block[META]["line_start"]),
        )
        if "count" in block and not isinstance(block["count"], int | float):
            return self._of_unknown_count(resource, block)
        return resource

    def _of_unknown_count(self, resource: Resource, block: dict[str, Any]) -> Resource:
        count = block["count"]
        asked = count.get(UNEVALUATED) if isinstance(count, dict) else None
        on = asked or ", ".join(_reference_names(block)) or "something that only a plan tells"
        address = _INDEX.sub("", resource.address)
        return replace(resource, address=address, undecided_count=f"its count depends on {on}")

    # --- providers --------------------------------------------------------------------------------

    def _provider(self, kind: str, block: dict[str, Any]) -> Provider:
        named = block.get("provider")
        asked = str(named.get(UNEVALUATED)) if isinstance(named, dict) else base_name(provider_name(kind))
        return self._configured_provider(module_of(path_of(block)), asked)

    def _configured_provider(self, module: str, name: str) -> Provider:
        """Return a provider as a module sees it: its own block, the one it is handed, or the caller's."""
        for block in self._blocks.of_kind("provider"):
            if module_of(path_of(block)) == module and _provider_key(block) == name:
                return _provider_of(block)
        if not module:
            return Provider()
        caller = module_of(module)
        call = _ANY_INDEX.sub("", module.removeprefix(f"{caller}.") if caller else module)
        handed = next((b.providers() for b in self._declared.get(caller, ()) if b.name == call), {})
        return self._configured_provider(caller, handed.get(name, name))

    # --- what tfparse leaves out ------------------------------------------------------------------

    def _modules(self) -> list[str]:
        paths = [path_of(block) for kind in self._blocks.by_kind for block in self._blocks.of_kind(kind)]
        return sorted({module_of(path) for path in paths} | {""})

    def _declared_in(self, module: str) -> Iterator[DeclaredBlock]:
        folders = {
            Path(block[META]["filename"]).parent
            for blocks in self._blocks.by_kind.values()
            for block in blocks
            if module_of(path_of(block)) == module
        }
        for folder in folders or {Path()}:
            yield from declared_blocks(self._path / folder, self._path / folder)

    def _dropped(self) -> Iterator[_Undecided]:
        """Yield the blocks that tfparse dropped because their ``for_each`` is known only after apply."""
        present = {_INDEX.sub("", path) for path in self._blocks.by_path}
        for module, declared in self._declared.items():
            for block in declared:
                address = f"{module}.{block.name}" if module else block.name
                expression = block.for_each()
                if expression is None or address in present:
                    continue
                if cause := self._unknown_cause(module, expression):
                    yield _Undecided(block, address, f"its for_each depends on {cause}")

    def _unknown_cause(self, module: str, expression: str) -> str | None:
        """Return what of an expression cannot be told, None where tfparse could tell (and it was empty)."""
        if cause := reads_what_only_apply_tells(expression):
            return cause
        for kind, name in named_values(expression):
            if self._is_unknown_value(module, kind, name):
                return f"{kind}.{name}"
        return None

    def _is_unknown_value(self, module: str, kind: str, name: str) -> bool:
        if kind == "var":
            call = self._blocks.by_path.get(module)
            return call is not None and name in call and is_unevaluated(call[name])
        locals_of_module = (b for b in self._blocks.of_kind("locals") if module_of(path_of(b)) == module)
        return any(name in block and is_unevaluated(block[name]) for block in locals_of_module)

    def _undecided_resource(self, found: _Undecided) -> Resource | None:
        if found.block.name.startswith("module."):
            where = f"{found.block.location}: " if found.block.location else ""
            self._warnings.append(f"{where}{found.address} is not priced: {found.reason}. {_HOW_TO_PLAN}")
            return None
        kind, _, name = found.block.name.partition(".")
        cloud = cloud_of(kind)
        provider = self._configured_provider(module_of(found.address), base_name(provider_name(kind)))
        return Resource(
            address=found.address,
            type=kind,
            name=name,
            cloud=cloud,
            region=region_of(cloud, Attributes(), provider, self._environment),
            attributes=Attributes(),
            tags=dict(provider.default_tags),
            location=found.block.location,
            undecided_count=found.reason,
        )

    def _unread_modules(self) -> Iterator[str]:
        """Yield a warning for every module whose files are not there."""
        read = {module for module, declared in self._declared.items() if declared}
        for block in self._blocks.of_kind("module"):
            path, source = path_of(block), str(block.get("source", ""))
            if path in read or any(other.startswith(f"{path}.") for other in self._blocks.by_path):
                continue
            where = Location(str(self._path / block[META]["filename"]), block[META]["line_start"])
            what = (
                "is not there" if source.startswith(_LOCAL_SOURCES) else "has not been downloaded: run terraform init"
            )
            yield f"{where}: {path} is not priced, its source {source!r} {what}"


def _provider_key(block: dict[str, Any]) -> str:
    label, alias = str(block[META]["label"]), block.get("alias")
    return f"{base_name(label)}.{alias}" if alias else base_name(label)


def _provider_of(block: dict[str, Any]) -> Provider:
    tags = block.get("default_tags") or {}
    labels = block.get("default_labels") or {}
    tags = tags[0] if isinstance(tags, list) else tags
    return Provider(
        region=_setting(block, "region"),
        zone=_setting(block, "zone"),
        default_tags={**known_tags(tags.get("tags")), **known_tags(labels)},
    )


def _setting(block: dict[str, Any], name: str) -> str | Unknown | None:
    value = block.get(name)
    if value is None:
        return UNKNOWN if name in block else None
    return value if isinstance(value, str) else UNKNOWN


def _reference_names(block: dict[str, Any]) -> list[str]:
    references = block[META].get("references", [])
    return [
        f"{found['label']}.{found['name']}" if found.get("name") else f"var.{found['label']}" for found in references
    ]
