"""Commitments and their use as AWS tells them, for an inventory file.

EC2, RDS and ElastiCache list what is reserved in a region, Savings Plans what is committed in the
account, and Cost Explorer how much of both was used. Reading needs the actions
``ec2:DescribeRegions`` (where no regions are named), ``ec2:DescribeReservedInstances``,
``rds:DescribeReservedDBInstances``, ``elasticache:DescribeReservedCacheNodes``,
``savingsplans:DescribeSavingsPlans``, ``ce:GetReservationUtilization`` and ``ce:GetSavingsPlansUtilization``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import ValidationError

from tollbar.adjust.commitment import Measured, ReservedInstance, SavingsPlan
from tollbar.adjust.commitment_file import Inventory
from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from botocore.exceptions import BotoCoreError, ClientError

_ACTIVE = "active"
_SECONDS_A_YEAR = 31_536_000
_SECONDS_AN_HOUR = 3_600
_EXACT_TO = Decimal("1e-8")
_GLOBAL_REGION = "us-east-1"
"""Where Cost Explorer and Savings Plans answer."""
_DAYS = 30
_EC2_PRODUCTS = {
    "Linux/UNIX": "linux",
    "Windows": "windows",
    "Red Hat Enterprise Linux": "rhel",
    "SUSE Linux": "suse",
    "Red Hat Enterprise Linux with HA": "rhel_ha",
    "Windows with SQL Server Standard": "windows_sql_standard",
    "Windows with SQL Server Web": "windows_sql_web",
    "Windows with SQL Server Enterprise": "windows_sql_enterprise",
}
_RDS_ENGINES = {
    "postgresql": "postgres",
    "oracle-se2(byol)": "oracle-byol",
    "oracle-ee(byol)": "oracle-byol",
    "sqlserver-se(li)": "sqlserver-se",
    "sqlserver-ee(li)": "sqlserver-ee",
    "sqlserver-web(li)": "sqlserver-web",
    "oracle-se2(li)": "oracle-se2",
}
_PERMISSIONS = (
    "ec2:DescribeRegions, ec2:DescribeReservedInstances, rds:DescribeReservedDBInstances,"
    " elasticache:DescribeReservedCacheNodes, savingsplans:DescribeSavingsPlans,"
    " ce:GetReservationUtilization and ce:GetSavingsPlansUtilization"
)
_NOT_VALID = frozenset(
    {"ExpiredToken", "ExpiredTokenException", "RequestExpired", "InvalidClientTokenId", "UnrecognizedClientException",
     "AuthFailure", "SignatureDoesNotMatch", "InvalidSignatureException", "InvalidAccessKeyId",
     "IncompleteSignature", "MissingAuthenticationToken"}
)  # fmt: skip
_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
_PLANS = {"Compute": "compute", "EC2Instance": "ec2_instance"}


class Clients(Protocol):
    """Makes a boto3 client of a service in a region."""

    def __call__(self, service: str, region: str, /) -> Any:  # noqa: ANN401 -- boto3 has no types
        """Return the client."""


def boto3_clients() -> Clients:
    """Return what makes clients with the credentials of the environment.

    Raises:
        ConfigError: boto3 is not installed, or its configuration cannot be used.
    """
    try:
        import boto3  # noqa: PLC0415 -- an extra
        from botocore.exceptions import BotoCoreError  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise ConfigError(
            "AWS is read with boto3, which is not installed", hint="pip install 'tollbar[aws]'"
        ) from error
    try:
        session = boto3.session.Session()
    except BotoCoreError as error:
        raise ConfigError(f"AWS cannot be asked: {error}") from error
    return lambda service, region: session.client(service, region_name=region)


def read_aws_inventory(clients: Clients, regions: Sequence[str] | None, today: date) -> Inventory:
    """Return what is committed in an account: reservations of these regions, and all savings plans.

    Without regions, those that are enabled in the account are read.

    What is queued, retired, or in another currency than USD is left out, and plans for SageMaker and databases.

    Raises:
        ConfigError: AWS refuses, or tells something that is no commitment.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 -- an extra

    told: list[dict[str, Any]] = []
    try:
        for region in regions or _enabled_regions(clients("ec2", _GLOBAL_REGION)):
            told.extend(_ec2(clients("ec2", region), region))
            told.extend(_rds(clients("rds", region), region))
            told.extend(_elasticache(clients("elasticache", region), region))
        told.extend(_savings_plans(clients("savingsplans", _GLOBAL_REGION)))
        measured = _measured(clients("ce", _GLOBAL_REGION), today)
    except (BotoCoreError, ClientError) as error:
        raise ConfigError(f"AWS does not tell its commitments: {error}", hint=_hint(error)) from error
    return Inventory(tuple(_commitment(entry) for entry in told), measured)


