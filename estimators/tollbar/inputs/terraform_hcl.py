"""Terraform directories: what a root module declares, evaluated here without asking any provider.

Resources stand in the inventory as a plan would hold them. What only a provider knows (identifiers,
data sources) is UNKNOWN, with a reference to the resource that will tell it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.inputs.hcl.dependencies import configuration_of, resource_provider
from tollbar.inputs.hcl.instance import ModuleInstance
from tollbar.inputs.hcl.module import has_terraform_files, load_module
from tollbar.inputs.hcl.project import Project
from tollbar.inputs.hcl.syntax import Literal
from tollbar.inputs.hcl.variables import root_values
from tollbar.inputs.interface import Declaration, Source
from tollbar.inputs.names import with_references_by_name
from tollbar.inputs.provider import cloud_of
from tollbar.inputs.references import InstanceAddress, ReferenceResolver
from tollbar.inputs.region import region_of, with_regions_of_references
from tollbar.inputs.tags import tags_of
from tollbar.location import Location
from tollbar.resource import Attributes, Inventory, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tollbar.inputs.hcl.instance import ResourceInstance
    from tollbar.inputs.interface import ReadOptions


class TerraformDirectoryReader:
    """Reads a directory with ``*.tf`` or ``*.tf.json`` files."""

    def can_read(self, path: Path) -> bool:
        """Whether the path is a directory that holds Terraform files."""
        return path.is_dir() and has_terraform_files(path)

    def read(self, path: Path, options: ReadOptions) -> Declaration:
        """Return the declared resources; a directory tells nothing of the state before."""
        root = load_module(path, str(path))
        values, warnings = root_values(root, options)
        project = Project(root, values, options.workspace, options.environment, warnings)
        try:
            resources = _resources(project)
        except RecursionError as endless:
            raise InputError(
                "the configuration refers to itself without end", location=Location(str(path))
            ) from endless
        return Declaration(
            source=Source("terraform_directory", str(path)),
            after=Inventory(with_regions_of_references(with_references_by_name(resources))),
            warnings=tuple(project.warnings),
        )


READER = TerraformDirectoryReader()


def _resources(project: Project) -> list[Resource]:
    modules = list(ModuleInstance(project, project.root).walk())
    found = [(module, instance) for module in modules for instance in module.managed()]
    addresses = [_address(module, instance) for module, instance in found]
    references = ReferenceResolver(configuration_of(project, project.root), addresses)
    missing = [called for module in modules for called in _missing_modules(module)]
    for called in missing:
        project.warn(
            called.location or Location(project.root.shown), f"{called.address} is not priced, {called.missing}"
        )
    return [
        *(
            _resource(module, instance, address, references)
            for (module, instance), address in zip(found, addresses, strict=True)
        ),
        *missing,
    ]


def _address(module: ModuleInstance, instance: ResourceInstance) -> InstanceAddress:
    return InstanceAddress(module.path, instance.name, instance.repetition.key)


def _resource(
    module: ModuleInstance, instance: ResourceInstance, address: InstanceAddress, references: ReferenceResolver
) -> Resource:
    kind, name = instance.block.labels
    cloud, attributes = cloud_of(kind), Attributes(instance.values())
    provider = module.provider(resource_provider(instance.block))
    return Resource(
        address=str(address),
        type=kind,
        name=name,
        cloud=cloud,
        region=region_of(cloud, attributes, provider, module.project.environment),
        attributes=attributes,
        tags=tags_of(cloud, attributes, provider.default_tags),
        references=references.references(address),
        location=instance.block.location,
        undecided_count=instance.repetition.undecided or module.undecided,
    )


def _missing_modules(module: ModuleInstance) -> Iterator[Resource]:
    """Yield the modules that are called but not there: a policy sees that their cost is not known."""
    for name, block in module.module.calls.items():
        if module.project.called(module.module, name, (*module.calls, name)) is None:
            source = block.body.arguments.get("source")
            text = source.expression.value if source and isinstance(source.expression, Literal) else "?"
            advice = "is not there" if str(text).startswith(".") else "has not been downloaded: run terraform init"
            yield Resource(
                address=f"{module.path}.module.{name}" if module.path else f"module.{name}",
                type="module",
                name=name,
                cloud="other",
                region=None,
                attributes=Attributes({}),
                location=block.location,
                missing=f"its source {str(text)!r} {advice}",
            )
