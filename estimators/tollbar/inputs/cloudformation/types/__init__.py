"""The CloudFormation types that are one of Terraform's, by service family, and those that cost nothing.

A type that is in neither stays what it is and is unpriced as an unsupported type.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tollbar.inputs.cloudformation.types import (
    analytics,
    compute,
    container,
    database,
    integration,
    network,
    operations,
    storage,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.inputs.cloudformation.attributes import TypeMap

TYPE_MAPS: Final[Mapping[str, TypeMap]] = {
    **analytics.TYPES,
    **compute.TYPES,
    **container.TYPES,
    **database.TYPES,
    **integration.TYPES,
    **network.TYPES,
    **operations.TYPES,
    **storage.TYPES,
}


@cache
def free_types() -> Mapping[str, str]:
    """Return Terraform's type for each CloudFormation type that costs nothing by itself."""
    lines = Path(__file__).with_name("free_types.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))