def _hint(error: BotoCoreError | ClientError) -> str | None:
    """Return what to do about a refusal: log in, or ask for permissions; None where it is neither."""
    from botocore import exceptions  # noqa: PLC0415 -- an extra

    if isinstance(error, exceptions.ClientError):
        code = error.response.get("Error", {}).get("Code", "")
        if code in _NOT_VALID:
            return "The credentials are expired or not valid: log in again (aws sso login)."
        return f"The credentials lack a permission. They need {_PERMISSIONS}." if code in _DENIED else None
    absent = (
        exceptions.NoAuthTokenError,
        exceptions.NoCredentialsError,
        exceptions.PartialCredentialsError,
        exceptions.CredentialRetrievalError,
        exceptions.TokenRetrievalError,
        exceptions.SSOError,
    )
    if isinstance(error, absent):
        return f"Log in (aws sso login, AWS_PROFILE or the environment); the credentials need {_PERMISSIONS}."
    return None


def _commitment(entry: dict[str, Any]) -> ReservedInstance | SavingsPlan:
    model = SavingsPlan if entry["kind"] == "savings_plan" else ReservedInstance
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"])
        raise ConfigError(f"the commitment {entry['id']!r} of AWS is not understood: {field} {first['msg']}") from error


def _enabled_regions(client: Any) -> list[str]:  # noqa: ANN401 -- a boto3 client
    return sorted(told["RegionName"] for told in client.describe_regions()["Regions"])


def _ec2(client: Any, region: str) -> Iterator[dict[str, Any]]:  # noqa: ANN401 -- a boto3 client
    answer = client.describe_reserved_instances(Filters=[{"Name": "state", "Values": [_ACTIVE]}])
    for told in answer["ReservedInstances"]:
        system = _EC2_PRODUCTS.get(told["ProductDescription"].removesuffix(" (Amazon VPC)"))
        if told["State"] != _ACTIVE or system is None or told.get("CurrencyCode", "USD") != "USD":
            continue
        yield {
            **_reserved(told, "ReservedInstancesId", region, "Start", "Amount"),
            "service": "ec2",
            "type": told["InstanceType"],
            "count": told["InstanceCount"],
            "os": system,
            "tenancy": "shared" if told["InstanceTenancy"] == "default" else told["InstanceTenancy"],
            "zonal": told.get("Scope") == "Availability Zone",
            "offering_class": told.get("OfferingClass", "standard"),
        }


def _rds(client: Any, region: str) -> Iterator[dict[str, Any]]:  # noqa: ANN401 -- a boto3 client
    for page in client.get_paginator("describe_reserved_db_instances").paginate():
        for told in page["ReservedDBInstances"]:
            if told["State"] != _ACTIVE or told.get("CurrencyCode", "USD") != "USD":
                continue
            product = told["ProductDescription"]
            yield {
                **_reserved(told, "ReservedDBInstanceId", region, "StartTime", "RecurringChargeAmount"),
                "service": "rds",
                "type": told["DBInstanceClass"],
                "count": told["DBInstanceCount"],
                "engine": _RDS_ENGINES.get(product, product),
                "deployment": "multi_az" if told["MultiAZ"] else "single_az",
            }


