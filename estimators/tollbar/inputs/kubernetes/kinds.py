"""The kinds of Kubernetes objects: their type names, and which of them belong to no namespace.

Built-in kinds carry the names of Terraform's kubernetes provider (``kubernetes_cron_job``), those of other API
groups their own (``cert-manager.io/Certificate``): a group's Service is not the core's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbar.resource import Resource

_BUILT_IN_GROUPS = frozenset({"", "apps", "batch", "autoscaling", "policy", "extensions"})
_BUILT_IN_SUFFIX = ".k8s.io"
_GATEWAY_GROUP = "gateway.networking.k8s.io"
_OTHER_GROUPS = {
    ("argoproj.io", "Rollout"): "kubernetes_rollout",
    ("keda.sh", "ScaledObject"): "kubernetes_scaled_object",
}
_OWN_SPELLING = {"DaemonSet": "kubernetes_daemonset", "APIService": "kubernetes_api_service"}
"""What Terraform spells otherwise than the rule has it."""
_CLUSTER_SCOPED = frozenset(
    {
        "APIService", "CSIDriver", "CSINode", "CertificateSigningRequest", "ClusterIssuer", "ClusterRole",
        "ClusterRoleBinding", "ComponentStatus", "CustomResourceDefinition", "FlowSchema", "GatewayClass",
        "IngressClass", "MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume", "PriorityClass",
        "PriorityLevelConfiguration", "RuntimeClass", "StorageClass", "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VolumeAttachment",
    }
)  # fmt: skip
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_VERSION = re.compile(r"_v\d+(?:(?:alpha|beta)\d+)?$")

AUTOSCALERS = ("kubernetes_horizontal_pod_autoscaler", "kubernetes_scaled_object")
LIMIT_RANGE = "kubernetes_limit_range"
STORAGE_CLASS = "kubernetes_storage_class"
MANIFEST = "kubernetes_manifest"
"""Terraform's resource of any kind: what it is stands in its attribute ``manifest``."""
NODE_POOL = "kubernetes_node_pool"
"""Not a kind: the capacity of a pool that no pod takes."""


def type_name(api_version: str, kind: str) -> str:
    """Return the type of objects of a kind: ``kubernetes_cron_job``, ``cert-manager.io/Certificate``."""
    group = api_version.rpartition("/")[0]
    if name := _OTHER_GROUPS.get((group, kind)):
        return name
    is_built_in = group in _BUILT_IN_GROUPS or (group.endswith(_BUILT_IN_SUFFIX) and group != _GATEWAY_GROUP)
    if not is_built_in:
        return f"{group}/{kind}"
    return _OWN_SPELLING.get(kind) or f"kubernetes_{_WORD_START.sub('_', kind).lower()}"


def without_version(type_: str) -> str:
    """Return a type's name without the API version that newer ones of the provider carry: ``kubernetes_pod``."""
    plain = _VERSION.sub("", type_)
    return _OWN_SPELLING["DaemonSet"] if plain == "kubernetes_daemon_set" else plain


def plain_type(resource: Resource) -> str:
    """Return the versionless type of what a resource declares; of a ``kubernetes_manifest``, of what it holds."""
    if resource.type != MANIFEST:
        return without_version(resource.type)
    attributes = resource.attributes
    return type_name(attributes.literal("apiVersion"), attributes.literal("kind"))


def is_cluster_scoped(kind: str) -> bool:
    """Whether objects of a kind belong to no namespace."""
    return kind in _CLUSTER_SCOPED
