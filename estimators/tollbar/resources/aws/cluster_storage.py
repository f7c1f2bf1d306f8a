"""The storage configuration of clusters whose instances are dearer with I/O included: DocumentDB and Neptune.

Sources: Amazon DocumentDB and Amazon Neptune pricing pages, "I/O-Optimized".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Reader, Redundancy
    from tollbar.usage import Usage


@dataclass(frozen=True, slots=True)
class ClusterConfiguration:
    """A storage configuration: ``path`` as part of a price path, ``suffix`` and ``label`` as parts of names."""

    path: str
    suffix: str = ""
    label: str = ""

    @property
    def includes_io(self) -> bool:
        """Whether I/O requests are not billed by themselves."""
        return self.path == "io_optimized"


_STANDARD = ClusterConfiguration("standard")
_IO_OPTIMIZED = ClusterConfiguration("io_optimized", ", I/O-optimized", " (I/O-optimized)")


def configuration_of(attributes: Attributes) -> ClusterConfiguration:
    """Return the configuration that a cluster or an instance declares."""
    return _IO_OPTIMIZED if attributes.text("storage_type", "") == "iopt1" else _STANDARD


def cluster_of(resource: Resource, cluster_type: str, inventory: Inventory) -> Resource | None:
    """Return the cluster of an instance, None where it is not in this project."""
    found = inventory.referenced(resource, "cluster_identifier", cluster_type)
    identifier = resource.attributes.literal("cluster_identifier")
    if found is not None or not identifier:
        return found
    return inventory.named(cluster_type, "cluster_identifier", identifier)


def cluster_configuration(resource: Resource, cluster_type: str, inventory: Inventory) -> ClusterConfiguration:
    """Return the configuration of an instance's cluster, by the vendor's default standard."""
    cluster = cluster_of(resource, cluster_type, inventory)
    return configuration_of(resource.attributes if cluster is None else cluster.attributes)


def multi_zone_from_second(instance_type: str) -> Reader[Redundancy]:
    """Return a reader of where a cluster's instances run: those beyond the first are in other zones."""

    def read(cluster: Resource, _usage: Usage, inventory: Inventory) -> Redundancy:
        if cluster.attributes.names_something("global_cluster_identifier"):
            return "multi_region"
        return "multi_zone" if sum(1 for _ in inventory.referring(cluster, instance_type)) > 1 else "zone"

    return read
