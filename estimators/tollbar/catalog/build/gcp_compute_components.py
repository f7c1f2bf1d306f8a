"""vCPUs and memory of Compute Engine's predefined machines, and the local SSDs that machine types include.

The Kubernetes autoscaler's list is a second source for us-central1. Of its families only those stand here
whose machine types cost what the parts add up to, within 0.1 %: it still has first prices of c3, n4, n4a
and n4d, and h4d, e4, z3 and z4d could not be checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/compute_components"
_UNITS = {"vcpu": "vCPU-hours", "ram": "GiB-hours"}
_N1_CUSTOM = "custom"
"""How the first source calls N1's custom parts, which gcp/compute has."""
_CHECKED = frozenset({"a2", "c2", "c2d", "c3d", "e2", "g2", "m1", "m4", "n1", "n2", "n2d", "t2d"})
_CHECKED_CUSTOM = frozenset({"e2", "n1", "n2", "n2d"})
_INCLUDED_SSD = "local-"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per vCPU hour and GiB hour by machine series, and per GB of included local SSDs, by region."""
    for row in tables.rows("gcp_compute_components"):
        series, _, what = row.sku_key.rpartition("-")
        if series != _N1_CUSTOM:
            yield row.price(f"gcp/compute/predefined_{what}/{row.purchase_option}/{series}", _UNITS[what], 1)
    for row in tables.rows("gcp_compute_components_autoscaler"):
        name, _, what = row.sku_key.rpartition("-")
        series = name.removesuffix("-custom")
        is_custom = series != name
        if series in (_CHECKED_CUSTOM if is_custom else _CHECKED):
            kind = "custom" if is_custom else "predefined"
            yield row.price(f"gcp/compute/{kind}_{what}/{row.purchase_option}/{series}", _UNITS[what], 1)
    for row in tables.rows("gcp_storage_network", service="persistent_disk"):
        if row.sku_key.startswith(_INCLUDED_SSD):
            series = row.sku_key.removeprefix(_INCLUDED_SSD)
            yield row.price(f"gcp/compute/local_ssd/{row.purchase_option}/{series}")
