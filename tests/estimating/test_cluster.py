"""Kubernetes from the command line: standard input, and the cluster of tollbar.yml."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT
from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

NOW = ["--now", "2026-11-21T12:00:00Z"]
EXAMPLE = ROOT / "examples" / "kubernetes"
WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 10
  template: {spec: {containers: [{name: web, resources: {requests: {cpu: "1", memory: 1Gi}}}]}}
"""
ALLOCATIONS = {
    "code": 200,
    "data": [
        {
            "default/deployment/quiet": {
                "properties": {"namespace": "default", "controllerKind": "deployment", "controller": "quiet"},
                "start": "2026-10-01T00:00:00Z",
                "end": "2026-10-02T00:00:00Z",
                "cpuCoreHours": 24,
                "cpuCost": 0.48,
                "ramByteHours": 1073741824 * 48,
                "ramCost": 0.144,
            }
        }
    ],
}


def estimate(directory: Path, *arguments: str) -> dict[str, Any]:
    """Return the estimate of a directory as JSON."""
    out = directory / "estimate.out"
    assert main(["estimate", *arguments, "--format", "json", "--out", str(out), *NOW]) == 0
    document: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return document


def project(directory: Path, kubernetes: str, manifest: str = WEB) -> Path:
    """Write manifests with a configuration."""
    folder = directory / "k8s"
    folder.mkdir()
    (folder / "web.yaml").write_text(manifest, encoding="utf-8")
    (folder / "tollbar.yml").write_text(f"version: 1\nkubernetes: {kubernetes}\n", encoding="utf-8")
    return folder


def lines(document: dict[str, Any], address: str) -> list[tuple[Any, ...]]:
    """Return a resource's lines: name, monthly cost, basis, price source, its date and trust."""
    (resource,) = (found for found in document["resources"] if found["address"] == address)
    return [
        (
            line["name"],
            line.get("monthly_cost"),
            line["basis"],
            *(line["price"][k] for k in ("source", "as_of", "trust")),
        )
        for line in resource["breakdown"]
    ]


def test_what_helm_renders_is_read_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO(WEB))
    assert main(["estimate", "-", *NOW]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "default/Deployment/web deployment $261.69" in printed
    assert printed.startswith(tmp_path.name)
    assert "OpenCost's default rates are used" in printed


def test_with_nothing_told_the_figures_are_assumptions(tmp_path: Path) -> None:
    document = estimate(tmp_path, str(project(tmp_path, "{}")))
    assert lines(document, "default/Deployment/web") == [
        ("CPU requests", 230.7603, "assumed", "opencost", "2024-10-24", "C"),
        ("Memory requests", 30.9301, "assumed", "opencost", "2024-10-24", "C"),
    ]
    assert document["resources"][0]["cost_estimate"]["confidence"] == "low"


def test_own_rates_are_a_price_book(tmp_path: Path) -> None:
    rates = "{cloud: onprem, rates: {cpu_hour: 0.02, gib_hour: 0.003, as_of: 2026-11-01}}"
    document = estimate(tmp_path, str(project(tmp_path, rates)))
    assert lines(document, "default/Deployment/web") == [
        ("CPU requests", 146.0, "fixed", "kubernetes rates", "2026-11-01", "own"),
        ("Memory requests", 21.9, "fixed", "kubernetes rates", "2026-11-01", "own"),
    ]


def test_nodes_of_ones_own_have_their_price(tmp_path: Path) -> None:
    pools = (
        "{allocation: bin_pack, node_pools: [{name: metal, vcpus: 16, memory_gib: 64, hourly_price: 0.5, nodes: 2}]}"
    )
    document = estimate(tmp_path, str(project(tmp_path, pools)))
    assert document["totals"]["monthly_cost"] == 730.0
    assert {line[3:] for line in lines(document, "NodePool/metal")} == {("kubernetes rates", "2026-11-21", "own")}


def test_an_export_gives_rates_and_tells_what_was_used(tmp_path: Path) -> None:
    quiet = WEB.replace("web", "quiet").replace('{requests: {cpu: "1", memory: 1Gi}}', "{}")
    folder = project(tmp_path, "{cloud: aws, opencost: allocation.json}", quiet)
    (folder / "allocation.json").write_text(json.dumps(ALLOCATIONS), encoding="utf-8")
    document = estimate(tmp_path, str(folder))
    assert lines(document, "default/Deployment/quiet") == [
        ("CPU of containers without a request", 14.6, "history", "allocation export", "2026-10-02", "own"),
        ("Memory of containers without a request", 4.38, "history", "allocation export", "2026-10-02", "own"),
    ]


def test_rates_of_the_configuration_count_before_those_of_an_export(tmp_path: Path) -> None:
    folder = project(tmp_path, "{opencost: allocation.json, rates: {cpu_hour: 0.01}}")
    (folder / "allocation.json").write_text(json.dumps(ALLOCATIONS), encoding="utf-8")
    document = estimate(tmp_path, str(folder))
    assert [(name, source) for name, _, _, source, *_ in lines(document, "default/Deployment/web")] == [
        ("CPU requests", "kubernetes rates"),
        ("Memory requests", "allocation export"),
    ]


def test_an_export_that_is_not_there_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, "{opencost: allocation.json}")
    assert main(["estimate", str(folder)]) == 3
    assert capsys.readouterr().err.replace("\n", "").startswith(f"error: {folder / 'tollbar.yml'}:2: there is no file")


