"""The overlays build, and give what Kubernetes takes, with as few rights as possible, referring to what is there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from tests.conftest import ROOT
from tests.docker.image import DOCKER, stage
from tests.docker.stack import compose
from tollbar.policy.config import read_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KUBERNETES = DOCKER / "kubernetes"
OVERLAYS = ("dev", "production")
VERSIONS = ("1.35.0", "1.37.0")
OTHERS = {"ServiceMonitor", "PodMonitor", "Certificate", "Issuer"}
"""Of operators: their schemas are not Kubernetes's."""


@cache
def _built(overlay: str) -> list[dict[str, Any]]:
    kustomize = shutil.which("kustomize", path=str(ROOT / ".tools" / "bin")) or shutil.which("kustomize")
    if kustomize is None:
        pytest.skip("kustomize is not installed")
    command = [kustomize, "build", str(KUBERNETES / "overlays" / overlay)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return list(yaml.safe_load_all(done.stdout))


def _of(overlay: str, kind: str, name: str = "tollbar") -> dict[str, Any]:
    return next(each for each in _built(overlay) if (each["kind"], each["metadata"]["name"]) == (kind, name))


def _pod(overlay: str) -> dict[str, Any]:
    pod: dict[str, Any] = _of(overlay, "Deployment")["spec"]["template"]["spec"]
    return pod


def _containers(overlay: str) -> list[dict[str, Any]]:
    pod = _pod(overlay)
    return [*pod.get("initContainers", []), *pod["containers"]]


def _container(overlay: str, name: str) -> dict[str, Any]:
    return next(each for each in _containers(overlay) if each["name"] == name)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_object_fits_the_schema_of_its_kind(overlay: str, version: str) -> None:
    for document in _built(overlay):
        if document["kind"] not in OTHERS:
            kubernetes_validate.validate(document, version, strict=True)


def test_a_field_that_is_none_is_refused() -> None:
    document = {**_of("dev", "Service"), "spec": {"ports": [{"port": 80, "targetport": "http"}]}}
    with pytest.raises(jsonschema.ValidationError, match="targetport"):
        kubernetes_validate.validate(document, VERSIONS[-1], strict=True)


def test_what_each_overlay_is_made_of() -> None:
    kinds = {overlay: sorted({each["kind"] for each in _built(overlay)}) for overlay in OVERLAYS}
    dev = ["ConfigMap", "Deployment", "Namespace", "NetworkPolicy", "Service", "ServiceAccount"]
    more = ["HorizontalPodAutoscaler", "PodDisruptionBudget", "ValidatingWebhookConfiguration", *OTHERS]
    assert kinds == {"dev": dev, "production": sorted([*dev, *more])}
    namespaced = [
        each for each in _built("production") if each["kind"] not in {"Namespace", "ValidatingWebhookConfiguration"}
    ]
    assert {each["metadata"].get("namespace") for each in namespaced} == {"tollbar"}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_pod_may_do_nothing_but_its_work(overlay: str) -> None:
    pod = _pod(overlay)
    assert (pod["automountServiceAccountToken"], pod["serviceAccountName"]) == (False, "tollbar")
    assert _of(overlay, "ServiceAccount")["automountServiceAccountToken"] is False
    assert pod["securityContext"] == {
        "runAsNonRoot": True, "runAsUser": 10001, "runAsGroup": 10001, "fsGroup": 10001,
        "seccompProfile": {"type": "RuntimeDefault"},
    }  # fmt: skip
    assert stage("final").last("USER") == "10001:10001"
    confined = {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip
    assert [each["securityContext"] for each in _containers(overlay)] == [confined] * len(_containers(overlay))
    assert not any(pod.get(name) for name in ("hostNetwork", "hostPID", "hostIPC"))
    assert not any("hostPath" in volume for volume in pod["volumes"])
    assert _of(overlay, "Namespace")["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_container_has_limits_and_probes(overlay: str) -> None:
    for container in _containers(overlay):
        assert set(container["resources"]["requests"]) == {"cpu", "memory"}, container["name"]
        assert set(container["resources"]["limits"]) == {"memory"}, container["name"]
        assert {"livenessProbe", "readinessProbe"} <= set(container), container["name"]
    service = _container(overlay, "service")
    paths = [service[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")]
    assert paths == ["/healthz", "/healthz", "/readyz"]


def test_the_workers_fit_into_the_memory_of_their_container() -> None:
    data = next(
        each["data"] for each in _built("production") if each["metadata"]["name"].startswith("tollbar-service-")
    )
    workers = int(data["TOLLBAR_SERVICE_ESTIMATE_WORKERS"]) * int(data["TOLLBAR_SERVICE_ESTIMATE_BYTES"])
    assert _container("production", "service")["resources"] == {
        "requests": {"cpu": "1", "memory": "2Gi"},
        "limits": {"memory": "3Gi"},
    }
    assert workers <= 3 * 2**30 - 2**29  # half a GiB is the service's own
    of_compose = compose()["services"]["service"]
    assert of_compose["deploy"]["resources"]["limits"]["memory"] == "3g"
    same = ("ESTIMATE_WORKERS", "ESTIMATE_BYTES", "LEDGER", "RETENTION_DAYS", "CONFIG")
    names = [f"TOLLBAR_SERVICE_{name}" for name in same]
    assert {name: data[name] for name in names} == {name: of_compose["environment"][name] for name in names}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_an_image_is_told_apart_by_more_than_a_name(overlay: str) -> None:
    images = {each["name"]: each["image"] for each in _containers(overlay)}
    if overlay == "dev":
        assert images == {"service": "tollbar:local"}
    else:
        assert set(images) == {"opa", "service", "webhook"}
        assert [image for image in images.values() if not re.fullmatch(r"[\w./-]+@sha256:[0-9a-f]{64}", image)] == []


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_is_mounted_and_referred_to_is_there(overlay: str) -> None:
    pod = _pod(overlay)
    volumes = {volume["name"] for volume in pod["volumes"]}
    mounted = {mount["name"] for each in _containers(overlay) for mount in each["volumeMounts"]}
    assert mounted == volumes
    made = {each["metadata"]["name"] for each in _built(overlay) if each["kind"] == "ConfigMap"}
    of_users = {"tollbar-bundle"} if overlay == "production" else set()
    assert set(_references(pod, "configMap", "configMapRef", "configMapKeyRef")) - made == of_users
    named = {port["name"] for each in _containers(overlay) for port in each["ports"]}
    services = [each for each in _built(overlay) if each["kind"] == "Service"]
    assert {port["targetPort"] for each in services for port in each["spec"]["ports"]} <= named


def _references(node: Any, *kinds: str) -> Iterator[str]:
    if isinstance(node, dict):
        for kind, value in node.items():
            if kind in kinds:
                yield value["name"]
            else:
                yield from _references(value, *kinds)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value, *kinds)


def test_the_secrets_it_asks_for_are_those_of_the_page() -> None:
    text = json.dumps(_built("production"))
    found = set(re.findall(r'"secretKeyRef": {[^}]*"name": "([\w-]+)"', text)) | set(
        re.findall(r'"secretName": "([\w-]+)"', text)
    )
    monitors = [_of("production", "ServiceMonitor"), _of("production", "PodMonitor", "tollbar-opa")]
    found |= set(re.findall(r'"credentials": {[^}]*"name": "([\w-]+)"', json.dumps(monitors)))
    page = (ROOT / "docs" / "containers.md").read_text(encoding="utf-8")
    by_cert_manager = {"tollbar-webhook-certificate"}
    assert found - by_cert_manager == set(re.findall(r"^\| `(tollbar-[\w-]+)` \|.*\| secret", page, flags=re.MULTILINE))
    assert [each["kind"] for each in _built("production") if each["kind"] == "Secret"] == []


def test_selectors_find_the_pods_and_nobody_elses_are_changed() -> None:
    chosen = {"app.kubernetes.io/name": "tollbar", "app.kubernetes.io/component": "service"}
    template = _of("production", "Deployment")["spec"]["template"]["metadata"]["labels"]
    assert template == {**chosen, "app.kubernetes.io/part-of": "tollbar"}
    assert _of("production", "Deployment")["spec"]["selector"] == {"matchLabels": chosen}
    assert _of("production", "PodDisruptionBudget")["spec"]["selector"] == {"matchLabels": chosen}
    assert [_of("production", "Service", name)["spec"]["selector"] for name in ("tollbar", "tollbar-webhook")] == [
        chosen, chosen,
    ]  # fmt: skip
    policy = _of("production", "NetworkPolicy")["spec"]
    assert policy["podSelector"] == {"matchLabels": chosen}
    assert policy["egress"][0]["to"][0]["podSelector"] == {"matchLabels": {"k8s-app": "kube-dns"}}
    assert _of("production", "NetworkPolicy", "deny-all")["spec"] == {
        "podSelector": {}, "policyTypes": ["Ingress", "Egress"],
    }  # fmt: skip


def test_the_autoscaler_scales_what_there_is() -> None:
    spec = _of("production", "HorizontalPodAutoscaler")["spec"]
    assert spec["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "Deployment", "name": "tollbar"}
    scaled = {metric["containerResource"]["container"] for metric in spec["metrics"]}
    assert scaled == {"service", "opa"} <= {each["name"] for each in _containers("production")}
    assert "replicas" not in _of("production", "Deployment")["spec"]
    assert (spec["minReplicas"], spec["maxReplicas"]) == (3, 20)


def test_opa_is_a_sidecar_with_the_command_of_its_image() -> None:
    opa = _pod("production")["initContainers"][0]
    assert (opa["restartPolicy"], "command" in opa, "args" in opa) == ("Always", False, False)
    files = {mount["mountPath"] for mount in opa["volumeMounts"]}
    asked = {word for word in stage("opa").command("CMD") if "/etc/opa/" in word}
    assert {file for file in files if not any(file in word for word in asked)} == set()


def test_the_webhook_asks_the_route_that_answers() -> None:
    from tollbar.service.webhooks.admission import router  # noqa: PLC0415 -- only here

    webhook = _of("production", "ValidatingWebhookConfiguration")["webhooks"][0]
    path = webhook["clientConfig"]["service"]["path"]
    assert [getattr(route, "path", None) for route in router.routes] == [path]
    service = _of("production", "Service", webhook["clientConfig"]["service"]["name"])
    assert [port["port"] for port in service["spec"]["ports"]] == [webhook["clientConfig"]["service"]["port"]]
    assert (webhook["failurePolicy"], webhook["timeoutSeconds"], webhook["sideEffects"]) == (
        "Ignore", 10, "NoneOnDryRun",
    )  # fmt: skip
    names = _of("production", "Certificate", "tollbar-webhook")["spec"]["dnsNames"]
    assert names == [f"{service['metadata']['name']}.tollbar.svc"]


@pytest.mark.parametrize("file", sorted(KUBERNETES.glob("*/**/tollbar.yml")), ids=lambda file: file.parts[-3])
def test_its_own_configuration_is_one(file: Path) -> None:
    assert read_config(file).version == 1


def test_the_settings_of_production_are_settings(tmp_path: Path) -> None:
    """They are what a tollbar.yml with the same policies comes to: its reader knows every key."""
    file = KUBERNETES / "overlays" / "production" / "config" / "settings.json"
    settings = json.loads(file.read_text(encoding="utf-8"))["tollbar_settings"]
    rules = {"rules": settings.pop("rules")}
    (tmp_path / "tollbar.yml").write_text(json.dumps({"version": 1, "policies": rules, **settings}), encoding="utf-8")
    assert read_config(tmp_path / "tollbar.yml").policy_settings() == {**rules, **settings}
