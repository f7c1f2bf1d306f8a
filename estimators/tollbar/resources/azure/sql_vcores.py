"""What the vCores of Azure SQL are called in the catalogue, by service tier and hardware.

Source: "Azure SQL Database pricing", "vCore purchasing model". The licence of SQL Server is billed beside the vCores of
General Purpose and Business Critical unless it is brought along (Azure Hybrid Benefit); serverless vCores include it,
and Hyperscale has no licence fee since December 2023.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Quantity

DATABASE = "azure/sql_database"
_VCORES = {
    "gp_gen5": "gp_gen5/vcore",
    "bc_gen5": "bc_gen5/vcore",
    "hs_gen5": "hs_gen5/vcore",
    "gp_gen4": "single_elastic_pool_general_purpose_compute_gen4/vcore",
    "bc_gen4": "single_elastic_pool_business_critical_compute_gen4/vcore",
    "hs_gen4": "singledb_hyperscale_compute_gen4/vcore",
    "gp_fsv2": "single_elastic_pool_general_purpose_compute_fsv2_series/vcore",
    "bc_m": "single_elastic_pool_business_critical_compute_m_series/vcore",
    "gp_dc": "single_elastic_pool_general_purpose_compute_dc_series/vcore",
    "bc_dc": "single_elastic_pool_business_critical_compute_dc_series/vcore",
    "hs_dc": "single_elastic_pool_hyperscale_compute_dc_series/vcore",
    "hs_prms": "single_elastic_pool_hyperscale_premium_series_compute/vcore",
    "hs_moprms": "single_elastic_pool_hyperscale_premium_series_memory_optimized_compute/vcore",
    "gp_s_gen5": "gp_s_gen5/1_vcore",
    "gp_s_dc": "single_general_purpose_serverless_compute_dc_series/1_vcore",
    "hs_s_gen5": "hyperscale_serverless_compute_gen5/1_vcore",
}
_ZONE_REDUNDANCY = {
    "gp_gen5": "gp_gen5/zone_redundancy/1_vcore",
    "gp_s_gen5": "general_purpose_serverless_compute_gen5/1_vcore_zone_redundancy/zone_redundancy_vcore",
}
"""General Purpose alone is dearer in several zones: the other tiers have their replicas anyway."""
_LICENCES = {"gp": f"{DATABASE}/gp_gen5/sql_license_vcore", "bc": f"{DATABASE}/bc_gen5/sql_license_vcore"}
_SIZE = re.compile(
    r"(?P<hardware>(?P<tier>gp|bc|hs)_(?P<serverless>s_)?[a-z]+\d?(?:v\d)?)_(?P<vcores>\d+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class VCores:
    """A service objective of the vCore model: ``GP_S_Gen5_4`` is 4 serverless vCores of General Purpose on Gen5.

    ``hardware`` reads ``gp_s_gen5``, ``tier`` gp, bc or hs.
    """

    hardware: str
    tier: str
    count: Decimal
    is_serverless: bool

    @staticmethod
    def of(objective: str) -> VCores | None:
        """Return a service objective taken apart, None where it is of the DTU model or none at all."""
        match = _SIZE.fullmatch(objective)
        if match is None:
            return None
        hardware, tier = match["hardware"].lower(), match["tier"].lower()
        return VCores(hardware, tier, Decimal(match["vcores"]), match["serverless"] is not None)

    @property
    def path(self) -> str:
        """The path of the hours of one vCore."""
        return f"{DATABASE}/{_VCORES.get(self.hardware, f'{self.hardware}/vcore')}"

    @property
    def zone_redundancy_path(self) -> str | None:
        """The path of what an hour of one vCore costs more in several zones, None where it costs nothing more."""
        if self.tier != "gp":
            return None
        return f"{DATABASE}/{_ZONE_REDUNDANCY.get(self.hardware, f'{self.hardware}/zone_redundancy/1_vcore')}"


def licence(tier: str, vcore_hours: Quantity, region: str | None) -> Iterator[Component]:
    """Yield the SQL Server licence of provisioned vCores, nothing for a tier without a licence fee."""
    if tier in _LICENCES:
        yield Component("SQL license", vcore_hours, "hours", PriceKey(_LICENCES[tier], region))
