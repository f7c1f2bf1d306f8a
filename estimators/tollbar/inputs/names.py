"""References that are made by name instead of by an expression.

Azure's resources name what they belong to: ``storage_account_name = "logs"`` means the storage account
called ``logs``, whether or not the configuration refers to it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tollbar.resource import Resource

_SUFFIX = "_name"


def with_references_by_name(resources: Sequence[Resource]) -> list[Resource]:
    """Return the resources; those of Azure also refer to what they name, where it can be told which that is."""
    named: dict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        name = resource.attributes.get("name")
        if resource.cloud == "azure" and isinstance(name, str):
            named[name].append(resource)
    return [_with_references(resource, named) if resource.cloud == "azure" else resource for resource in resources]


def _with_references(resource: Resource, named: Mapping[str, Sequence[Resource]]) -> Resource:
    found = dict(_by_name(resource, named))
    return replace(resource, references={**resource.references, **found}) if found else resource


def _by_name(resource: Resource, named: Mapping[str, Sequence[Resource]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for attribute, name in resource.attributes.values.items():
        if not attribute.endswith(_SUFFIX) or attribute in resource.references or not isinstance(name, str):
            continue
        kind = f"_{attribute.removesuffix(_SUFFIX)}"
        owners = [owner for owner in named.get(name, ()) if owner.type.endswith(kind)]
        meant = owners if len(owners) == 1 else _with_alike_label(resource, owners)
        if len(meant) == 1:
            yield attribute, (meant[0].address,)


def _with_alike_label(resource: Resource, owners: Sequence[Resource]) -> list[Resource]:
    """Return, of several with one name (in other resource groups, say), those labelled like what names them.

    ``azurerm_cdn_endpoint.video`` belongs to ``azurerm_cdn_profile.video`` before another of that name; a label may
    go on where the owner's ends (``video_eu``), the longest such beginning counts.
    """
    alike = [owner for owner in owners if f"{resource.name}_".startswith(f"{owner.name}_")]
    longest = max((len(owner.name) for owner in alike), default=0)
    return [owner for owner in alike if len(owner.name) == longest]
