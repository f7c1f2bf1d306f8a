"""What holds for every request."""

from __future__ import annotations

import gzip
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.ledger.interface import Facts
from tollbar.service.metrics import Metrics

if TYPE_CHECKING:
    import httpx2


@pytest.mark.parametrize(
    ("path", "status"),
    [("/healthz", 200), ("/readyz", 200), ("/v1/policies", 200), ("/v1/nothing", 404), ("/v1/estimates", 405)],
)
def test_head_is_get_without_the_body(client: httpx2.Client, path: str, status: int) -> None:
    """Load balancers ask so whether a service is there (RFC 9110, section 9.3.2)."""
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (status, b"")
    assert get.status_code == status
    told = {"content-type", "content-length", "allow", "cache-control"}
    assert [(name, head.headers.get(name)) for name in told] == [(name, get.headers.get(name)) for name in told]


def test_a_compressed_body_is_not_read(client: httpx2.Client) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = client.post("/v1/estimates", content=gzip.compress(b"{}"), headers=headers)
    told = "a body is read as it is: send it without Content-Encoding"
    assert (answer.status_code, answer.json()["detail"]) == (415, told)


def test_a_slash_at_the_end_leads_nowhere(client: httpx2.Client) -> None:
    """Behind a proxy, the Location would begin with http://, and clients would send their token there."""
    assert client.get("/v1/policies/").status_code == 404


def test_what_costs_more_than_can_be_kept(client: httpx2.Client) -> None:
    call = {"name": "bot", "kind": "llm", "model": "gpt-4o", "calls_per_month": 10**17, "input_tokens": 900}
    answer = client.post("/v1/decisions", json={"workloads": [call]})
    assert (answer.status_code, answer.json()["hint"]) == (422, "Check quantities and units.")


def test_names_that_callers_make_up_do_not_fill_the_metrics() -> None:
    metrics = Metrics()
    for number in range(600):
        metrics.decided("allow", _facts(f"name-{number}"))
    told = metrics.exposition().decode().splitlines()
    counted = [line for line in told if line.startswith("tollbar_decisions_total{")]
    assert len(counted) == 501
    assert 'tollbar_decisions_total{environment="others",outcome="allow"} 100.0' in counted
    assert sum(line.startswith("tollbar_decided_monthly_cost_usd{") for line in told) == 500


def _facts(name: str) -> Facts:
    return Facts(
        time="2026-11-27T00:00:00Z", change="c", name=name, environment=name, team=None, project_id=name,
        pull_request=None, monthly_cost=Decimal(1), delta=None,
    )  # fmt: skip
