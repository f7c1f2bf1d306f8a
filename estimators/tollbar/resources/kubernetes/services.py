"""Services and Ingresses: the load balancers of the cloud that they order.

Sources: "Service" and "Ingress" of the Kubernetes documentation; the pages of EKS (AWS Load Balancer Controller),
GKE and AKS on what each of them makes; the clouds' pricing of load balancers. Other Services are rules in the
nodes, and an Ingress of a controller that runs as pods (nginx, Traefik) costs what its pods and Service cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.inputs.kubernetes.kinds import MANIFEST, plain_type
from tollbar.price import PriceKey
from tollbar.resources.aws.load_balancing import (
    LOAD_BALANCER_KEYS,
    classic_load_balancer_lines,
    load_balancer_lines,
)
from tollbar.resources.kubernetes.cluster import cluster_of
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.resources.kubernetes.cluster import Cluster
    from tollbar.usage import Usage

_SERVICE = "kubernetes_service"
_SERVICES = (_SERVICE, f"{_SERVICE}_v1")
_INGRESSES = ("kubernetes_ingress", "kubernetes_ingress_v1")
_NOT_TOLD = "where the cluster runs is not told: set kubernetes.cloud and kubernetes.region in tollbar.yml"
_INCLUDED_RULES = 5
"""Rules of an Azure load balancer that its hourly price includes."""
_AWS_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type"
_NLB_CLASSES = frozenset({"service.k8s.aws/nlb", "eks.amazonaws.com/nlb"})
_NLB_TYPES = frozenset({"nlb", "nlb-ip", "external"})
_INTERNAL_AZURE = "service.beta.kubernetes.io/azure-load-balancer-internal"
_INGRESS_CLASS = "kubernetes.io/ingress.class"
_ALB_GROUP = "alb.ingress.kubernetes.io/group.name"
_GOOGLE_GATEWAYS = "gke-l7-"
_GATEWAY = "gateway.networking.k8s.io/Gateway"
_GOOGLE_CLASSES = frozenset({"", "gce", "gce-internal"})

PROCESSED = UsageKey("monthly_data_processed_gb", "GB that the load balancer processes a month", (10, 100, 1000))
KEYS = (*LOAD_BALANCER_KEYS, PROCESSED)


def service(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the load balancer that a Service of type LoadBalancer orders from the cloud; others are free."""
    spec = resource.attributes.block("spec")
    if spec.text("type", "ClusterIP") != "LoadBalancer":
        return
    cluster = cluster_of(resource)
    if cluster.cloud == "aws":
        if _is_network_load_balancer(resource, spec):
            yield from load_balancer_lines("network", cluster.region, usage)
        else:
            yield from classic_load_balancer_lines(cluster.region, usage)
    elif cluster.cloud == "gcp":
        yield from _google_lines(cluster, usage)
    elif cluster.cloud == "azure":
        yield from _azure_lines(resource, cluster, usage, inventory)
    elif cluster.cloud is None:
        yield Unpriced("price_not_found", _NOT_TOLD)


