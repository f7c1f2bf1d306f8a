"""Managed Grafana workspaces. Source: Amazon Managed Grafana pricing page.

Enterprise plugins are bought by the user on a licence of its own and are not in here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_EDITORS, _VIEWERS = "editors_administrator_licenses", "viewer_licenses"


def workspace(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the users that edit or administer, of whom there is one at least, and those that view."""
    editors = usage.quantity(_EDITORS) if usage.is_told(_EDITORS) else Quantity.fixed(1)
    region = resource.region
    yield Component("Editor/administrator licenses", editors, "users", PriceKey("aws/grafana/editor", region))
    viewers = PriceKey("aws/grafana/viewer", region)
    yield Component("Viewer licenses", usage.quantity(_VIEWERS), "users", viewers)


TYPES = (
    ResourceType(
        "aws_grafana_workspace",
        "observability",
        workspace,
        (
            UsageKey(_EDITORS, "active users a month that edit or administer, where not one"),
            UsageKey(_VIEWERS, "active users a month that only view", (0, 5, 20)),
        ),
    ),
)
