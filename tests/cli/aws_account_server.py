"""An AWS account on loopback, as far as its commitments go, in the protocols that its services speak.

EC2, RDS and ElastiCache are asked by form and answer in XML, Cost Explorer speaks JSON, Savings Plans REST and
JSON; shapes by the services' API references.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs

from tests.loopback import loopback_server

if TYPE_CHECKING:
    from collections.abc import Iterator

_REGIONS = "".join(f"<item><regionName>{region}</regionName></item>" for region in ("us-east-1", "eu-west-1"))
_INSTANCES = """<item>
  <reservedInstancesId>ri-1</reservedInstancesId><instanceType>m5.xlarge</instanceType>
  <start>2026-01-10T12:00:00.000Z</start><end>2027-01-10T12:00:00.000Z</end><duration>31536000</duration>
  <usagePrice>0.0</usagePrice><fixedPrice>525.6</fixedPrice><instanceCount>2</instanceCount>
  <productDescription>Linux/UNIX</productDescription><state>active</state>
  <instanceTenancy>default</instanceTenancy><currencyCode>USD</currencyCode>
  <offeringClass>standard</offeringClass><offeringType>Partial Upfront</offeringType><scope>Region</scope>
  <recurringCharges><item><frequency>Hourly</frequency><amount>0.061</amount></item></recurringCharges>
</item>"""
_DATABASES = """<ReservedDBInstance>
  <ReservedDBInstanceId>db-1</ReservedDBInstanceId><DBInstanceClass>db.m5.large</DBInstanceClass>
  <StartTime>2026-03-01T00:00:00Z</StartTime><Duration>31536000</Duration><FixedPrice>0.0</FixedPrice>
  <UsagePrice>0.0</UsagePrice><CurrencyCode>USD</CurrencyCode><DBInstanceCount>1</DBInstanceCount>
  <ProductDescription>postgresql</ProductDescription><OfferingType>No Upfront</OfferingType>
  <MultiAZ>false</MultiAZ><State>active</State>
  <RecurringCharges><RecurringCharge>
    <RecurringChargeAmount>0.117</RecurringChargeAmount><RecurringChargeFrequency>Hourly</RecurringChargeFrequency>
  </RecurringCharge></RecurringCharges>
</ReservedDBInstance>"""
_PLAN = {
    "savingsPlanId": "sp-1",
    "start": "2026-06-01T00:00:00.000Z",
    "end": "2027-05-31T23:59:59.000Z",
    "state": "active",
    "savingsPlanType": "Compute",
    "paymentOption": "No Upfront",
    "commitment": "0.5",
    "currency": "USD",
    "termDurationInSeconds": 31_536_000,
}


@dataclass(slots=True)
class AwsAccount:
    """Where the server is, whether it refuses, and which regions were asked for what."""

    url: str = ""
    refuses: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def aws_account_server() -> Iterator[AwsAccount]:
    """Run a server while the context lasts."""
    state = AwsAccount()
    handler = type("Handler", (_Handler,), {"state": state})
    with loopback_server(handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}"
        yield state


class _Handler(BaseHTTPRequestHandler):
    state: ClassVar[AwsAccount]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        operation = self._operation(body)
        # The credential names the key, the day and the region, in this order.
        region = self.headers["Authorization"].split("Credential=")[1].split("/")[2]
        self.state.asked.append((operation, region))
        if self.state.refuses:
            message = "<Errors><Error><Code>UnauthorizedOperation</Code><Message>not allowed</Message></Error></Errors>"
            self._answer(403, f"<Response>{message}</Response>", "text/xml")
        elif operation in _JSON:
            self._answer(200, json.dumps(_JSON[operation]), "application/json")
        else:
            self._answer(200, _xml(operation, has_any=region == "us-east-1"), "text/xml")

    def _operation(self, body: str) -> str:
        target: str = self.headers.get("X-Amz-Target", "")
        if target:
            return target.partition(".")[2]
        return self.path.strip("/") or parse_qs(body)["Action"][0]

    def _answer(self, status: int, text: str, content_type: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *_: Any) -> None:  # noqa: A002 -- the base class's name
        """Say nothing."""


_JSON: dict[str, dict[str, Any]] = {
    "DescribeSavingsPlans": {"savingsPlans": [_PLAN]},
    "GetReservationUtilization": {
        "UtilizationsByTime": [],
        "Total": {"UtilizationPercentage": "93.5", "PurchasedHours": "2190"},
    },
    "GetSavingsPlansUtilization": {
        "Total": {"Utilization": {"UtilizationPercentage": "88", "TotalCommitment": "360"}},
    },
}


def _xml(operation: str, *, has_any: bool) -> str:
    if operation == "DescribeRegions":
        content = f"<regionInfo>{_REGIONS}</regionInfo>"
    elif operation == "DescribeReservedInstances":
        content = f"<reservedInstancesSet>{_INSTANCES if has_any else ''}</reservedInstancesSet>"
    elif operation == "DescribeReservedDBInstances":
        content = f"<ReservedDBInstances>{_DATABASES if has_any else ''}</ReservedDBInstances>"
    else:
        content = "<ReservedCacheNodes></ReservedCacheNodes>"
    if operation in {"DescribeReservedDBInstances", "DescribeReservedCacheNodes"}:
        content = f"<{operation}Result>{content}</{operation}Result>"
    return f"<{operation}Response>{content}</{operation}Response>"
