"""What the nodes of a pool cost: the instance type's price in its cloud, or the user's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import Attributes
from tollbar.resources.kubernetes.cluster import OWN_RATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from tollbar.resources.kubernetes.cluster import NodePool


def node_lines(
    pool: NodePool, node_hours: Quantity, hours_per_month: Decimal, name: str, part: str | None = None
) -> Iterator[Component | Unpriced]:
    """Yield what so many hours of the pool's nodes cost, under one name."""
    machine = pool.instance_type + (", spot" if pool.is_spot else "") if pool.instance_type else pool.name
    title = f"{name} ({machine})"
    if pool.declared.number("hourly_price") is not None:
        key = PriceKey(f"{OWN_RATES}/node_pool/{pool.name}", pool.region or "global")
        yield Component(title, node_hours, "hours", key, part)
    elif pool.cloud == "gcp":
        yield from _google_nodes(pool, node_hours, hours_per_month, title, part)
    else:
        yield Component(title, node_hours, "hours", PriceKey(_path(pool), pool.region), part)


def _path(pool: NodePool) -> str:
    system = pool.declared.text("os", "linux")
    purchase = "spot" if pool.is_spot else "on_demand"
    if pool.cloud == "aws":
        return f"aws/ec2/instance/{system}/shared/{purchase}/{pool.instance_type}"
    return f"azure/virtual_machines/{system}/{purchase}/{pool.instance_type.lower()}"


def _google_nodes(
    pool: NodePool, node_hours: Quantity, hours_per_month: Decimal, title: str, part: str | None
) -> Iterator[Component | Unpriced]:
    """Yield the nodes as machines that run all month, so that sustained use counts; and the GPUs attached."""
    from tollbar.resources.gcp.machine import (  # noqa: PLC0415 -- only for a cluster in Google Cloud
        Machines,
        accelerators,
        licence_usage,
        machine_usage,
    )

    machines = Machines(
        pool.instance_type.lower(),
        pool.region,
        Quantity.fixed(hours_per_month),
        node_hours / hours_per_month,
        pool.is_spot,
        part,
    )
    usage = list(machine_usage(machines))
    for line in usage:
        yield replace(line, name=title if len(usage) == 1 else f"{title}: {line.name}")
    gpus = pool.declared.block("gpus")
    attached = (Attributes({"type": gpus.text("type", ""), "count": gpus.number("count")}),) if gpus.values else ()
    licence = licence_usage(machines, "windows") if pool.declared.text("os", "linux") == "windows" else ()
    for option in (*accelerators(machines, attached), *licence):
        yield replace(option, name=f"{title}: {option.name}") if isinstance(option, Component) else option
