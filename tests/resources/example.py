"""An example of a resource type: what its properties are tried on (test_properties.py)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.resources.conftest import declared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.resource import Resource


@dataclass(frozen=True, slots=True)
class Example:
    """A declared resource with its use, fully priced by the embedded snapshot.

    ``grows`` names attributes of which more must never cost less (``scaling_config.desired_size``: the first
    block's). ``lessens`` names usage keys of which more may cost less, such as a cache's hit rate.
    """

    type: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    usage: Mapping[str, Any] = field(default_factory=dict)
    region: str | None = ""
    others: tuple[Resource, ...] = ()
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grows: tuple[str, ...] = ()
    lessens: tuple[str, ...] = ()

    def resource(self, attributes: Mapping[str, Any] | None = None) -> Resource:
        """Return the resource, with other attributes where told."""
        chosen = self.attributes if attributes is None else attributes
        return declared(self.type, chosen, region=self.region, references=self.references)
