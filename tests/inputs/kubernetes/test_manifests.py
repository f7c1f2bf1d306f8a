"""Manifests: what is read, where it stands, and what is said of what is none."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tollbar.errors import InputError
from tollbar.inputs import detect
from tollbar.inputs.interface import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.inputs.conftest import WriteProject
    from tollbar.inputs.interface import Declaration

DEPLOYMENT = """\
# the shop's front
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels: {team: shop, version: 4, canary: true}
  annotations: {owner: ada, team: other, example.com/note: x}
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          resources: {requests: {cpu: 0.5, memory: 1Gi}}
"""
CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n"


def read(path: Path) -> Declaration:
    """Read a path as the commands do."""
    return detect.read(path, ReadOptions())


def addresses(path: Path) -> list[str]:
    """Return what a path declares."""
    return [resource.address for resource in read(path).after]


def error_of(path: Path) -> str:
    """Return what is said of a path that cannot be read."""
    with pytest.raises(InputError) as error:
        read(path)
    return str(error.value).replace(str(path), "PATH")


def test_an_object_is_a_resource(project: WriteProject) -> None:
    directory = project({"web.yaml": DEPLOYMENT})
    declared = read(directory)
    (web,) = declared.after
    assert (declared.source.kind, declared.before.resources, declared.warnings) == ("kubernetes", (), ())
    assert (web.address, web.type, web.name, web.cloud) == (
        "shop/Deployment/web",
        "kubernetes_deployment",
        "web",
        "kubernetes",
    )
    assert web.tags == {"team": "shop", "version": "4", "canary": "true", "owner": "ada"}
    assert str(web.location) == f"{directory / 'web.yaml'}:2"
    assert web.attributes.block("spec").number("replicas") == 3


@pytest.mark.parametrize(
    ("text", "address", "type_name"),
    [
        ("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n", "Namespace/shop", "kubernetes_namespace"),
        ("apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: r}\n", "default/CronJob/r", "kubernetes_cron_job"),
        ("apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d}\n", "default/DaemonSet/d", "kubernetes_daemonset"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {generateName: p-}\n", "default/Pod/p-", "kubernetes_pod"),
        ("apiVersion: v1\nkind: Service\nmetadata: {name: 80}\n", "default/Service/80", "kubernetes_service"),
        (
            "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: s}\n",
            "default/ScaledObject/s",
            "kubernetes_scaled_object",
        ),
        (
            "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: c}\n",
            "default/Certificate/c",
            "cert-manager.io/Certificate",
        ),
        (
            "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: k}\n",
            "default/Service/k",
            "serving.knative.dev/Service",
        ),
    ],
)
def test_kinds_have_addresses_and_types(project: WriteProject, text: str, address: str, type_name: str) -> None:
    (resource,) = read(project({"a.yaml": text})).after
    assert (resource.address, resource.type) == (address, type_name)


def test_a_file_may_hold_several_documents_and_lists(project: WriteProject) -> None:
    listed = (
        "apiVersion: v1\nkind: List\nitems:\n"
        "  - {apiVersion: v1, kind: Secret, metadata: {name: a}}\n"
        "  - apiVersion: v1\n    kind: Secret\n    metadata: {name: b}\n"
    )
    directory = project({"all.yaml": f"---\n{DEPLOYMENT}---\n# nothing\n---\n{CONFIG_MAP}---\n{listed}"})
    found = {resource.address: resource.location and resource.location.line for resource in read(directory).after}
    assert found == {
        "shop/Deployment/web": 3,
        "default/ConfigMap/settings": 20,
        "default/Secret/a": 27,
        "default/Secret/b": 28,
    }


def test_a_directory_is_read_with_those_in_it(project: WriteProject) -> None:
    directory = project(
        {
            "b.yml": DEPLOYMENT,
            "apps/a.json": json.dumps({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}, indent="\t"),
            ".github/workflows/ci.yaml": CONFIG_MAP,
            "values.yaml": "replicas: 2\n",
            "README.md": "apiVersion: v1\nkind: Secret\n",
        }
    )
    assert addresses(directory) == ["shop/Deployment/web", "default/Secret/s"]
    assert addresses(directory / "b.yml") == ["shop/Deployment/web"]
    assert addresses(directory / "apps") == ["default/Secret/s"]


def test_an_answer_of_kubectl_in_one_line_is_read(project: WriteProject) -> None:
    text = json.dumps({"kind": "List", "items": [{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}]})
    assert addresses(project({"a.json": text}) / "a.json") == ["default/Secret/s"]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(DEPLOYMENT))
    (web,) = read(Path("-")).after
    assert (web.address, str(web.location)) == ("shop/Deployment/web", "standard input:2")


def test_standard_input_without_objects_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("---\n"))
    assert error_of(Path("-")) == (
        "standard input: there is no Kubernetes object\n  Render it first: helm template . | tollbar check PATH"
    )


def test_terraform_goes_before_manifests(project: WriteProject) -> None:
    assert addresses(project({"main.tf": 'resource "aws_eip" "b" {}', "web.yaml": DEPLOYMENT})) == ["aws_eip.b"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"Chart.yaml": "apiVersion: v2\nname: shop\n", "templates/web.yaml": "kind: {{ .Values.kind }}\n"},
            "PATH: this is a Helm chart, not manifests\n  Render it first: helm template . | tollbar check -",
        ),
        (
            {"kustomization.yaml": "resources: [web.yaml]\n", "web.yaml": DEPLOYMENT},
            "PATH: this is a kustomization, not manifests\n  Build it first: kustomize build PATH | tollbar check -",
        ),
        (
            {"web.yaml": DEPLOYMENT, "overlays/prod/kustomization.yml": "resources: [../..]\n"},
            (
                "PATH/overlays/prod: this is a kustomization, not manifests\n"
                "  Build it first: kustomize build PATH/overlays/prod | tollbar check -"
            ),
        ),
        (
            {"web.yaml": DEPLOYMENT, "charts/db/Chart.yaml": "name: db\n", "charts/db/templates/a.yaml": "a: 1\n"},
            (
                "PATH/charts/db: this is a Helm chart, not manifests\n"
                "  Render it first: helm template PATH/charts/db | tollbar check -"
            ),
        ),
        (
            {"a.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\n"},
            "PATH/a.yaml:3: a key must be a name\n  Render it first: helm template . | tollbar check -",
        ),
        (
            {"a.yaml": f"{CONFIG_MAP}---\nname: x\n"},
            (
                "PATH/a.yaml:5: apiVersion is missing: this is no Kubernetes object\n"
                "  Every document needs apiVersion, kind and metadata.name."
            ),
        ),
        (
            {"a.yaml": f"{CONFIG_MAP}---\napiVersion: v1\nmetadata: {{name: x}}\n"},
            (
                "PATH/a.yaml:5: kind is missing: this is no Kubernetes object\n"
                "  Every document needs apiVersion, kind and metadata.name."
            ),
        ),
        ({"a.yaml": "apiVersion: v1\nkind: Pod\n"}, "PATH/a.yaml:1: Pod: metadata.name is missing"),
        (
            {"a.yaml": CONFIG_MAP + DEPLOYMENT},
            "PATH/a.yaml:5: 'apiVersion' is given twice\n  Documents are separated by a line with three dashes: ---",
        ),
        ({"a.yaml": f"{CONFIG_MAP}---\n- 1\n"}, "PATH/a.yaml:5: expected a mapping"),
        (
            {"a.yaml": DEPLOYMENT.replace("1Gi", "1gb")},
            (
                "PATH/a.yaml:15: spec.template.spec.containers.0.resources.requests.memory: '1gb' is not a Kubernetes "
                "quantity\n  Write it as 100m or 0.5 (CPU), 512Mi, 1Gi or 1G (memory, storage)."
            ),
        ),
        (
            {"a.yaml": DEPLOYMENT.replace("0.5", "-1")},
            (
                "PATH/a.yaml:15: spec.template.spec.containers.0.resources.requests.cpu: -1 is not a Kubernetes "
                "quantity\n  Write it as 100m or 0.5 (CPU), 512Mi, 1Gi or 1G (memory, storage)."
            ),
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(project: WriteProject, files: Mapping[str, str], message: str) -> None:
    assert error_of(project(files)) == message


def test_bytes_that_are_no_text_are_refused(project: WriteProject) -> None:
    directory = project({"a.yaml": CONFIG_MAP})
    (directory / "a.yaml").write_bytes(CONFIG_MAP.encode() + b"\xff")
    assert error_of(directory / "a.yaml") == "PATH: this is not a text file"


def test_of_two_objects_with_one_name_the_later_counts(project: WriteProject) -> None:
    directory = project({"a.yaml": f"{CONFIG_MAP}---\n{CONFIG_MAP}"})
    declared = read(directory)
    assert [str(resource.location) for resource in declared.after] == [f"{directory / 'a.yaml'}:5"]
    assert declared.warnings == (
        (
            f"{directory / 'a.yaml'}:5: default/ConfigMap/settings is declared a second time, "
            f"first in {directory / 'a.yaml'}:1; this one counts"
        ),
    )


def test_a_plan_that_holds_manifests_is_a_plan(project: WriteProject) -> None:
    manifest = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}
    declared = {
        "address": "kubernetes_manifest.s",
        "mode": "managed",
        "type": "kubernetes_manifest",
        "name": "s",
        "values": {"manifest": manifest},
    }
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": [declared]}},
        "resource_changes": [
            {**declared, "change": {"actions": ["create"], "before": None, "after": declared["values"]}}
        ],
        "configuration": {"root_module": {}},
    }
    directory = project({"plan.json": json.dumps(plan, indent=2), "one_line.json": json.dumps(plan)})
    assert addresses(directory / "plan.json") == addresses(directory / "one_line.json") == ["kubernetes_manifest.s"]


def test_the_keys_of_an_object_in_json_have_no_order(project: WriteProject) -> None:
    text = json.dumps({"metadata": {"name": "s"}, "kind": "Secret", "apiVersion": "v1"}, indent=2)
    assert addresses(project({"a.json": text}) / "a.json") == ["default/Secret/s"]
