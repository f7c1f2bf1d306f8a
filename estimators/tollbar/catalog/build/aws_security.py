"""Security and identity: CloudHSM, Directory Service, GuardDuty, Inspector, Macie, Security Hub, Shield, Cognito."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/security"
_COMPONENTS = {
    "aws_cloudhsm_v2_hsm": {
        "HSM usage": SoldAs("aws/cloudhsm/hsm", "hours"),
    },
    "aws_directory_service_directory": {
        "Directory service (AD Connector, Small)": SoldAs("aws/directory_service/ad_connector/small", "hours", 730),
        "Directory service (Microsoft AD, Enterprise)": SoldAs(
            "aws/directory_service/microsoft_ad/enterprise/domain_controller", "hours", 730
        ),
        "Directory service (Microsoft AD, Standard)": SoldAs(
            "aws/directory_service/microsoft_ad/standard/domain_controller", "hours", 730
        ),
        "Directory service (Simple AD, Large)": SoldAs("aws/directory_service/simple_ad/large", "hours", 730),
        "Directory service (Simple AD, Small)": SoldAs("aws/directory_service/simple_ad/small", "hours", 730),
        "Directory sharing": SoldAs("aws/directory_service/directory_sharing/standard", "hours", 730),
    },
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of each service; the tests show directories by the month of 730 hours."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    yield from page_prices(tables, TABLE)
