"""Objects in their cluster: what applies to them, and Terraform's in the form of manifests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.inputs.conftest import plan, resource
from tollbar.inputs import detect
from tollbar.inputs.interface import Declaration, ReadOptions, Source
from tollbar.inputs.kubernetes.placement import counts_nodes_twice, placed
from tollbar.resource import UNKNOWN, Attributes, Inventory, Resource

if TYPE_CHECKING:
    from tests.inputs.conftest import ReadPlan, WriteProject

CLUSTER = {"cloud": "aws", "region": "eu-west-1", "allocation": "by_request", "node_pools": []}
MANIFESTS = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web, namespace: other}
spec: {scaleTargetRef: {name: web}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: defaults, namespace: shop}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-1, namespace: shop, ownerReferences: [{kind: Deployment, name: web}]}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: fast}
"""


def declared(type_name: str, attributes: dict[str, Any]) -> Declaration:
    """Return a plan of Terraform with one resource of the kubernetes provider."""
    one = Resource(f"{type_name}.this", type_name, "this", "kubernetes", None, Attributes(attributes))
    return Declaration(Source("terraform_plan", "plan.json"), Inventory((one,)))


def in_manifest_form(type_name: str, attributes: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of a resource of the provider as they come out, the cluster left out."""
    (found,) = placed([declared(type_name, attributes)], CLUSTER)[0].after
    return {name: value for name, value in found.attributes.values.items() if name != "cluster"}


def test_objects_refer_to_what_applies_to_them(project: WriteProject) -> None:
    declaration = detect.read(project({"a.yaml": MANIFESTS}), ReadOptions())
    found = {r.address: dict(r.references) for r in placed([declaration], CLUSTER)[0].after}
    limits = {"limitRange": ("shop/LimitRange/defaults",)}
    assert found == {
        "shop/Deployment/web": limits,
        "shop/HorizontalPodAutoscaler/web": {**limits, "spec.scaleTargetRef": ("shop/Deployment/web",)},
        "other/ScaledObject/web": {},
        "shop/LimitRange/defaults": limits,
        "shop/ReplicaSet/web-1": {**limits, "ownerReferences": ("shop/Deployment/web",)},
        "StorageClass/fast": {},
        "default/PersistentVolumeClaim/data": {"storageClassName": ("StorageClass/fast",)},
    }


def test_objects_stand_in_the_clusters_region(project: WriteProject) -> None:
    declaration = detect.read(project({"a.yaml": MANIFESTS}), ReadOptions())
    resources = placed([declaration], CLUSTER)[0].after
    assert {resource.region for resource in resources} == {"eu-west-1"}
    assert {resource.attributes.block("cluster").text("cloud") for resource in resources} == {"aws"}


def test_the_pools_on_which_pods_are_packed_are_resources(project: WriteProject) -> None:
    declaration = detect.read(project({"a.yaml": MANIFESTS}), ReadOptions())
    pools = [{"name": "general", "instance_type": "m5.large", "labels": {"team": "platform"}}]
    resources = placed([declaration], {**CLUSTER, "allocation": "bin_pack", "node_pools": pools})[0].after
    pool = resources.by_address["NodePool/general"]
    assert (pool.type, pool.region, pool.tags) == ("kubernetes_node_pool", "eu-west-1", {"team": "platform"})
    assert pool.attributes.text("instance_type") == "m5.large"


def test_other_declarations_are_left_as_they_are(read_plan: ReadPlan) -> None:
    declaration = read_plan(plan(resource("aws_eip.a")))
    (after,) = placed([declaration], {**CLUSTER, "allocation": "bin_pack", "node_pools": [{"name": "x"}]})
    assert after is declaration


def test_blocks_of_terraform_become_manifests() -> None:
    container = {
        "name": "web",
        "resources": [{"requests": {"cpu": "500m", "my_own/x": "1"}, "limits": None}],
        "env": [],
    }
    found = in_manifest_form(
        "kubernetes_stateful_set_v1",
        {
            "metadata": [{"name": "db", "labels": {"a_b": "c"}}],
            "spec": [
                {
                    "replicas": "2",
                    "template": [
                        {"spec": [{"container": [container], "init_container": [], "node_selector": {"a_b": "c"}}]}
                    ],
                    "volume_claim_template": [
                        {
                            "metadata": [{"name": "data"}],
                            "spec": [{"storage_class_name": "gp3", "resources": [{"requests": {"storage": "1Gi"}}]}],
                        }
                    ],
                }
            ],
        },
    )
    assert found == {
        "metadata": {"name": "db", "labels": {"a_b": "c"}},
        "spec": {
            "replicas": "2",
            "template": {
                "spec": {
                    "containers": [
                        {
                            "name": "web",
                            "resources": {"requests": {"cpu": "500m", "my_own/x": "1"}, "limits": None},
                            "env": None,
                        }
                    ],
                    "initContainers": [],
                    "nodeSelector": {"a_b": "c"},
                }
            },
            "volumeClaimTemplates": [
                {
                    "metadata": {"name": "data"},
                    "spec": {"storageClassName": "gp3", "resources": {"requests": {"storage": "1Gi"}}},
                }
            ],
        },
    }


def test_what_only_apply_tells_stays_unknown() -> None:
    blocks = {"metadata": [{"name": UNKNOWN}], "spec": [{"replicas": UNKNOWN, "template": UNKNOWN}]}
    found = in_manifest_form("kubernetes_deployment", blocks)
    assert found == {"metadata": {"name": UNKNOWN}, "spec": {"replicas": UNKNOWN, "template": UNKNOWN}}


def test_a_manifest_in_terraform_is_what_it_holds() -> None:
    held = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "shop", "labels": {"team": "shop"}},
    }
    assert in_manifest_form("kubernetes_manifest", {"manifest": held}) == held
    (found,) = placed([declared("kubernetes_manifest", {"manifest": held})], CLUSTER)[0].after
    assert found.tags == {"team": "shop"}
    unknown = {"manifest": UNKNOWN}
    assert in_manifest_form("kubernetes_manifest", unknown) == unknown


def test_nodes_of_terraform_and_pods_together_count_twice() -> None:
    pods = declared("kubernetes_deployment", {})
    group = Resource("aws_eks_node_group.a", "aws_eks_node_group", "a", "aws", None, Attributes())
    nodes = Declaration(Source("terraform_directory", "infra"), Inventory((group,)))
    assert counts_nodes_twice([pods, nodes])
    assert not counts_nodes_twice([pods])
    assert not counts_nodes_twice([nodes])
