"""The tags a resource will carry, its provider's default tags among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.resource import Attributes

if TYPE_CHECKING:
    from tollbar.resource import Cloud

_COMPLETE: Mapping[Cloud, tuple[str, ...]] = {
    "aws": ("tags_all",),
    "gcp": ("effective_labels", "terraform_labels"),
}
"""Attributes in which a provider itself has merged the default tags with the resource's own."""

_OWN: Mapping[Cloud, tuple[str, ...]] = {
    "aws": ("tags",),
    "gcp": ("user_labels", "resource_labels", "labels"),
    "azure": ("tags",),
}


def tags_of(cloud: Cloud, attributes: Attributes, default_tags: Mapping[str, str]) -> dict[str, str]:
    """Return the tags (labels) of a resource; those known only after apply are left out."""
    if cloud == "kubernetes":
        return known_tags(next(iter(attributes.known_blocks("metadata")), Attributes()).get("labels"))
    for name in _COMPLETE.get(cloud, ()):
        if complete := known_tags(attributes.get(name)):
            return complete
    tags = dict(default_tags) if _takes_default_tags(cloud, attributes) else {}
    for name in _OWN.get(cloud, ()):
        tags.update(known_tags(attributes.get(name)))
    if cloud == "aws":
        tags.update(_tag_blocks(attributes))
    return tags


def known_tags(value: Any) -> dict[str, str]:  # noqa: ANN401 -- attribute values are any JSON
    """Return the entries of a map of tags whose values are known."""
    if not isinstance(value, Mapping):
        return {}
    return {str(name): _text(tag) for name, tag in value.items() if isinstance(tag, str | int | Decimal)}


def _text(tag: str | int | Decimal) -> str:
    return str(tag).lower() if isinstance(tag, bool) else str(tag)


def _takes_default_tags(cloud: Cloud, attributes: Attributes) -> bool:
    """Whether the provider adds its default tags: AWS does not to the ``tag`` blocks of Auto Scaling groups."""
    return not (cloud == "aws" and isinstance(attributes.get("tag"), Sequence) and attributes.get("tag"))


def _tag_blocks(attributes: Attributes) -> dict[str, str]:
    """Return the tags of an Auto Scaling group, which are blocks of key and value."""
    blocks = ((block.get("key"), block.get("value")) for block in attributes.known_blocks("tag"))
    return {key: value for key, value in blocks if isinstance(key, str) and isinstance(value, str)}
