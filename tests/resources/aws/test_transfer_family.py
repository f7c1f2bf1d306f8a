"""Transfer Family."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TYPE = "aws_transfer_server"
USE = {"monthly_data_downloaded_gb": 50, "monthly_data_uploaded_gb": 10}
EXAMPLES = (Example(TYPE, {"protocols": ["SFTP", "FTPS", "FTP"]}, USE),)


def test_each_protocol_bills_its_hours(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, {"protocols": ["SFTP", "FTP"]}, USE) == {
        "FTP protocol enabled": Decimal("219.00"),
        "SFTP protocol enabled": Decimal("219.00"),
        "Data downloaded": Decimal("2.00"),
        "Data uploaded": Decimal("0.40"),
    }


def test_sftp_is_the_default(cost_lines: CostLines) -> None:
    lines = cost_lines(TYPE, {})
    assert lines == {"SFTP protocol enabled": Decimal("219.00"), "Data downloaded": "usage", "Data uploaded": "usage"}


def test_protocols_that_only_apply_tells_leave_the_data(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, {"protocols": UNKNOWN}, USE) == {
        "unknown_until_apply": "protocols is known only after apply",
        "Data downloaded": Decimal("2.00"),
        "Data uploaded": Decimal("0.40"),
    }
