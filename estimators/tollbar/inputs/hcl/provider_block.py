"""Provider blocks, and the providers that a module block passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.inputs.hcl.module import provider_key
from tollbar.inputs.hcl.syntax import Object
from tollbar.inputs.hcl.values import plain
from tollbar.inputs.provider import Provider
from tollbar.inputs.tags import known_tags
from tollbar.resource import Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tollbar.inputs.hcl.syntax import Argument, Block
    from tollbar.inputs.hcl.values import Value


def settings_of(block: Block, evaluated: Callable[[Argument], Value]) -> Provider:
    """Return what a provider block says of region, zone and default tags."""
    values = {name: plain(evaluated(argument)) for name, argument in block.body.arguments.items()}
    tags = values.get("default_labels")
    for nested in block.body.blocks_of("default_tags"):
        if "tags" in nested.body.arguments:
            tags = plain(evaluated(nested.body.arguments["tags"]))
    region, zone = values.get("region"), values.get("zone")
    return Provider(
        region=region if isinstance(region, str | Unknown) else None,
        zone=zone if isinstance(zone, str | Unknown) else None,
        default_tags=known_tags(tags),
    )


def passed_providers(call: Block) -> dict[str, str]:
    """Return the providers that a module block passes: the module's name for each, and the caller's."""
    argument = call.body.arguments.get("providers")
    if argument is None or not isinstance(argument.expression, Object):
        return {}
    return {provider_key(own): provider_key(callers) for own, callers in argument.expression.items}
