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
        if referring.difference(inert) or inventory.once((read,), lambda: _names_others(attachers, inventory)):
            return None
        return False

    return read


def _names_others(attachers: Mapping[str, tuple[str, ...]], inventory: Inventory) -> bool:
    """Whether one of the attachers names something that it does not refer to."""
    return any(
        _names(attacher.attributes, path) and not _is_resolved(attacher, path, inventory)
        for type_name, paths in attachers.items()
        for attacher in inventory.of_type(type_name)
        for path in paths
    )


def _names(attributes: Attributes, path: str) -> bool:
    block, _, name = path.rpartition(".")
    if not block:
        return attributes.names_something(name)
    return attributes.is_unknown(block) or any(each.names_something(name) for each in attributes.known_blocks(block))


def _is_resolved(attacher: Resource, path: str, inventory: Inventory) -> bool:
    return inventory.referenced(attacher, path) is not None
