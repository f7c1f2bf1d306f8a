"""Resources that stand in no Terraform file: a usage file tells of them, and what they cost is their use alone.

Infracost has one such type, ``aws_data_transfer``. The others are jobs and calls that a project starts at run time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.location import Location
from tollbar.resource import Attributes, Inventory, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.inputs.interface import Declaration
    from tollbar.inputs.usage_file import UsageFile
    from tollbar.resource import Cloud

USAGE_ONLY_TYPES: dict[str, Cloud] = {
    "aws_bedrock_model": "aws",
    "aws_data_transfer": "aws",
    "aws_sagemaker_training_job": "aws",
}
_REGION = "region"


def usage_resources(usage: UsageFile) -> Iterator[Resource]:
    """Yield a resource for each address in a usage file whose type stands in no other file.

    Its region is what the usage file says of it, None where it says nothing. Wildcards name nothing by
    themselves and are passed over.
    """
    for said in usage.addresses:
        cloud = USAGE_ONLY_TYPES.get(said.type)
        if cloud is None or said.pattern is not None:
            continue
        told = usage.for_resource(said.address, said.type)
        region = told.get(_REGION)
        line = min((entry.line for entry in said.entries), default=None)
        yield Resource(
            address=said.address,
            type=said.type,
            name=said.address.rpartition(".")[2],
            cloud=cloud,
            region=region if isinstance(region, str) else None,
            attributes=Attributes(),
            location=Location(usage.path, line),
        )


def with_usage_resources(declarations: Sequence[Declaration], usage: UsageFile) -> tuple[Declaration, ...]:
    """Return the declarations, the first with the resources that only the usage file tells of.

    They are there before a change and after it: no plan makes or ends them.
    """
    added = tuple(usage_resources(usage))
    if not declarations or not added:
        return tuple(declarations)
    first, *others = declarations
    if len(first.before):
        added = tuple(replace(resource, action="no-op") for resource in added)
        first = replace(first, before=Inventory((*first.before, *added)))
    return (replace(first, after=Inventory((*first.after, *added))), *others)
