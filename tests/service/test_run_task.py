"""Run tasks of HCP Terraform, with a Terraform on loopback that speaks its wire format."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

import pytest

from tests.loopback import loopback_server
from tests.service.running import running_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx2

KEY = "a key for tests"
ACCESS_TOKEN = "atlas-token-of-the-run"  # noqa: S105 -- of nothing
PLAN = {
    "format_version": "1.2",
    "terraform_version": "1.14.0",
    "planned_values": {
        "root_module": {
            "resources": [
                {
                    "address": "aws_instance.web", "mode": "managed", "type": "aws_instance", "name": "web",
                    "provider_name": "registry.terraform.io/hashicorp/aws",
                    "values": {"instance_type": "m5.24xlarge", "availability_zone": "us-east-1a"},
                }
            ]
        }
    },
    "resource_changes": [
        {
            "address": "aws_instance.web", "mode": "managed", "type": "aws_instance", "name": "web",
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {
                "actions": ["create"], "before": None, "after_unknown": {},
                "after": {"instance_type": "m5.24xlarge", "availability_zone": "us-east-1a"},
            },
        }
    ],
    "configuration": {
        "provider_config": {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "us-east-1"}}}}
    },
}  # fmt: skip


class Terraform:
    """What the run task is asked by, and told to."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, dict[str, Any]]] = []
        self.heard = threading.Event()
        self.plan_status = 200
        self.plan_waits_for = threading.Event()
        self.plan_waits_for.set()
        self.host = ""

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """Return what answers its requests."""
        terraform = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                terraform.plan_waits_for.wait(30)
                status = terraform.plan_status if self.headers["Authorization"] == f"Bearer {ACCESS_TOKEN}" else 401
                body = json.dumps(PLAN).encode() if status == 200 else b"{}"
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_PATCH(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()
                told = (self.headers["Authorization"], self.headers["Content-Type"], json.loads(body))
                terraform.told.append(told)
                terraform.heard.set()

            def log_message(self, *_: Any) -> None:
                pass

        return Handler

    def task(self, **changes: Any) -> dict[str, Any]:
        """Return a request as HCP Terraform sends it after a plan."""
        return {
            "payload_version": 1,
            "stage": "post_plan",
            "access_token": ACCESS_TOKEN,
            "capabilities": {"outcomes": True},
            "is_speculative": False,
            "organization_name": "acme",
            "run_id": "run-i3Df5to9ELvibKpQ",
            "run_app_url": "https://app.terraform.io/app/acme/shop/runs/run-i3Df5to9ELvibKpQ",
            "task_result_id": "taskrs-2nH5dncYoXaMVQmJ",
            "task_result_enforcement_level": "mandatory",
            "workspace_name": "shop",
            "workspace_id": "ws-ck4G5bb1Yei5szRh",
            "plan_json_api_url": f"http://{self.host}/api/v2/plans/plan-6AFmRJW1PFJ7qbAh/json-output",
            "task_result_callback_url": f"http://{self.host}/api/v2/task-results/5ea8d46c/callback",
            **changes,
        }


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Terraform, httpx2.Client]]:
    with _asked(tmp_path_factory.mktemp("run-task")) as pair:
        yield pair


@contextmanager
def _asked(folder: Path, **settings: Any) -> Iterator[tuple[Terraform, httpx2.Client]]:
    terraform = Terraform()
    with loopback_server(terraform.handler()) as server:
        terraform.host = f"127.0.0.1:{server.server_port}"
        told: dict[str, Any] = {"run_task_key": KEY, "run_task_hosts": [terraform.host], **settings}
        with running_service(folder, **told) as service, service.client() as client:
            yield terraform, client


def _send(client: httpx2.Client, task: dict[str, Any], key: str = KEY) -> httpx2.Response:
    body = json.dumps(task).encode()
    signature = hmac.new(key.encode(), body, hashlib.sha512).hexdigest()
    headers = {"Content-Type": "application/json", "X-TFC-Task-Signature": signature}
    return client.post("/v1/webhooks/terraform-run-task", content=body, headers=headers)


