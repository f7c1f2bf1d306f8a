"""Terraform's kubernetes resources in the form of manifests, which the estimators read.

A block of the provider is a list of maps with names in snake_case, and a list of blocks is called in the
singular: ``init_container`` is ``initContainers`` of a manifest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tollbar.inputs.kubernetes.kinds import MANIFEST
from tollbar.resource import Attributes

if TYPE_CHECKING:
    from tollbar.resource import Resource

_LISTS = {
    "container": "containers",
    "init_container": "initContainers",
    "volume_claim_template": "volumeClaimTemplates",
    "volume": "volumes",
    "toleration": "tolerations",
    "match_expressions": "matchExpressions",
    "node_selector_term": "nodeSelectorTerms",
    "port": "ports",
    "limit": "limits",
    "metric": "metrics",
    "rule": "rules",
}
"""Blocks that may be there several times, by the name of the list in a manifest."""
_OWN_NAMES = frozenset({"labels", "annotations", "requests", "limits", "match_labels", "parameters", "node_selector"})
"""Maps whose keys are the user's."""
_NAMES = {"scale_target_ref": "scaleTargetRef", "storage_provisioner": "provisioner"}
_LETTER = re.compile(r"_([a-z])")


def in_manifest_form(resource: Resource) -> Resource:
    """Return a resource of Terraform's kubernetes provider with the attributes of a manifest; tags as labels."""
    values = resource.attributes.values
    if resource.type == MANIFEST:
        manifest = values.get("manifest")
        return replace(resource, attributes=Attributes(manifest)) if isinstance(manifest, Mapping) else resource
    if not isinstance(values.get("metadata"), Sequence):
        return resource
    return replace(resource, attributes=Attributes(_mapping(values)))


def _mapping(values: Mapping[str, Any]) -> dict[str, Any]:
    return {_name(name, value): _value(name, value) for name, value in values.items()}


def _name(name: str, value: object) -> str:
    is_blocks = isinstance(value, Sequence) and not isinstance(value, str)
    if is_blocks and name in _LISTS:
        return _LISTS[name]
    return _NAMES.get(name) or _LETTER.sub(lambda letter: letter[1].upper(), name)


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 -- attribute values are any JSON
    if isinstance(value, Mapping):
        return value if name in _OWN_NAMES else _mapping(value)
    if not isinstance(value, Sequence) or isinstance(value, str) or not all(isinstance(v, Mapping) for v in value):
        return value
    blocks = [_mapping(block) for block in value]
    if name in _LISTS:
        return blocks
    return blocks[0] if len(blocks) == 1 else (blocks or None)
