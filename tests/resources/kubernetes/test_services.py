"""Services, Ingresses and Gateways: the load balancers of each cloud."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tests.resources.kubernetes.clusters import AT_RATES
from tollbar.resource import Inventory
from tollbar.resources.kubernetes.services import KEYS
from tollbar.resources.registry import bill
from tollbar.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.resources.conftest import CostLines

_KEYS = {key.name: key for key in KEYS}

SERVICE = "kubernetes_service"
INGRESS = "kubernetes_ingress"
GATEWAY = "gateway.networking.k8s.io/Gateway"
GOOGLE = {"cloud": "gcp", "region": "us-central1"}
AZURE = {"cloud": "azure", "region": "eastus"}
NLB = {"service.beta.kubernetes.io/aws-load-balancer-type": "external"}


def service(
    placed: Mapping[str, Any] | None = None, ports: int = 1, annotations: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return a Service of type LoadBalancer, in a cluster of AWS unless told."""
    return {
        "metadata": {"annotations": annotations or {}},
        "spec": {"type": "LoadBalancer", "ports": [{"port": 80 + number} for number in range(ports)]},
        "cluster": {**AT_RATES, **(placed or {})},
    }


def ingress(
    name: str | None, placed: Mapping[str, Any] | None = None, annotations: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return an Ingress of a class."""
    spec = {} if name is None else {"ingressClassName": name}
    return {"metadata": {"annotations": annotations or {}}, "spec": spec, "cluster": {**AT_RATES, **(placed or {})}}


PROCESSED = {"monthly_data_processed_gb": 100}
UNITS = {"new_connections": 10, "active_connections": 100, "processed_bytes_gb": 50}
EXAMPLES = (
    Example(SERVICE, service(), usage=PROCESSED),
    Example(f"{SERVICE}_v1", service(annotations=NLB), usage=UNITS),
    Example(INGRESS, ingress("alb"), usage=UNITS),
    Example(f"{INGRESS}_v1", ingress("alb"), usage=UNITS),
    Example(
        GATEWAY,
        {"spec": {"gatewayClassName": "gke-l7-global-external-managed"}, "cluster": GOOGLE},
        usage=PROCESSED,
        region="us-central1",
    ),
)


def test_other_services_cost_nothing(cost_lines: CostLines) -> None:
    assert cost_lines(SERVICE, {"spec": {"type": "NodePort"}, "cluster": AT_RATES}) == {}
    assert cost_lines(SERVICE, {"spec": {}, "cluster": AT_RATES}) == {}


def test_aws_makes_a_classic_load_balancer_or_a_network_load_balancer(cost_lines: CostLines) -> None:
    assert cost_lines(SERVICE, service(), PROCESSED) == {
        "Classic Load Balancer": Decimal("18.25"),
        "Data processed": Decimal("0.80"),
    }
    network = {
        "Network Load Balancer": Decimal("16.43"),
        "Load balancer capacity units (NLCU)": Decimal("0.30"),
    }
    assert cost_lines(SERVICE, service(annotations=NLB), {"processed_bytes_gb": 50}) == network
    by_class = service()
    by_class["spec"]["loadBalancerClass"] = "service.k8s.aws/nlb"
    assert cost_lines(SERVICE, by_class, {"processed_bytes_gb": 50}) == network


def test_google_makes_a_forwarding_rule(cost_lines: CostLines) -> None:
    assert cost_lines(SERVICE, service(GOOGLE), PROCESSED, region="us-central1") == {
        "Forwarding rule": Decimal("18.25"),
        "Inbound data processed": Decimal("0.80"),
    }


def test_azures_services_share_one_load_balancer(cost_lines: CostLines) -> None:
    use = {"monthly_data_processed_gb": 1000}
    first = declared(SERVICE, service(AZURE, ports=4), name="first", region="eastus")
    alone = cost_lines(SERVICE, service(AZURE), use, region="eastus")
    assert alone == {
        "Load balancer (five rules included)": Decimal("18.25"),
        "Data processed": Decimal("5.00"),
        "Public IP address": Decimal("3.65"),
    }
    # Of the three rules of a second Service, two are beyond the five of both.
    inventory = Inventory((first, declared(SERVICE, service(AZURE, ports=3), name="second", region="eastus")))
    second = inventory.resources[1]
    lines = {line.name: line.quantity.expected for line in bill(second, Usage(use, _KEYS), inventory).components}
    assert lines == {"Rules beyond five": 1460, "Data processed": 1000, "Public IP address": 730}
    internal = service(AZURE, annotations={"service.beta.kubernetes.io/azure-load-balancer-internal": "true"})
    assert "Public IP address" not in cost_lines(SERVICE, internal, use, region="eastus")


def test_on_premises_a_load_balancer_is_no_purchase(cost_lines: CostLines) -> None:
    assert cost_lines(SERVICE, service({"cloud": "onprem"})) == {}


def test_where_the_cluster_is_not_told_its_load_balancer_is_unpriced(cost_lines: CostLines) -> None:
    told = "where the cluster runs is not told: set kubernetes.cloud and kubernetes.region in tollbar.yml"
    assert cost_lines(SERVICE, service({"cloud": None})) == {"price_not_found": told}
    assert cost_lines(INGRESS, ingress("alb", {"cloud": None})) == {"price_not_found": told}


@pytest.mark.parametrize("name", ["nginx", "traefik", None])
def test_an_ingress_of_a_controller_in_the_cluster_is_free(cost_lines: CostLines, name: str | None) -> None:
    assert cost_lines(INGRESS, ingress(name)) == {}


def test_an_ingress_on_aws_is_an_alb(cost_lines: CostLines) -> None:
    lines = cost_lines(INGRESS, ingress("alb"), {"processed_bytes_gb": 100})
    assert lines == {
        "Application Load Balancer": Decimal("16.43"),
        "Load balancer capacity units (LCU)": Decimal("0.80"),
    }
    by_annotation = ingress(None, annotations={"kubernetes.io/ingress.class": "alb"})
    assert cost_lines(INGRESS, by_annotation, {"processed_bytes_gb": 100}) == lines


def test_the_ingresses_of_a_group_share_one_alb(cost_lines: CostLines) -> None:
    group = {"alb.ingress.kubernetes.io/group.name": "shop"}
    other = declared(INGRESS, ingress("alb", annotations=group), name="other")
    attributes = ingress("alb", annotations=group)
    assert len(cost_lines(INGRESS, attributes)) == 2
    assert cost_lines("kubernetes_ingress_v1", attributes, others=[other]) == {}


def test_an_ingress_on_gke_is_googles_unless_another_class_is_told(cost_lines: CostLines) -> None:
    assert "Forwarding rule" in cost_lines(INGRESS, ingress(None, GOOGLE), region="us-central1")
    assert cost_lines(INGRESS, ingress("nginx", GOOGLE), region="us-central1") == {}


def test_what_a_gateway_makes_depends_on_its_class(cost_lines: CostLines) -> None:
    istio = {"spec": {"gatewayClassName": "istio"}, "cluster": AT_RATES}
    assert cost_lines(GATEWAY, istio) == {
        "unsupported_type": "what Gateways of the class 'istio' make is not known to Tollbar"
    }
    elsewhere = {"spec": {"gatewayClassName": "gke-l7-rilb"}, "cluster": {"cloud": None}}
    assert list(cost_lines(GATEWAY, elsewhere)) == ["price_not_found"]
