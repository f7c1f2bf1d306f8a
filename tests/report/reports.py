"""An estimate and a decision with one of everything a report must show."""

from __future__ import annotations

from decimal import Decimal

from tollbar.decision import Decision
from tollbar.estimate import Estimate


def an_estimate(**changes: object) -> Estimate:
    """Return an estimate of five resources; ``changes`` replace whole sections."""
    document: dict[str, object] = {
        "meta": {
            "now": "2026-11-21T12:00:00Z",
            "tollbar": "0.1.0",
            "source": {"kind": "terraform_directory", "path": "infra"},
            "prices": {"snapshot": "2026-07-20", "as_of": "2026-07-20"},
            "assumptions": True,
        },
        "deployment": {"name": "payments", "environment": "dev"},
        "resources": [
            _resource("aws_instance.api", "560.64", "140.16", instance_type="m5.4xlarge", action="update"),
            _resource("aws_nat_gateway.main", "41.85", "0", low="33.30", high="77.85", action="create"),
            _resource("aws_sqs_queue.jobs", None, "0"),
            {
                **_resource("aws_quantum_computer.q", None, None),
                "unpriced": [{"reason": "unsupported_type", "detail": "aws_quantum_computer is not a type"}],
            },
            {
                **_resource("aws_instance.typo", "4.00", "0"),
                "unpriced": [{"reason": "price_not_found", "detail": "Instance: no price for t3.mediun"}],
            },
            {**_resource("aws_iam_role.r", "0", "0"), "free": True},
        ],
        "totals": {
            "monthly_cost": Decimal("606.49"),
            "min": Decimal("597.94"),
            "p90": Decimal("630.12"),
            "max": Decimal("642.49"),
            "previous": Decimal("140.16"),
            "delta": Decimal("462.33"),
            "by_cloud": {"aws": Decimal("606.49")},
        },
        "coverage": {
            "priced": 2,
            "free": 1,
            "unpriced": 2,
            "usage_dependent": 1,
            "unsupported_types": {"aws_quantum_computer": 1},
        },
    }
    return Estimate.model_validate({**document, **changes})


def a_borrowed_estimate() -> Estimate:
    """Return an estimate with a resource at prices of the user's own, and one at another region's."""
    own = {"source": "acme", "as_of": "2026-11-01", "trust": "own"}
    borrowed = {"source": "list", "as_of": "2026-07-20", "trust": "borrowed", "region": "us-east-1"}
    resources = [
        {**_resource("aws_instance.a", "70.08", None), "breakdown": [_line(own, "70.08")]},
        {**_resource("aws_instance.b", "100", None, low="100", high="142"), "breakdown": [_line(borrowed, "100")]},
        {**_resource("aws_sqs_queue.q", None, None), "breakdown": [_line(borrowed, None)]},
    ]
    totals = {name: Decimal("170.08") for name in ("monthly_cost", "min")}
    coverage = {"priced": 2, "free": 0, "unpriced": 0, "usage_dependent": 1}
    return an_estimate(
        resources=resources, coverage=coverage, totals={**totals, "p90": Decimal(200), "max": Decimal("212.08")}
    )


def a_committed_estimate(**changes: object) -> Estimate:
    """Return an estimate with commitments: one that is used, one that partly is; ``changes`` replace totals.costs."""
    base = an_estimate()
    costs = {
        "aws_instance.api": {"list": Decimal("560.64"), "committed": Decimal("200.5"), "effective": Decimal("290.1")},
        "aws_nat_gateway.main": {"list": Decimal("41.85"), "committed": 0, "effective": Decimal("41.85")},
        "aws_instance.typo": {"list": Decimal("4.00"), "committed": 0, "effective": Decimal("4.00")},
    }
    resources = [resource.model_dump(exclude_none=True) for resource in base.resources]
    sums = {"list": Decimal("606.49"), "committed": Decimal("200.5"), "effective": Decimal("335.95"), **changes}
    used = {"id": "ri-api", "kind": "reserved_instance", "monthly_cost": Decimal("120.5"), "used_percent": 100}
    partly = {"id": "sp-1", "kind": "savings_plan", "monthly_cost": 120, "used_percent": Decimal("66.666667")}
    return an_estimate(
        resources=[{**told, "costs": costs.get(told["address"])} for told in resources],
        totals={**base.totals.model_dump(exclude_none=True), "costs": sums},
        commitments=[{**used, "unused_cost": 0}, {**partly, "unused_cost": 40}],
    )


def _line(price: dict[str, str], cost: str | None) -> dict[str, object]:
    line = {"name": "Usage", "unit": "hours", "unit_price": Decimal("0.1"), "basis": "fixed", "price": price}
    return line if cost is None else {**line, "monthly_cost": Decimal(cost)}


def _resource(
    address: str,
    cost: str | None,
    previous: str | None,
    *,
    low: str | None = None,
    high: str | None = None,
    instance_type: str | None = None,
    action: str = "create",
) -> dict[str, object]:
    type_name, name = address.split(".")
    resource: dict[str, object] = {
        "name": name, "address": address, "type": type_name, "cloud": "aws", "category": "compute",
        "region": "us-east-1", "environment": "dev", "action": action,
    }  # fmt: skip
    if instance_type:
        resource["instance_type"] = instance_type
    if previous is not None:
        resource["previous_monthly_cost"] = Decimal(previous)
    if cost is not None:
        resource["monthly_cost"] = Decimal(cost)
        resource["cost_estimate"] = {
            "min": Decimal(low or cost), "expected": Decimal(cost), "p90": Decimal(cost), "max": Decimal(high or cost),
            "basis": "assumed" if low else "list_price", "confidence": "low" if low else "high",
        }  # fmt: skip
        price = {"source": "list", "as_of": "2026-07-20", "trust": "A"}
        line = {"name": "Usage", "unit": "hours", "unit_price": Decimal("0.1"), "basis": "fixed", "price": price}
        resource["breakdown"] = [{**line, "quantity": Decimal(730), "monthly_cost": Decimal(cost)}]
    return resource


def a_decision() -> Decision:
    """Return a decision with a denial, a warning and an exemption."""
    return Decision.model_validate(
        {
            "outcome": "deny",
            "findings": [
                {
                    "code": "TB101", "rule": "environment_limit", "title": "Over the limit", "severity": "error",
                    "msg": "[TB101] aws_instance.api costs $560.64 a month, over the dev limit of $500.00",
                    "resource": "aws_instance.api", "remediation": "Choose a smaller type.",
                    "_loc": {"file": "infra/app.tf", "line": 42},
                },
                {
                    "code": "TB102", "rule": "deployment_limit", "title": "Total", "severity": "warning",
                    "msg": "[TB102] the deployment costs $606.49 a month", "remediation": "Ask.",
                },
            ],
            "exempted": [
                {
                    "code": "TB101", "rule": "environment_limit", "title": "Over the limit", "severity": "error",
                    "msg": "[TB101] aws_instance.gpu costs $900.00 a month", "resource": "aws_instance.gpu",
                    "exemption": {"by": "tag", "tag": "cost_approved"},
                }
            ],
            "revision": "0.1.0",
        }
    )  # fmt: skip
