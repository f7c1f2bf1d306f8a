"""Whether something is attached: an address, a disk, a load balancer. Not attached is only what surely is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Reader
    from tollbar.usage import Usage


def attached_by(attachers: Mapping[str, tuple[str, ...]], *own: str, inert: tuple[str, ...] = ()) -> Reader[bool]:
    """Return a reader of whether a resource is attached.

    ``attachers`` are the types that attach it and their attributes that name it, with blocks before a dot; ``own``
    its attributes that name what it is attached to; ``inert`` the types that refer to it without using it. None where
    an attacher names something that is not declared in the project (an id from a variable), or where another type
    refers to it.
    """

    def read(resource: Resource, _usage: Usage, inventory: Inventory) -> bool | None:
        if any(resource.attributes.names_something(name) for name in own):
            return True
        if any(resource.references.get(name) for name in own):
            return True
        referring = {other.type for other in inventory.referring(resource)}
        if not referring.isdisjoint(attachers):
            return True
        is_open = inventory.once(("attachers", read), lambda: _is_open(attachers, inventory))
        return None if is_open or referring.difference(inert) else False

    return read


def _is_open(attachers: Mapping[str, tuple[str, ...]], inventory: Inventory) -> bool:
    """Whether an attacher names something that is not in the project, or a part of the project is not seen."""
    return any(resource.missing is not None for resource in inventory) or any(
        _named(attacher.attributes, path) > _resolved(attacher, path, inventory)
        for type_name, paths in attachers.items()
        for attacher in inventory.of_type(type_name)
        for path in paths
    )


def _named(attributes: Attributes, path: str) -> int:
    """Return how many things an attribute names, in all blocks of its path together."""
    first, _, rest = path.partition(".")
    if attributes.is_unknown(first):
        return 1
    if rest:
        return sum(_named(each, rest) for each in attributes.known_blocks(first))
    value = attributes.get(first)
    return len(value) if isinstance(value, list) else int(bool(value))


def _resolved(attacher: Resource, path: str, inventory: Inventory) -> int:
    return sum(
        1
        for name, addresses in attacher.references.items()
        if name == path or name.startswith(f"{path}.")
        for address in addresses
        if address in inventory.by_address
    )
