"""What the products of AmazonRDS are called by us: engine, edition and licence; deployment; purchase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_ENGINES: Final = {"MySQL": "mysql", "MariaDB": "mariadb", "PostgreSQL": "postgres"}
AURORA_ENGINES: Final = {"Aurora MySQL": "aurora-mysql", "Aurora PostgreSQL": "aurora-postgresql"}
_OWN_LICENCE, _INCLUDED = "Bring your own license", "License included"
_EDITIONS: Final = {
    ("Oracle", "Enterprise", _OWN_LICENCE): "oracle-byol",
    ("Oracle", "Standard", _OWN_LICENCE): "oracle-byol",
    ("Oracle", "Standard One", _OWN_LICENCE): "oracle-byol",
    ("Oracle", "Standard Two", _OWN_LICENCE): "oracle-byol",
    ("Oracle", "Standard One", _INCLUDED): "oracle-se1",
    ("Oracle", "Standard Two", _INCLUDED): "oracle-se2",
    ("SQL Server", "Enterprise", _INCLUDED): "sqlserver-ee",
    ("SQL Server", "Standard", _INCLUDED): "sqlserver-se",
    ("SQL Server", "Web", _INCLUDED): "sqlserver-web",
    ("SQL Server", "Express", _INCLUDED): "sqlserver-ex",
    ("Db2", "Standard", _OWN_LICENCE): "db2-se",
    ("Db2", "Advanced", _OWN_LICENCE): "db2-ae",
}
DEPLOYMENTS: Final = {
    "Single-AZ": "single_az",
    "Multi-AZ": "multi_az",
    "Multi-AZ (SQL Server Mirror)": "multi_az",
    "Multi-AZ (readable standbys)": "multi_az_cluster",
}


def engine(product: Product) -> str | None:
    """Return the engine as our paths name it (``oracle-byol``); None for Aurora, Outposts and RDS Custom."""
    if "custom" in product["deploymentModel"].lower():  # RDS Custom, at 1.2 times the price of RDS for Oracle
        return None
    name = product["databaseEngine"]
    return _ENGINES.get(name) or _EDITIONS.get((name, product["databaseEdition"], product["licenseModel"]))


def purchase(term: Term) -> str:
    """Return how it is bought, as a part of a path: ``reserved_1yr_no_upfront``."""
    return "on_demand" if term.kind == "OnDemand" else f"reserved_{term.years}yr_{term.payment_option}"
