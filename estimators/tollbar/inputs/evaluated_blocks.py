"""What tfparse makes of a directory, brought into the form of a plan.

tfparse gives every block a made-up ``id``; a value that is such an id is the id of another resource,
known only after apply. What it cannot evaluate is ``{"__attribute__": …}``. A nested block stands as a
mapping, several of one name as a list of mappings; a plan has a list in either case.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

META = "__tfmeta"
UNEVALUATED = "__attribute__"
_MADE_UP_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_META_ARGUMENTS = {"count", "for_each", "provider", "depends_on", "lifecycle", "connection", "provisioner", "id"}


@dataclass(frozen=True)
class EvaluatedBlocks:
    """All blocks of a directory, as tfparse evaluated them, by their kind (a resource's by its type)."""

    by_kind: Mapping[str, list[dict[str, Any]]]
    by_id: Mapping[str, dict[str, Any]] = field(init=False, repr=False)
    by_path: Mapping[str, dict[str, Any]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the blocks by made-up id and by path."""
        blocks = [block for blocks in self.by_kind.values() for block in blocks]
        object.__setattr__(self, "by_id", {block["id"]: block for block in blocks if "id" in block})
        object.__setattr__(self, "by_path", {path_of(block): block for block in blocks})

    def resources(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the type and block of every managed resource."""
        for kind, blocks in self.by_kind.items():
            for block in blocks:
                if block[META].get("type") == "resource":
                    yield kind, block

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        """Return the blocks of one kind: ``provider``, ``module``, ``variable``, ``locals``."""
        return self.by_kind.get(kind, [])

    def address_of(self, made_up_id: str) -> str | None:
        """Return the address of the resource whose made-up id this is, None where it is no resource's."""
        block = self.by_id.get(made_up_id)
        return path_of(block) if block is not None and block[META].get("type") == "resource" else None

    def addresses_in(self, text: str) -> list[str]:
        """Return the addresses of the resources whose made-up ids occur in a text."""
        found = (self.address_of(match.group()) for match in _MADE_UP_ID.finditer(text))
        return [address for address in found if address is not None]


def path_of(block: Mapping[str, Any]) -> str:
    """Return a block's path; for a resource that is its address."""
    return str(block[META]["path"])


def module_of(path: str) -> str:
    """Return the address of the module instance that a path is in, empty for the root module."""
    match = re.match(r'((?:module\.[^.\[]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.)*)', path)
    return match[1].rstrip(".") if match else ""


def is_unevaluated(value: Any) -> bool:  # noqa: ANN401 -- any evaluated value
    """Whether tfparse could not tell a value, or a part of it."""
    if isinstance(value, dict):
        return UNEVALUATED in value or any(is_unevaluated(item) for key, item in value.items() if key != META)
    if isinstance(value, list):
        return any(is_unevaluated(item) for item in value)
    return value is None


class ResourceValues:
    """The attributes of one resource in the form of a plan, and what they refer to."""

    def __init__(self, block: Mapping[str, Any], blocks: EvaluatedBlocks) -> None:
        """Read a resource's block."""
        self._blocks = blocks
        self._references: dict[str, list[str]] = defaultdict(list)
        self._module = module_of(path_of(block))
        self.attributes = {
            name: self._value(value, name)
            for name, value in block.items()
            if name != META and name not in _META_ARGUMENTS and value is not None
        }
        self.references = {path: tuple(dict.fromkeys(found)) for path, found in self._references.items()}

    def _value(self, value: Any, path: str) -> Any:  # noqa: ANN401 -- any evaluated value
        if isinstance(value, dict):
            return self._mapping(value, path)
        if isinstance(value, list):
            return [
                self._block(item, path) if isinstance(item, dict) and META in item else self._value(item, path)
                for item in value
            ]
        if isinstance(value, str) and _MADE_UP_ID.search(value):
            if addresses := self._blocks.addresses_in(value):
                self._references[path].extend(addresses)
            return UNKNOWN
        return value

    def _mapping(self, value: dict[str, Any], path: str) -> Any:  # noqa: ANN401 -- any evaluated value
        if UNEVALUATED in value:
            self._refer(str(value[UNEVALUATED]), path)
            return UNKNOWN
        if META in value:
            return [self._block(value, path)]
        return {key: self._value(item, path) for key, item in value.items() if item is not None}

    def _block(self, block: dict[str, Any], path: str) -> dict[str, Any]:
        inner = {
            name: self._value(value, f"{path}.{name}")
            for name, value in block.items()
            if name not in {META, "id"} and value is not None
        }
        known = {
            address for name, found in self._references.items() if name.startswith(f"{path}.") for address in found
        }
        own_id = [address for address in self._referred(block) if address not in known]
        if own_id:  # the block's own `id` argument, over which tfparse wrote the made-up one
            self._references[f"{path}.id"].extend(own_id)
            inner["id"] = UNKNOWN
        return inner

    def _referred(self, block: Mapping[str, Any]) -> Iterator[str]:
        """Yield the addresses a block refers to, through module variables as well."""
        for reference in block[META].get("references", []):
            yield from self._addresses(str(reference.get("id", "")))

    def _addresses(self, made_up_id: str) -> Iterator[str]:
        if address := self._blocks.address_of(made_up_id):
            yield address
            return
        target = self._blocks.by_id.get(made_up_id)
        if target is not None and ".variable." in f".{path_of(target)}":
            name = path_of(target).rpartition("variable.")[2]
            call = self._blocks.by_path.get(self._module)
            given = call.get(name) if call else None
            if isinstance(given, str):
                yield from self._blocks.addresses_in(given)

    def _refer(self, expression: str, path: str) -> None:
        """Note a reference written as an expression: ``aws_instance.cond.[0].availability_zone``."""
        match = re.match(r'([a-z][\w-]*_[\w-]+)\.([\w-]+)\.?(\[(?:\d+|"[^"]*")\])?', expression)
        if match is None:
            return
        prefix = f"{self._module}." if self._module else ""
        address = f"{prefix}{match[1]}.{match[2]}{match[3] or ''}"
        if address in self._blocks.by_path:
            self._references[path].append(address)
        else:
            instances = (found for found in self._blocks.by_path if found.startswith(f"{address}["))
            self._references[path].extend(instances)
