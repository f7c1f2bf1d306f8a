"""Database engines as Amazon RDS sells them: engine, edition and licence in one name.

Source: Amazon RDS pricing pages, one per engine.
"""

from __future__ import annotations

from typing import Final

_BRING_YOUR_OWN: Final = "bring-your-own-license"
_ORACLE_WITHOUT_LICENCE = ("oracle-ee", "oracle-se")
"""Editions of Oracle that are sold with one's own licence only."""


def product(engine: str, license_model: str | None = None) -> str:
    """Return the name under which an engine is priced.

    ``mysql``, ``mariadb``, ``postgres``, ``aurora-mysql``, ``aurora-postgresql``, ``sqlserver-se``,
    ``oracle-se2`` (licence included) or ``oracle-byol``: with one's own licence all editions of
    Oracle cost the same. A container database (``-cdb``) costs what its edition costs.
    """
    edition = engine.lower().removesuffix("-cdb")
    if edition == "aurora":
        return "aurora-mysql"
    own_licence = license_model == _BRING_YOUR_OWN or edition in _ORACLE_WITHOUT_LICENCE
    return "oracle-byol" if own_licence and edition.startswith("oracle-") else edition


def is_aurora(product_name: str) -> bool:
    """Whether a product is an edition of Aurora."""
    return product_name.startswith("aurora")


def is_oracle(product_name: str) -> bool:
    """Whether a product is an edition of Oracle."""
    return product_name.startswith("oracle-")


def is_sql_server(product_name: str) -> bool:
    """Whether a product is an edition of SQL Server."""
    return product_name.startswith("sqlserver-")
