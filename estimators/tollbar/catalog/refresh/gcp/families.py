"""Every family of services that is read, by its name; those of one billing service stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp import (
    artifact_registry,
    bigquery,
    cloud_armor,
    cloud_cdn,
    cloud_dns,
    cloud_functions,
    cloud_kms,
    cloud_logging,
    cloud_monitoring,
    cloud_nat,
    cloud_run,
    cloud_sql,
    cloud_storage,
    cloud_vpn,
    compute,
    compute_components,
    compute_storage,
    data_transfer,
    firestore,
    gke,
    load_balancing,
    memorystore,
    pubsub,
    secret_manager,
    spanner,
    vertex_ai,
)

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.listing import ServiceFamily

_MODULES = (
    # Compute Engine
    compute, compute_components, compute_storage, data_transfer,
    # Networking
    cloud_armor, cloud_cdn, cloud_nat, cloud_vpn, load_balancing,
    # each its own
    artifact_registry, bigquery, cloud_dns, cloud_functions, cloud_kms, cloud_logging, cloud_monitoring, cloud_run,
    cloud_sql, cloud_storage, firestore, gke, memorystore, pubsub, secret_manager, spanner, vertex_ai,
)  # fmt: skip
FAMILIES: dict[str, ServiceFamily] = {module.FAMILY.name: module.FAMILY for module in _MODULES}
