"""Commitments as AWS tells them, in the shapes of its API models."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import NoCredentialsError
from botocore.stub import Stubber

from tollbar.adjust.aws_commitments import boto3_clients, read_aws_inventory
from tollbar.adjust.commitment import Measured, ReservedInstance, SavingsPlan
from tollbar.adjust.commitment_file import Inventory, inventory_text, read_inventory
from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 11, 26)
YEAR = 31_536_000
BEGAN = datetime(2026, 1, 10, 12, tzinfo=UTC)
PERIOD = {"TimePeriod": {"Start": "2026-10-27", "End": "2026-11-26"}}

INSTANCES = {
    "ReservedInstancesId": "ri-linux",
    "InstanceType": "m5.large",
    "ProductDescription": "Linux/UNIX (Amazon VPC)",
    "InstanceCount": 4,
    "Start": BEGAN,
    "End": datetime(2027, 1, 10, 12, tzinfo=UTC),
    "Duration": YEAR,
    "FixedPrice": 262.8,
    "UsagePrice": 0.0,
    "RecurringCharges": [{"Amount": 0.03, "Frequency": "Hourly"}],
    "State": "active",
    "Scope": "Region",
    "InstanceTenancy": "default",
    "OfferingClass": "standard",
    "OfferingType": "Partial Upfront",
    "CurrencyCode": "USD",
}
DATABASES = {
    "ReservedDBInstanceId": "db-1",
    "DBInstanceClass": "db.m5.large",
    "StartTime": BEGAN,
    "Duration": 3 * YEAR,
    "FixedPrice": 0.0,
    "UsagePrice": 0.0,
    "CurrencyCode": "USD",
    "DBInstanceCount": 1,
    "ProductDescription": "postgresql",
    "OfferingType": "No Upfront",
    "MultiAZ": True,
    "State": "active",
    "RecurringCharges": [{"RecurringChargeAmount": 0.234, "RecurringChargeFrequency": "Hourly"}],
}
NODES = {
    "ReservedCacheNodeId": "cache-1",
    "CacheNodeType": "cache.m5.large",
    "StartTime": BEGAN,
    "Duration": YEAR,
    "FixedPrice": 876.0,
    "UsagePrice": 0.0,
    "CacheNodeCount": 2,
    "ProductDescription": "redis",
    "OfferingType": "All Upfront",
    "State": "active",
    "RecurringCharges": [],
}
PLAN = {
    "savingsPlanId": "sp-1",
    "start": "2026-03-01T00:00:00.000Z",
    "end": "2029-02-28T23:59:59.000Z",
    "state": "active",
    "savingsPlanType": "Compute",
    "paymentOption": "No Upfront",
    "commitment": "2.5",
    "currency": "USD",
    "termDurationInSeconds": 3 * YEAR,
}
FAMILY_PLAN = {
    **PLAN,
    "savingsPlanId": "sp-2",
    "savingsPlanType": "EC2Instance",
    "region": "us-east-1",
    "ec2InstanceFamily": "m5",
    "paymentOption": "All Upfront",
    "termDurationInSeconds": YEAR,
}


class Account:
    """Clients of one region whose answers are set."""

    def __init__(self) -> None:
        self.clients = {
            service: boto3.client(
                service,
                region_name="us-east-1",
                aws_access_key_id="none",
                aws_secret_access_key="none",  # noqa: S106
            )
            for service in ("ec2", "rds", "elasticache", "savingsplans", "ce")
        }
        self.stubs = {service: Stubber(client) for service, client in self.clients.items()}

    def __call__(self, service: str, region: str, /) -> Any:
        """Return the client of a service."""
        assert region == "us-east-1"
        return self.clients[service]

    def answer(self, service: str, operation: str, answer: dict[str, Any], asked: dict[str, Any] | None = None) -> None:
        """Set the next answer of a service."""
        self.stubs[service].add_response(operation, answer, asked)

    @contextmanager
    def answering(self) -> Iterator[Account]:
        """Answer as was set, and see that all was asked for."""
        with ExitStack() as stack:
            for stub in self.stubs.values():
                stack.enter_context(stub)
            yield self
            for stub in self.stubs.values():
                stub.assert_no_pending_responses()


def account(
    *,
    instances: list[dict[str, Any]] | None = None,
    databases: list[dict[str, Any]] | None = None,
    nodes: list[dict[str, Any]] | None = None,
    plans: list[dict[str, Any]] | None = None,
    reservation_use: dict[str, Any] | None = None,
    plan_use: dict[str, Any] | None = None,
) -> Account:
    """Return an account that has these commitments."""
    made = Account()
    active = {"Filters": [{"Name": "state", "Values": ["active"]}]}
    made.answer("ec2", "describe_reserved_instances", {"ReservedInstances": instances or []}, active)
    made.answer("rds", "describe_reserved_db_instances", {"ReservedDBInstances": databases or []}, {})
    made.answer("elasticache", "describe_reserved_cache_nodes", {"ReservedCacheNodes": nodes or []}, {})
    made.answer("savingsplans", "describe_savings_plans", {"savingsPlans": plans or []}, {"states": ["active"]})
    total = reservation_use or {"UtilizationPercentage": "0", "PurchasedHours": "0"}
    made.answer("ce", "get_reservation_utilization", {"UtilizationsByTime": [], "Total": total}, PERIOD)
    used = {"Utilization": plan_use or {"UtilizationPercentage": "0", "TotalCommitment": "0"}}
    made.answer("ce", "get_savings_plans_utilization", {"SavingsPlansUtilizationsByTime": [], "Total": used}, PERIOD)
    return made


def read(made: Account) -> Inventory:
    with made.answering():
        return read_aws_inventory(made, ["us-east-1"], TODAY)


def test_all_that_an_account_has(tmp_path: Path) -> None:
    made = account(
        instances=[INSTANCES],
        databases=[DATABASES],
        nodes=[NODES],
        plans=[PLAN, FAMILY_PLAN],
        reservation_use={"UtilizationPercentage": "93.5", "PurchasedHours": "720"},
        plan_use={"UtilizationPercentage": "88", "TotalCommitment": "1800"},
    )
    found = read(made)
    until = date(2027, 1, 10)
    began = {"kind": "reserved_instance", "region": "us-east-1", "start": date(2026, 1, 10)}
    assert found == Inventory(
        (
            ReservedInstance.model_validate(
                {**began, "id": "ri-linux", "service": "ec2", "type": "m5.large", "count": 4, "term": "1_year",
                 "end": until, "payment": "partial_upfront", "hourly_rate": "0.06"}
            ),
            ReservedInstance.model_validate(
                {**began, "id": "db-1", "service": "rds", "type": "db.m5.large", "count": 1, "term": "3_years",
                 "end": date(2029, 1, 9), "engine": "postgres", "deployment": "multi_az", "hourly_rate": "0.234"}
            ),
            ReservedInstance.model_validate(
                {**began, "id": "cache-1", "service": "elasticache", "type": "cache.m5.large", "count": 2,
                 "term": "1_year", "end": until, "engine": "redis", "payment": "all_upfront", "hourly_rate": "0.1"}
            ),
            SavingsPlan(
                kind="savings_plan", id="sp-1", plan="compute", hourly_commitment=Decimal("2.5"), term="3_years",
                payment="no_upfront", start=date(2026, 3, 1), end=date(2029, 2, 28),
            ),
            SavingsPlan(
                kind="savings_plan", id="sp-2", plan="ec2_instance", hourly_commitment=Decimal("2.5"), term="1_year",
                payment="all_upfront", start=date(2026, 3, 1), end=date(2029, 2, 28), family="m5", region="us-east-1",
            ),
        ),
        Measured(
            on=TODAY, days=30, reserved_instances_percent=Decimal("93.5"), savings_plans_percent=Decimal(88)
        ),
    )  # fmt: skip
    file = tmp_path / "commitments.yml"
    file.write_text(inventory_text(found), encoding="utf-8")
    assert set(read_inventory(file).commitments) == set(found.commitments)
    assert read_inventory(file).measured == found.measured


@pytest.mark.parametrize(
    "told",
    [
        {"State": "retired"},
        {"ProductDescription": "Something New"},
        {"CurrencyCode": "CNY"},
    ],
)
def test_what_is_not_ours_to_apply_is_left_out(told: dict[str, Any]) -> None:
    assert read(account(instances=[{**INSTANCES, **told}])).commitments == ()


@pytest.mark.parametrize("told", [{"savingsPlanType": "SageMaker"}, {"state": "queued"}, {"currency": "CNY"}])
def test_plans_for_other_things_are_left_out(told: dict[str, Any]) -> None:
    assert read(account(plans=[{**PLAN, **told}])).commitments == ()


def test_what_distinguishes_instances() -> None:
    told = {
        "ProductDescription": "Windows with SQL Server Standard",
        "Scope": "Availability Zone",
        "AvailabilityZone": "us-east-1a",
        "InstanceTenancy": "dedicated",
        "OfferingClass": "convertible",
    }
    (found,) = read(account(instances=[{**INSTANCES, **told}])).commitments
    assert isinstance(found, ReservedInstance)
    assert (found.os, found.zonal, found.tenancy, found.offering_class) == (
        "windows_sql_standard",
        True,
        "dedicated",
        "convertible",
    )


def test_upfront_payment_is_spread_over_the_hours_that_were_bought() -> None:
    half_a_year = {"Duration": YEAR // 2, "FixedPrice": 262.8}
    (found,) = read(account(instances=[{**INSTANCES, **half_a_year}])).commitments
    assert isinstance(found, ReservedInstance)
    assert (found.hourly_rate, found.term, found.end) == (Decimal("0.09"), "1_year", date(2026, 7, 12))


def test_without_commitments_there_is_no_use() -> None:
    assert read(account()) == Inventory((), Measured(on=TODAY, days=30))


def test_all_pages_are_read() -> None:
    made = Account()
    made.answer("ec2", "describe_reserved_instances", {"ReservedInstances": []})
    made.answer("rds", "describe_reserved_db_instances", {"ReservedDBInstances": [DATABASES], "Marker": "2"}, {})
    second = {**DATABASES, "ReservedDBInstanceId": "db-2"}
    made.answer("rds", "describe_reserved_db_instances", {"ReservedDBInstances": [second]}, {"Marker": "2"})
    made.answer("elasticache", "describe_reserved_cache_nodes", {"ReservedCacheNodes": [NODES], "Marker": "2"}, {})
    made.answer("elasticache", "describe_reserved_cache_nodes", {"ReservedCacheNodes": []}, {"Marker": "2"})
    made.answer("savingsplans", "describe_savings_plans", {"savingsPlans": [PLAN], "nextToken": "2"})
    asked = {"states": ["active"], "nextToken": "2"}
    made.answer("savingsplans", "describe_savings_plans", {"savingsPlans": [FAMILY_PLAN]}, asked)
    for operation in ("get_reservation_utilization", "get_savings_plans_utilization"):
        made.stubs["ce"].add_client_error(operation, "DataUnavailableException")
    found = read(made)
    assert [entry.id for entry in found.commitments] == ["db-1", "db-2", "cache-1", "sp-1", "sp-2"]
    assert found.measured == Measured(on=TODAY, days=30)


PERMISSIONS = (
    "ec2:DescribeRegions, ec2:DescribeReservedInstances, rds:DescribeReservedDBInstances,"
    " elasticache:DescribeReservedCacheNodes, savingsplans:DescribeSavingsPlans,"
    " ce:GetReservationUtilization and ce:GetSavingsPlansUtilization"
)


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("ExpiredTokenException", "The credentials are expired or not valid: log in again (aws sso login)."),
        ("UnauthorizedOperation", f"The credentials lack a permission. They need {PERMISSIONS}."),
        ("ThrottlingException", None),
    ],
)
def test_a_refusal_is_told(code: str, hint: str | None) -> None:
    made = Account()
    made.stubs["ec2"].add_client_error("describe_reserved_instances", code, "no")
    with made.answering(), pytest.raises(ConfigError, match=f"AWS does not tell its commitments: .*{code}") as caught:
        read_aws_inventory(made, ["us-east-1"], TODAY)
    assert caught.value.hint == hint


def test_without_credentials_how_to_log_in_is_told() -> None:
    def no_client(_service: str, _region: str) -> Any:
        raise NoCredentialsError

    with pytest.raises(ConfigError) as caught:
        read_aws_inventory(no_client, ["us-east-1"], TODAY)
    assert str(caught.value) == (
        "AWS does not tell its commitments: Unable to locate credentials\n"
        f"  Log in (aws sso login, AWS_PROFILE or the environment); the credentials need {PERMISSIONS}."
    )


def test_what_is_not_understood_is_named() -> None:
    made = account(instances=[{**INSTANCES, "InstanceCount": 0}])
    with made.answering(), pytest.raises(ConfigError) as caught:
        read_aws_inventory(made, ["us-east-1"], TODAY)
    assert caught.value.message.startswith("the commitment 'ri-linux' of AWS is not understood: count ")


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415 -- only here

    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(ConfigError) as caught:
        boto3_clients()
    assert caught.value.hint == "pip install 'tollbar[aws]'"
