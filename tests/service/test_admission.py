"""Kubernetes's admission, in its own wire format (admission.k8s.io/v1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.service.running import running_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2

    from tests.service.running import Running

_ROUTE = "/v1/webhooks/kubernetes-admission?timeout=10s"
"""As kube-apiserver asks: it adds the webhook's timeoutSeconds (seen of version 1.36.3)."""
_POLICY = """\
version: 1
kubernetes:
  rates: {cpu_hour: 0.03, gib_hour: 0.004, as_of: 2026-11-01}
policies:
  rules:
    deployment_limit: {mode: enforce, limit: 100}
    required_tags: {mode: "off"}
"""


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("admission")
    (folder / "tollbar.yml").write_text(_POLICY, encoding="utf-8")
    with running_service(folder, config=folder / "tollbar.yml") as service:
        yield service


@pytest.fixture(scope="module")
def api_server(strict: Running) -> Iterator[httpx2.Client]:
    with strict.client(strict.token("admission")) as client:
        yield client


def _deployment(replicas: int, cpu: str = "1") -> dict[str, Any]:
    container = {"name": "api", "image": "api", "resources": {"requests": {"cpu": cpu, "memory": "1Gi"}}}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "api", "namespace": "shop", "labels": {"team": "checkout"}, "uid": "1"},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": {"app": "api"}},
            "template": {"metadata": {"labels": {"app": "api"}}, "spec": {"containers": [container]}},
        },
    }


def _review(new: dict[str, Any] | None, old: dict[str, Any] | None = None, operation: str = "CREATE") -> dict[str, Any]:
    return {
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": {
            "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
            "kind": {"group": "apps", "version": "v1", "kind": "Deployment"},
            "resource": {"group": "apps", "version": "v1", "resource": "deployments"},
            "name": "api", "namespace": "shop", "operation": operation, "dryRun": False,
            "userInfo": {"username": "alice", "groups": ["system:authenticated"]},
            "object": new, "oldObject": old,
        },
    }  # fmt: skip


def _ask(client: httpx2.Client, review: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(_ROUTE, json=review)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    assert (document["apiVersion"], document["kind"]) == ("admission.k8s.io/v1", "AdmissionReview")
    response: dict[str, Any] = document["response"]
    assert response["uid"] == "705ab4f5-6393-11e8-b7cc-42010a800002"
    return response


def test_what_costs_too_much_is_denied(api_server: httpx2.Client) -> None:
    response = _ask(api_server, _review(_deployment(40)))
    assert response["allowed"] is False
    assert response["status"]["code"] == 403
    message = response["status"]["message"]
    # 40 pods, 730 hours of a vCPU at $0.03 and a GiB at $0.004: the service's own rates.
    assert message.startswith("[TB102] shop costs $992.80 a month")


def test_what_is_cheap_may_be(api_server: httpx2.Client) -> None:
    response = _ask(api_server, _review(_deployment(1, "100m")))
    assert response["allowed"] is True
    assert all(len(warning) <= 250 for warning in response.get("warnings", ()))


def test_what_is_deleted_may_go(api_server: httpx2.Client) -> None:
    assert _ask(api_server, _review(None, _deployment(40), "DELETE"))["allowed"] is True


def test_a_change_is_compared_with_what_was(api_server: httpx2.Client, strict: Running) -> None:
    _ask(api_server, _review(_deployment(2), _deployment(1), "UPDATE"))
    with strict.client(strict.token("history")) as client:
        newest = client.get("/v1/projects/shop/history").json()["decisions"][0]
    assert newest["monthly_cost"] == pytest.approx(49.64)
    assert newest["delta"] == pytest.approx(newest["monthly_cost"] / 2, abs=0.01)
    assert newest["team"] == "checkout"


@pytest.mark.parametrize(
    "review",
    [
        {},
        {"apiVersion": "admission.k8s.io/v1beta1", "kind": "AdmissionReview", "request": {}},
        _review(None) | {"request": {"uid": "", "operation": "CREATE"}},
        _review({"no": "kind"}),
    ],
)
def test_what_is_no_review_is_an_error_and_no_pass(api_server: httpx2.Client, review: dict[str, Any]) -> None:
    assert api_server.post(_ROUTE, json=review).status_code == 422


def test_a_dry_run_is_decided_on_and_not_kept(api_server: httpx2.Client, strict: Running) -> None:
    review = _review(_deployment(41))
    review["request"]["dryRun"] = True
    before = _ids(strict)
    assert _ask(api_server, review)["allowed"] is False
    assert _ids(strict) == before


def _ids(service: Running) -> set[str]:
    with service.client(service.token("history")) as client:
        return {each["decision_id"] for each in client.get("/v1/projects/shop/history").json()["decisions"]}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"annotation": 565546032185349046272}, 200),
        ({"metadata": None}, 422),
        ({"metadata": [1]}, 422),
        ({"metadata": {"name": "api", "labels": [1]}}, 200),
        ({"metadata": {"name": "\ud800"}}, 422),
    ],
    ids=["beyond 64 bits", "no metadata", "a list of metadata", "a list of labels", "half a character"],
)
def test_what_no_api_server_sends_is_no_defect(api_server: httpx2.Client, changed: dict[str, Any], status: int) -> None:
    body = json.dumps(_review(_deployment(1) | changed))
    answer = api_server.post(_ROUTE, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text