def _elasticache(client: Any, region: str) -> Iterator[dict[str, Any]]:  # noqa: ANN401 -- a boto3 client
    for page in client.get_paginator("describe_reserved_cache_nodes").paginate():
        for told in page["ReservedCacheNodes"]:
            if told["State"] != _ACTIVE:
                continue
            yield {
                **_reserved(told, "ReservedCacheNodeId", region, "StartTime", "RecurringChargeAmount"),
                "service": "elasticache",
                "type": told["CacheNodeType"],
                "count": told["CacheNodeCount"],
                "engine": told["ProductDescription"],
            }


def _reserved(told: dict[str, Any], name: str, region: str, start: str, amount: str) -> dict[str, Any]:
    """Return what every kind of reservation tells: when it holds, and what each machine of it costs an hour.

    What was paid at first is spread over the hours that were bought: of a reservation from the marketplace
    those are fewer than its term.
    """
    seconds, recurring = told["Duration"], told["RecurringCharges"]
    hourly = _exact(told["UsagePrice"]) + sum((_exact(charge[amount]) for charge in recurring), Decimal(0))
    spread = _exact(told["FixedPrice"]) * _SECONDS_AN_HOUR / seconds
    return {
        "kind": "reserved_instance",
        "id": told[name],
        "region": region,
        "term": _term(seconds),
        "start": _day(told[start]),
        "end": _day(told[start] + timedelta(seconds=seconds)),
        "payment": told["OfferingType"].lower().replace(" ", "_"),
        "hourly_rate": (hourly + spread).quantize(_EXACT_TO).normalize(),
    }


def _exact(number: float) -> Decimal:
    return Decimal(str(number))


def _term(seconds: int) -> str:
    """Return the term that is nearest to a duration."""
    return "1_year" if seconds < 2 * _SECONDS_A_YEAR else "3_years"


def _savings_plans(client: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 -- a boto3 client
    asked: dict[str, Any] = {"states": [_ACTIVE]}
    while True:
        answer = client.describe_savings_plans(**asked)
        for told in answer["savingsPlans"]:
            plan = _PLANS.get(told["savingsPlanType"])
            if plan is None or told["state"] != _ACTIVE or told.get("currency", "USD") != "USD":
                continue
            scope = {"family": told["ec2InstanceFamily"], "region": told["region"]} if plan == "ec2_instance" else {}
            yield {
                "kind": "savings_plan",
                "id": told["savingsPlanId"],
                "plan": plan,
                "hourly_commitment": Decimal(told["commitment"]),
                "term": _term(told["termDurationInSeconds"]),
                "payment": told["paymentOption"].lower().replace(" ", "_"),
                "start": told["start"][:10],
                "end": told["end"][:10],
                **scope,
            }
        token = answer.get("nextToken")
        if not token or token == asked.get("nextToken"):
            return
        asked["nextToken"] = token


def _measured(client: Any, today: date) -> Measured:  # noqa: ANN401 -- a boto3 client
    """Return how much of the commitments was used over the last days; what there is none of has no use."""
    period = {"Start": (today - timedelta(days=_DAYS)).isoformat(), "End": today.isoformat()}
    reserved = _percent(client, "get_reservation_utilization", period)
    plans = _percent(client, "get_savings_plans_utilization", period)
    return Measured(on=today, days=_DAYS, reserved_instances_percent=reserved, savings_plans_percent=plans)


def _percent(client: Any, operation: str, period: dict[str, str]) -> Decimal | None:  # noqa: ANN401 -- a boto3 client
    """Return the percentage that was used; None where there are none, or no data of the days."""
    try:
        total = getattr(client, operation)(TimePeriod=period).get("Total") or {}
    except client.exceptions.DataUnavailableException:
        return None
    told = {**total, **total.get("Utilization", {})}
    has_any = Decimal(told.get("PurchasedHours") or told.get("TotalCommitment") or 0) > 0
    return Decimal(told["UtilizationPercentage"]) if has_any else None


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