def _verdict(terraform: Terraform, client: httpx2.Client) -> dict[str, Any]:
    terraform.told.clear()
    terraform.heard.clear()
    assert _send(client, terraform.task()).json() == {"status": "accepted"}
    assert terraform.heard.wait(30)
    ((authorization, media_type, document),) = terraform.told
    assert (authorization, media_type) == (f"Bearer {ACCESS_TOKEN}", "application/vnd.api+json")
    data: dict[str, Any] = document["data"]
    assert data["type"] == "task-results"
    return data


def test_a_plan_that_is_denied_fails_the_run(asked: tuple[Terraform, httpx2.Client]) -> None:
    data = _verdict(*asked)
    assert data["attributes"]["status"] == "failed"
    assert data["attributes"]["message"].startswith("$3,3")
    outcomes = data["relationships"]["outcomes"]["data"]
    denied = next(each["attributes"] for each in outcomes if each["attributes"]["outcome-id"].startswith("TB101"))
    assert denied["tags"] == {"Status": [{"label": "Failed", "level": "error"}], "Rule": [{"label": "TB101"}]}
    assert denied["description"].startswith("[TB101] aws_instance.web costs $3,3")
    assert all(each["type"] == "task-result-outcomes" for each in outcomes)


def test_a_plan_that_cannot_be_had_fails_the_run(asked: tuple[Terraform, httpx2.Client]) -> None:
    terraform, client = asked
    terraform.plan_status = 404
    try:
        data = _verdict(terraform, client)
    finally:
        terraform.plan_status = 200
    assert data["attributes"] == {
        "status": "failed", "message": "Tollbar could not decide: the plan cannot be fetched (HTTP 404)",
    }  # fmt: skip


def test_the_test_request_of_its_set_up(asked: tuple[Terraform, httpx2.Client]) -> None:
    terraform, client = asked
    task = {"payload_version": 1, "stage": "test", "access_token": "test-token"}
    assert _send(client, task).json() == {"status": "ok"}
    del terraform


@pytest.mark.parametrize(
    ("changes", "status", "detail"),
    [
        ({"stage": "pre_plan"}, 422, "at the stage 'pre_plan' there is no plan: choose post-plan"),
        ({"plan_json_api_url": "https://evil.example/plan"}, 422, "'evil.example' is not among the hosts"),
        ({"task_result_callback_url": "http://169.254.169.254/"}, 422, "'169.254.169.254' is not among the hosts"),
        ({"plan_json_api_url": "https://["}, 422, "a URL of the run task cannot be read"),
        ({"access_token": None}, 422, "this is no run task: access_token"),
    ],
)
def test_what_is_refused(
    asked: tuple[Terraform, httpx2.Client], changes: dict[str, Any], status: int, detail: str
) -> None:
    terraform, client = asked
    answer = _send(client, terraform.task(**changes))
    assert (answer.status_code, answer.json()["detail"][: len(detail)]) == (status, detail)


def test_another_signature(asked: tuple[Terraform, httpx2.Client]) -> None:
    terraform, client = asked
    assert _send(client, terraform.task(), key="another").status_code == 401
    body = json.dumps(terraform.task()).encode()
    assert client.post("/v1/webhooks/terraform-run-task", content=body).status_code == 401
    headers = {b"X-TFC-Task-Signature": b"\xe9"}
    assert client.post("/v1/webhooks/terraform-run-task", content=body, headers=headers).status_code == 401


def test_a_plan_that_does_not_come_in_time_fails_the_run(tmp_path: Path) -> None:
    """The run is told although the time of the request, which was answered long ago, is over."""
    with _asked(tmp_path, request_seconds=1) as (terraform, client):
        terraform.plan_waits_for.clear()
        try:
            data = _verdict(terraform, client)
        finally:
            terraform.plan_waits_for.set()
    assert data["attributes"] == {"status": "failed", "message": "Tollbar could not decide: it took too long"}
