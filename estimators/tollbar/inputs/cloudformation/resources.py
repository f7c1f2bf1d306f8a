"""From what stacks declare to resources as Terraform would declare them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.inputs.cloudformation.attributes import Part, TypeMap, attributes_of
from tollbar.inputs.cloudformation.types import TYPE_MAPS, free_types
from tollbar.inputs.cloudformation.values import NotKnown, PartlyKnown, references_in
from tollbar.inputs.region import aws_region_of
from tollbar.inputs.tags import known_tags
from tollbar.resource import Attributes, Resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tollbar.inputs.cloudformation.stack import Declared
    from tollbar.resource import Cloud

_CLOUDS: dict[str, Cloud] = {"AWS": "aws", "Custom": "aws", "Alexa": "other"}

_UNMAPPED = TypeMap("")


def resources_of(declared: Iterable[Declared]) -> Sequence[Resource]:
    """Return the resources, in Terraform's types where there is one."""
    resources = [resource for item in declared for resource in _resources(item)]
    return _with_desired_count(resources)


def _resources(declared: Declared) -> Iterator[Resource]:
    mapped = TYPE_MAPS.get(declared.type)
    if mapped is None:
        name = free_types().get(declared.type, declared.type)
        yield _resource(declared, Part("", name, attributes_of(declared.properties, _UNMAPPED)))
        return
    kind = mapped.kind(declared.properties) if mapped.kind else mapped.type
    yield _resource(declared, Part("", kind, attributes_of(declared.properties, mapped, declared.region)))
    if mapped.parts is not None:
        own = NotKnown((declared.address,))
        for part in mapped.parts(own, declared.properties, declared.region):
            yield _resource(declared, part)


def _resource(declared: Declared, part: Part) -> Resource:
    attributes = Attributes(part.attributes)
    return Resource(
        address=f"{declared.address}{part.suffix}",
        type=part.type,
        name=f"{declared.name}{part.suffix}",
        cloud=_CLOUDS.get(declared.type.partition("::")[0], "other"),
        region=declared.region or aws_region_of(Attributes({"availability_zone": attributes.get("availability_zone")})),
        attributes=attributes,
        tags=known_tags(attributes.get("tags")),
        references=references_in(part.attributes),
        location=declared.location,
        undecided_count=declared.undecided,
    )


def _with_desired_count(resources: Sequence[Resource]) -> Sequence[Resource]:
    """Return the resources; a service that does not say how many tasks it runs starts with one.

    Where Application Auto Scaling scales it, the least that it may be scaled to soon holds instead.
    """
    scaled = {
        address
        for resource in resources
        if resource.type == "aws_appautoscaling_target"
        for addresses in resource.references.values()
        for address in addresses
    }
    return [
        replace(resource, attributes=Attributes({"desired_count": "1", **resource.attributes.values}))
        if resource.type == "aws_ecs_service" and resource.address not in scaled and _starts_with_one(resource)
        else resource
        for resource in resources
    ]


def _starts_with_one(service: Resource) -> bool:
    attributes = service.attributes
    is_told = attributes.is_set("desired_count") or attributes.get("scheduling_strategy") == "DAEMON"
    return not is_told and not isinstance(attributes.values, PartlyKnown)