def test_a_price_book_is_told_to_hold_for_a_cluster(tmp_path: Path) -> None:
    folder = project(tmp_path, "{}\nprices: {books: [{name: acme, as_of: 2026-11-01, on_prem: {cpu_hour: 0.01}}]}")
    document = estimate(tmp_path, str(folder))
    assert lines(document, "default/Deployment/web") == [
        ("CPU requests", 73.0, "fixed", "acme", "2026-11-01", "own"),
        ("Memory requests", 30.9301, "fixed", "opencost", "2024-10-24", "C"),
    ]


def test_pods_and_their_idle_nodes_cost_what_the_nodes_do(tmp_path: Path) -> None:
    document = estimate(tmp_path, str(EXAMPLE))
    on_nodes = sum(
        line["monthly_cost"]
        for resource in document["resources"]
        for line in resource["breakdown"]
        if line["name"].endswith(("(m6i.xlarge)", "(g5.xlarge, spot)"))
    )
    prices = {
        line["name"].rpartition("(")[2]: line["unit_price"]
        for resource in document["resources"]
        if resource["type"] == "kubernetes_node_pool"
        for line in resource["breakdown"]
    }
    assert on_nodes == pytest.approx(730 * (3 * prices["m6i.xlarge)"] + 2 * prices["g5.xlarge, spot)"]), abs=0.0001)


def test_nodes_and_pods_together_are_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    infra = tmp_path / "infra"
    infra.mkdir()
    (infra / "main.tf").write_text('resource "aws_eks_node_group" "a" {}\n', encoding="utf-8")
    assert main(["estimate", str(infra), str(project(tmp_path, "{}")), *NOW]) == 0
    assert "what runs on these nodes is counted twice" in " ".join(capsys.readouterr().out.split())


def test_kubernetes_in_terraform_is_priced_as_manifests_are(tmp_path: Path) -> None:
    infra = tmp_path / "infra"
    infra.mkdir()
    (infra / "main.tf").write_text(
        """
resource "kubernetes_deployment_v1" "web" {
  metadata { name = "web" }
  spec {
    replicas = 10
    template {
      metadata {}
      spec {
        container {
          name = "web"
          resources { requests = { cpu = "1", memory = "1Gi" } }
        }
      }
    }
  }
}
resource "kubernetes_config_map_v1" "settings" {
  metadata { name = "settings" }
}
""",
        encoding="utf-8",
    )
    document = estimate(tmp_path, str(infra))
    assert [line[:2] for line in lines(document, "kubernetes_deployment_v1.web")] == [
        ("CPU requests", 230.7603),
        ("Memory requests", 30.9301),
    ]
    assert document["coverage"]["free"] == 1


def test_what_node_pools_do_not_tell_is_assumed_at_opencosts_default(tmp_path: Path) -> None:
    claim = (
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\n"
        "spec: {storageClassName: own, resources: {requests: {storage: 100Gi}}}\n"
    )
    pools = "{cloud: aws, region: us-east-1, node_pools: [{name: general, instance_type: m6i.xlarge}]}"
    document = estimate(tmp_path, str(project(tmp_path, pools, claim)))
    assert lines(document, "default/PersistentVolumeClaim/data") == [
        ("Storage", 4.0, "assumed", "opencost", "2024-10-24", "C")
    ]
