"""From the properties of a CloudFormation resource to the attributes of Terraform's type, by a table per type.

A property's name becomes Terraform's by its words (``MultiAZ`` is ``multi_az``); a table lists where it does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tollbar.inputs.cloudformation.values import PartlyKnown, Value
from tollbar.resource import Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Properties = Mapping[str, Value]
Attributes = dict[str, Value]

TAGS = ("Tags", "FileSystemTags", "HostedZoneTags", "HealthCheckTags", "BackupVaultTags")
"""How the types call the tags of a resource."""

_WORD_AFTER_ABBREVIATION = re.compile(r"([A-Z]+)([A-Z][a-z])")
_ABBREVIATIONS = re.compile(r"([A-Z]{2,})s(?=[A-Z]|$)")
_NEW_WORD = re.compile(r"([a-z\d])([A-Z])")


@dataclass(frozen=True, slots=True)
class Part:
    """A resource of its own in Terraform that is a property in CloudFormation.

    ``suffix`` stands behind the address, ``type`` is Terraform's.
    """

    suffix: str
    type: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class TypeMap:
    """How a CloudFormation type is one of Terraform's.

    ``names`` maps property paths (``LaunchTemplateData.BlockDeviceMappings``; items of lists have the path of their
    list) to attribute names; "" lifts what is inside into what is around. ``defaults`` are what CloudFormation does
    where nothing is set and Terraform does something else. ``kind`` tells the type by the properties, ``finish``
    changes the attributes where names do not do, ``parts`` gives what is a resource of its own in Terraform, its
    first argument being a reference to the resource itself. Both are told the stack's region.
    """

    type: str
    names: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, Value] = field(default_factory=dict)
    kind: Callable[[Properties], str] | None = None
    finish: Callable[[Attributes, str | None], None] | None = None
    parts: Callable[[Value, Properties, str | None], Iterable[Part]] | None = None


def attributes_of(properties: Properties, mapped: TypeMap, region: str | None = None) -> Attributes:
    """Return a resource's attributes."""
    attributes = _renamed({name: value for name, value in properties.items() if name not in TAGS}, mapped.names, "")
    if isinstance(properties, PartlyKnown):
        attributes = PartlyKnown(attributes)
    for name, value in mapped.defaults.items():
        if name not in attributes and not isinstance(attributes, PartlyKnown):
            attributes[name] = value
    tags = next((properties[name] for name in TAGS if name in properties), None)
    if tags is not None:
        attributes["tags"] = _tags(tags)
    if mapped.finish is not None:
        mapped.finish(attributes, region)
    return attributes


@cache
def snake_case(name: str) -> str:
    """Return a property's name as Terraform would write it: ``DBInstanceClass`` as ``db_instance_class``."""
    name = _ABBREVIATIONS.sub(lambda match: f"{match[1].capitalize()}s", name)  # TargetGroupARNs
    return _NEW_WORD.sub(r"\1_\2", _WORD_AFTER_ABBREVIATION.sub(r"\1_\2", name)).lower()


def _renamed(properties: Properties, names: Mapping[str, str], path: str) -> Attributes:
    attributes: Attributes = {}
    for name, value in properties.items():
        own_path = f"{path}.{name}" if path else name
        target = names.get(own_path)
        if target is None:
            target = snake_case(name)
        inner = _value(value, names, own_path)
        if target:
            attributes[target] = inner
        elif isinstance(inner, PartlyKnown):
            attributes = PartlyKnown({**attributes, **inner})
        elif isinstance(inner, Mapping):
            attributes.update(inner)
        elif isinstance(inner, Unknown):
            attributes = PartlyKnown(attributes)
    return attributes


def _value(value: Value, names: Mapping[str, str], path: str) -> Value:
    if isinstance(value, Mapping):
        return _renamed(value, names, path)
    return [_value(item, names, path) for item in value] if isinstance(value, list) else value


def _tags(tags: Value) -> Value:
    """Return tags as a map, whether they are one or a list of keys and values."""
    if not isinstance(tags, list):
        return tags
    pairs = ((tag.get("Key"), tag.get("Value")) for tag in tags if isinstance(tag, Mapping))
    return {key: value for key, value in pairs if isinstance(key, str)}
