"""The rows of AWS's own RDS price list (eu-west-1, February 2023), by the product as we name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables

_ENGINES = {
    "MySQL": "mysql",
    "MariaDB": "mariadb",
    "PostgreSQL": "postgres",
    "Aurora MySQL": "aurora-mysql",
    "Aurora PostgreSQL": "aurora-postgresql",
}
_EDITIONS = {
    ("Oracle", "Enterprise", "Bring your own license"): "oracle-byol",
    ("Oracle", "Standard Two", "Bring your own license"): "oracle-byol",
    ("Oracle", "Standard Two", "License included"): "oracle-se2",
    ("SQL Server", "Enterprise", "License included"): "sqlserver-ee",
    ("SQL Server", "Standard", "License included"): "sqlserver-se",
    ("SQL Server", "Web", "License included"): "sqlserver-web",
    ("SQL Server", "Express", "License included"): "sqlserver-ex",
}
DEPLOYMENTS = {
    "Single-AZ": "single_az",
    "Multi-AZ": "multi_az",
    "Multi-AZ (SQL Server Mirror)": "multi_az",
    "Multi-AZ (readable standbys)": "multi_az_cluster",
}


def instance_offers(tables: SourceTables) -> Iterator[tuple[str, str, Row]]:
    """Yield product, deployment and row of every DB instance; Outposts and RDS Custom are passed over."""
    for row in tables.rows("aws_terracost_eu-west-1_2023", service="rds"):
        attributes = row.attributes
        if row.unit != "hour" or attributes.get("licenseModel") is None:
            continue
        engine, edition = attributes["databaseEngine"], attributes.get("databaseEdition", "")
        product = _ENGINES.get(engine) or _EDITIONS.get((engine, edition, attributes["licenseModel"]))
        if product is not None:
            yield product, DEPLOYMENTS[attributes["deploymentOption"]], row


def other_offers(tables: SourceTables) -> Iterator[tuple[str, Row]]:
    """Yield usage type without its region (``RDS:GP3-Storage``) and row of everything but instances."""
    for row in tables.rows("aws_terracost_eu-west-1_2023", service="rds"):
        usage_type = row.attributes.get("usageType", "")
        if usage_type.startswith("EU"):
            yield usage_type.removeprefix("EU-").removeprefix("EU:"), row
