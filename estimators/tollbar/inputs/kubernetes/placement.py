"""Objects in their cluster: what declared resources become once it is known which nodes they will run on.

Every object carries its cluster's settings as the attribute ``cluster``, refers to what applies to it (its
autoscalers, the limit ranges of its namespace, its owner), and stands in the cluster's region. Resources of
Terraform's kubernetes provider come out in the form of manifests.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tollbar.inputs.kubernetes.kinds import AUTOSCALERS, LIMIT_RANGE, MANIFEST, NODE_POOL, STORAGE_CLASS, plain_type
from tollbar.inputs.kubernetes.settings import SERVERLESS
from tollbar.inputs.kubernetes.terraform import in_manifest_form
from tollbar.inputs.tags import known_tags
from tollbar.resource import Attributes, Inventory, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tollbar.inputs.interface import Declaration

_NODES_OF_TERRAFORM = frozenset(
    {
        "aws_eks_node_group",
        "azurerm_kubernetes_cluster",
        "azurerm_kubernetes_cluster_node_pool",
        "google_container_cluster",
        "google_container_node_pool",
    }
)
_DEFAULT_NAMESPACE = "default"


@dataclass(frozen=True, slots=True)
class ObjectName:
    """What names an object in a cluster."""

    kind: str
    namespace: str
    name: str


def placed(declarations: Sequence[Declaration], cluster: Mapping[str, Any]) -> list[Declaration]:
    """Return the declarations with their Kubernetes objects placed in one cluster; others are left as they are."""
    return [_placed(declaration, cluster) for declaration in declarations]


def counts_nodes_twice(declarations: Sequence[Declaration]) -> bool:
    """Whether both nodes (of Terraform) and what runs on nodes are estimated together."""
    types = {resource.type for declaration in declarations for resource in declaration.after}
    clouds = {resource.cloud for declaration in declarations for resource in declaration.after}
    return "kubernetes" in clouds and bool(types & _NODES_OF_TERRAFORM)


def _placed(declaration: Declaration, cluster: Mapping[str, Any]) -> Declaration:
    if not any(
        resource.cloud == "kubernetes" for state in (declaration.after, declaration.before) for resource in state
    ):
        return declaration
    return replace(
        declaration,
        after=_inventory(declaration.after, cluster),
        before=_inventory(declaration.before, cluster) if len(declaration.before) else declaration.before,
    )


def _inventory(state: Inventory, cluster: Mapping[str, Any]) -> Inventory:
    normal = [in_manifest_form(resource) if resource.cloud == "kubernetes" else resource for resource in state]
    objects = [resource for resource in normal if resource.cloud == "kubernetes"]
    references = _References(objects)
    resources = [_in_cluster(r, cluster, references) if r.cloud == "kubernetes" else r for r in normal]
    return Inventory((*resources, *_node_pools(cluster)))


def _in_cluster(resource: Resource, cluster: Mapping[str, Any], references: _References) -> Resource:
    attributes = Attributes({**resource.attributes.values, "cluster": cluster})
    tags = resource.tags
    if resource.type == MANIFEST:
        tags = known_tags(attributes.block("metadata").get("labels")) if attributes.known_blocks("metadata") else tags
    found = {**resource.references, **references.of(resource)}
    return replace(resource, attributes=attributes, region=cluster.get("region"), references=found, tags=tags)


def _node_pools(cluster: Mapping[str, Any]) -> list[Resource]:
    """Return the pools as resources of their own where pods are packed on nodes: they carry what no pod takes."""
    if cluster.get("allocation") != "bin_pack":
        return []
    return [
        Resource(
            address=f"NodePool/{pool['name']}",
            type=NODE_POOL,
            name=pool["name"],
            cloud="kubernetes",
            region=cluster.get("region"),
            attributes=Attributes({**pool, "cluster": cluster}),
            tags=pool.get("labels", {}),
        )
        for pool in cluster["node_pools"]
        if pool.get("instance_type") not in SERVERLESS
    ]


class _References:
    """Which objects apply to which, by kind, namespace and name."""

    def __init__(self, objects: Sequence[Resource]) -> None:
        self._by_name = {object_name(resource): resource.address for resource in objects}
        self._limits: dict[str, list[str]] = defaultdict(list)
        for resource in objects:
            if plain_type(resource) == LIMIT_RANGE:
                self._limits[object_name(resource).namespace].append(resource.address)

    def of(self, resource: Resource) -> dict[str, tuple[str, ...]]:
        """Return what an object refers to by names, as far as it is declared."""
        own = object_name(resource)
        found: dict[str, tuple[str, ...]] = {}
        if limits := self._limits.get(own.namespace):
            found["limitRange"] = tuple(limits)
        if plain_type(resource) in AUTOSCALERS:
            target = _block(_block(resource.attributes, "spec"), "scaleTargetRef")
            kind = target.literal("kind") or "Deployment"  # KEDA's default
            self._add(found, "spec.scaleTargetRef", ObjectName(kind, own.namespace, target.literal("name")))
        for owner in _block(resource.attributes, "metadata").known_blocks("ownerReferences"):
            self._add(found, "ownerReferences", ObjectName(owner.literal("kind"), own.namespace, owner.literal("name")))
        spec = _block(resource.attributes, "spec")
        if class_name := spec.literal("storageClassName"):
            self._add(found, "storageClassName", ObjectName("StorageClass", "", class_name))
        return found

    def _add(self, found: dict[str, tuple[str, ...]], path: str, name: ObjectName) -> None:
        address = self._by_name.get(name)
        if address is not None:
            found[path] = (address,)


def object_name(resource: Resource) -> ObjectName:
    """Return the name of an object in its cluster, wherever it was declared."""
    metadata = _block(resource.attributes, "metadata")
    kind = resource.attributes.literal("kind") or _KINDS.get(plain_type(resource), "")
    namespace = "" if plain_type(resource) == STORAGE_CLASS else metadata.literal("namespace") or _DEFAULT_NAMESPACE
    return ObjectName(kind, namespace, metadata.literal("name"))


_KINDS = {
    "kubernetes_deployment": "Deployment",
    "kubernetes_stateful_set": "StatefulSet",
    "kubernetes_daemonset": "DaemonSet",
    "kubernetes_replica_set": "ReplicaSet",
    "kubernetes_replication_controller": "ReplicationController",
    "kubernetes_job": "Job",
    "kubernetes_cron_job": "CronJob",
    "kubernetes_rollout": "Rollout",
    STORAGE_CLASS: "StorageClass",
}
"""The kinds that other objects name, by the types of Terraform's provider."""


def _block(attributes: Attributes, name: str) -> Attributes:
    """Return a block as far as it is certain."""
    return next(iter(attributes.known_blocks(name)), Attributes())
