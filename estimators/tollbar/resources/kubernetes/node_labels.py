"""Which pods may run on the nodes of a pool: labels that nodes carry, selectors, affinity, taints.

Sources: "Assigning Pods to Nodes", "Taints and Tolerations" and "Well-Known Labels" of the Kubernetes
documentation; the labels that EKS, Karpenter, GKE and AKS put on nodes by their own pages.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from tollbar.resource import Unknown, UnknownUntilApplyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tollbar.resource import Attributes
    from tollbar.resources.kubernetes.cluster import NodePool
    from tollbar.resources.machine_types import MachineType

_SPOT = {
    "cloud.google.com/gke-spot": "true",
    "cloud.google.com/gke-preemptible": "true",
    "eks.amazonaws.com/capacityType": "SPOT",
    "karpenter.sh/capacity-type": "spot",
    "kubernetes.azure.com/scalesetpriority": "spot",
}
_ANY_ZONE = frozenset(
    {"topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone", "kubernetes.io/hostname"}
)
"""Labels whose values differ from node to node of a pool: one of them will fit."""
_GKE_ACCELERATORS = {
    "l4": "nvidia-l4",
    "a100": "nvidia-tesla-a100",
    "a100-80gb": "nvidia-a100-80gb",
    "h100-80gb": "nvidia-h100-80gb",
    "h100-80gb-mega": "nvidia-h100-mega-80gb",
    "rtx6000": "nvidia-rtx-pro-6000",
}
"""What GKE calls the GPUs that a machine type brings, by what the table of machine types calls them."""
_AKS_SPOT_TAINT = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"


def labels_of(pool: NodePool) -> dict[str, str]:
    """Return the labels on the nodes of a pool: those that Kubernetes and the cloud set, and the pool's own."""
    system = pool.declared.text("os", "linux") or "linux"
    labels = {"kubernetes.io/os": system, "beta.kubernetes.io/os": system}
    if pool.instance_type:
        labels["node.kubernetes.io/instance-type"] = labels["beta.kubernetes.io/instance-type"] = pool.instance_type
    machine = _machine(pool)
    if machine and (architecture := machine.architecture):
        labels["kubernetes.io/arch"] = labels["beta.kubernetes.io/arch"] = architecture
    if pool.region:
        labels["topology.kubernetes.io/region"] = pool.region
    labels |= _labels_of_cloud(pool, machine.gpu if machine else "")
    return labels | {name: str(value) for name, value in pool.declared.block("labels").values.items()}


def takes(pool: NodePool, pod: Attributes, devices: Iterable[str]) -> bool:
    """Whether a pod may run on the pool's nodes by its selector, its affinity and its tolerations.

    Raises:
        UnknownUntilApplyError: What it selects is known only after apply.
    """
    return (
        all(_has(pool.labels, name, value) for name, value in _selector(pod).items())
        and _is_attracted(pool.labels, pod)
        and all(_tolerates(pod, taint, frozenset(devices)) for taint in _taints(pool))
    )


def wants_spot(pod: Attributes) -> bool:
    """Whether a pod selects nodes that may be taken away."""
    return any(str(value) == _SPOT.get(name) for name, value in _selector(pod).items())


def _machine(pool: NodePool) -> MachineType | None:
    from tollbar.resources.machine_types import machine_type  # noqa: PLC0415 -- reads a table

    if not pool.instance_type or pool.cloud not in {"aws", "gcp", "azure"}:
        return None
    return machine_type(pool.cloud, pool.instance_type)  # type: ignore[arg-type]  # one of the three


def _labels_of_cloud(pool: NodePool, gpu: str) -> dict[str, str]:
    if pool.cloud == "aws":
        return {
            "eks.amazonaws.com/nodegroup": pool.name,
            "eks.amazonaws.com/capacityType": "SPOT" if pool.is_spot else "ON_DEMAND",
            "karpenter.sh/nodepool": pool.name,
            "karpenter.sh/capacity-type": "spot" if pool.is_spot else "on-demand",
        }
    if pool.cloud == "gcp":
        accelerator = pool.declared.block("gpus").text("type", "") or _GKE_ACCELERATORS.get(gpu)
        return {
            "cloud.google.com/gke-nodepool": pool.name,
            **({"cloud.google.com/gke-spot": "true"} if pool.is_spot else {}),
            **({"cloud.google.com/gke-accelerator": accelerator} if accelerator else {}),
        }
    if pool.cloud == "azure":
        return {
            "agentpool": pool.name,
            "kubernetes.azure.com/agentpool": pool.name,
            **({"kubernetes.azure.com/scalesetpriority": "spot"} if pool.is_spot else {}),
        }
    return {}


def _selector(pod: Attributes) -> Mapping[str, Any]:
    selector = pod.block("nodeSelector").values
    for value in selector.values():
        if isinstance(value, Unknown):
            raise UnknownUntilApplyError("nodeSelector")
    return selector


def _has(labels: Mapping[str, str], name: str, value: object) -> bool:
    return name in _ANY_ZONE or labels.get(name) == _text(value)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_attracted(labels: Mapping[str, str], pod: Attributes) -> bool:
    required = pod.block("affinity").block("nodeAffinity").block("requiredDuringSchedulingIgnoredDuringExecution")
    terms = required.blocks("nodeSelectorTerms")
    return not terms or any(all(_fits(labels, e) for e in term.blocks("matchExpressions")) for term in terms)


def _fits(labels: Mapping[str, str], expression: Attributes) -> bool:
    name, operator = expression.text("key", "") or "", expression.text("operator", "") or ""
    if name in _ANY_ZONE:
        return True
    values, own = expression.texts("values"), labels.get(name)
    if operator in {"Exists", "DoesNotExist"}:
        return (own is not None) == (operator == "Exists")
    if operator in {"In", "NotIn"}:
        return (own in values) == (operator == "In")
    return own is not None and bool(values) and _is_beyond(own, values[0], operator)


def _is_beyond(own: str, value: str, operator: str) -> bool:
    try:
        return Decimal(own) > Decimal(value) if operator == "Gt" else Decimal(own) < Decimal(value)
    except InvalidOperation:
        return False


def _taints(pool: NodePool) -> tuple[str, ...]:
    own = pool.declared.texts("taints")
    return (*own, _AKS_SPOT_TAINT) if pool.cloud == "azure" and pool.is_spot else own


def _tolerates(pod: Attributes, taint: str, devices: frozenset[str]) -> bool:
    """Whether a pod tolerates a taint; one named after a device keeps off only what does not request it."""
    told, _, effect = taint.rpartition(":")
    key, _, value = told.partition("=")
    if effect == "PreferNoSchedule" or key in devices:
        return True
    for toleration in pod.blocks("tolerations"):
        if toleration.text("effect", effect) != effect:
            continue
        own_key, exists = toleration.text("key", "") or "", toleration.text("operator", "Equal") == "Exists"
        if (exists and own_key in {"", key}) or (own_key == key and _text(toleration.get("value") or "") == value):
            return True
    return False