def ingress(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the load balancer that an Ingress orders: an ALB of its own or of its group on AWS, Google's on GKE."""
    cluster, name = cluster_of(resource), _ingress_class(resource)
    if cluster.cloud == "aws" and name == "alb":
        if _is_first_of_its_group(resource, inventory):
            yield from load_balancer_lines("application", cluster.region, usage)
    elif cluster.cloud == "gcp" and name in _GOOGLE_CLASSES:
        yield from _google_lines(cluster, usage)
    elif cluster.cloud is None and name in {"alb", "gce", "gce-internal"}:
        yield Unpriced("price_not_found", _NOT_TOLD)


def gateway(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield Google's load balancer that a Gateway of GKE's classes orders; what other classes make is not known."""
    name = resource.attributes.block("spec").text("gatewayClassName", "") or ""
    cluster = cluster_of(resource)
    if not name.startswith(_GOOGLE_GATEWAYS):
        yield Unpriced("unsupported_type", f"what Gateways of the class {name!r} make is not known to Tollbar")
    elif cluster.cloud == "gcp":
        yield from _google_lines(cluster, usage)
    else:
        yield Unpriced("price_not_found", _NOT_TOLD)


def _is_network_load_balancer(resource: Resource, spec: Attributes) -> bool:
    """Whether a Service gets an NLB; the controller that is built in makes Classic Load Balancers."""
    told = str(_annotation(resource, _AWS_TYPE) or "").lower()
    return told in _NLB_TYPES or spec.text("loadBalancerClass", "") in _NLB_CLASSES


def _google_lines(cluster: Cluster, usage: Usage) -> Iterator[Component]:
    """Yield the forwarding rule, and what comes in through it."""
    rule = PriceKey("gcp/load_balancing/forwarding_rule/first_5", cluster.region)
    yield Component("Forwarding rule", usage.hours, "hours", rule)
    data = PriceKey("gcp/load_balancing/data_processed/inbound", cluster.region)
    yield Component("Inbound data processed", usage.quantity(PROCESSED.name), "GB", data)


def _azure_lines(
    resource: Resource, cluster: Cluster, usage: Usage, inventory: Inventory
) -> Iterator[Component | Unpriced]:
    """Yield a Service's part of the cluster's one Standard load balancer, and its public address.

    The load balancer's price includes five rules: it stands with the first Service. A port is a rule.
    """
    balanced = [found for found in inventory if _orders_load_balancer(found)]
    before = sum(_ports(other) for other in balanced[: balanced.index(resource)]) if resource in balanced else 0
    if before == 0:
        key = PriceKey("azure/load_balancer/standard/included_rules", cluster.region)
        yield Component("Load balancer (five rules included)", usage.hours, "hours", key)
    beyond = max(before + _ports(resource) - _INCLUDED_RULES, 0) - max(before - _INCLUDED_RULES, 0)
    if beyond:
        key = PriceKey("azure/load_balancer/standard/overage_rule", cluster.region)
        yield Component("Rules beyond five", usage.hours * beyond, "hours", key)
    data = PriceKey("azure/load_balancer/standard/data_processed", cluster.region)
    yield Component("Data processed", usage.quantity(PROCESSED.name), "GB", data)
    if str(_annotation(resource, _INTERNAL_AZURE)).lower() != "true":
        key = PriceKey("azure/public_ip/ipv4/static/standard", cluster.region)
        yield Component("Public IP address", usage.hours, "hours", key)


def _orders_load_balancer(resource: Resource) -> bool:
    if resource.type not in (*_SERVICES, MANIFEST) or plain_type(resource) != _SERVICE:
        return False
    return resource.attributes.block("spec").text("type", "ClusterIP") == "LoadBalancer"


def _ports(resource: Resource) -> int:
    return max(len(resource.attributes.block("spec").blocks("ports")), 1)


def _ingress_class(resource: Resource) -> str:
    told = resource.attributes.block("spec").text("ingressClassName", "")
    return told or str(_annotation(resource, _INGRESS_CLASS) or "")


def _is_first_of_its_group(resource: Resource, inventory: Inventory) -> bool:
    """Whether no Ingress before this one shares its load balancer."""
    group = _annotation(resource, _ALB_GROUP)
    if group is None:
        return True
    others = inventory.of_type(*_INGRESSES, MANIFEST)
    first = next((o for o in others if _annotation(o, _ALB_GROUP) == group), resource)
    return first.address == resource.address


def _annotation(resource: Resource, name: str) -> object:
    return resource.attributes.block("metadata").block("annotations").get(name)


TYPES = (
    *(ResourceType(name, "network", service, KEYS) for name in _SERVICES),
    *(ResourceType(name, "network", ingress, KEYS) for name in _INGRESSES),
    ResourceType(_GATEWAY, "network", gateway, KEYS),
)
