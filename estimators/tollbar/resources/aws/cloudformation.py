"""CloudFormation stacks: handlers of third-party resource types. Source: AWS CloudFormation pricing page.

What AWS itself provides (types that start with AWS, Alexa or Custom) is free; the stack's resources are billed
by themselves. The 1000 free operations a month belong to the account as a whole and are not taken off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_TYPE = re.compile(r"""["']?\bType["']?\s*:\s*["']?(\w+)(?:::\w+)+""")
_FREE = {"AWS", "Alexa", "Custom"}
_OPERATIONS, _SECONDS = "monthly_handler_operations", "monthly_duration_secs"


def stack(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the operations of third-party handlers and their seconds above 30; AWS's own types are free."""
    yield from as_far_as_known(lambda: _lines(resource, usage))


def _lines(resource: Resource, usage: Usage) -> Iterator[Component]:
    if _is_free(resource.attributes):
        return
    region = resource.region
    operations = PriceKey("aws/cloudformation/handler_operations", region)
    yield Component("Handler operations", usage.quantity(_OPERATIONS), "requests", operations)
    seconds = PriceKey("aws/cloudformation/handler_duration", region)
    yield Component("Durations above 30s", usage.quantity(_SECONDS), "seconds", seconds)


def _is_free(attributes: Attributes) -> bool:
    """Whether the template, JSON or YAML, is known and has AWS's own types alone."""
    providers = set(_TYPE.findall(attributes.text("template_body", "") or ""))
    return bool(providers) and providers <= _FREE


_KEYS = (
    UsageKey(_OPERATIONS, "operations of third-party handlers a month", (0, 0, 1000)),
    UsageKey(_SECONDS, "seconds a month that handlers run beyond their first 30", (0, 0, 1000)),
)
TYPES = tuple(
    ResourceType(name, "other", stack, _KEYS) for name in ("aws_cloudformation_stack", "aws_cloudformation_stack_set")
)
