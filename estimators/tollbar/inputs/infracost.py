"""What Infracost writes with ``--format json`` (``breakdown``, ``diff``, ``output``): prices it has found already.

Shape: infracost.schema.json of https://github.com/infracost/infracost, version 0.2. Only what bears on cost is
read; a key that a later version adds is no error. Amounts and quantities are strings there and Decimal here.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from tollbar.errors import InputError
from tollbar.inputs.text_file import read_text
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic_core import ErrorDetails

_KNOWN_VERSIONS = "0."
_AGAIN = "Write it anew: infracost breakdown --path DIRECTORY --format json --out-file infracost.json"


class _Model(BaseModel):
    """A part of the document."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, extra="ignore")


class CostComponent(_Model):
    """A line of a bill. A price that was not found stands there as 0, an unknown use as None."""

    name: str
    unit: str
    monthly_quantity: Decimal | None = None
    price: Decimal | None = None
    monthly_cost: Decimal | None = None
    usage_based: bool = False
    price_not_found: bool = False


class InfracostResource(_Model):
    """A resource or a part of one. Its cost includes that of its parts."""

    name: str
    resource_type: str | None = None
    tags: dict[str, str] | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)
    monthly_cost: Decimal | None = None
    cost_components: tuple[CostComponent, ...] | None = None
    subresources: tuple[InfracostResource, ...] | None = None

    def lines(self) -> Iterator[tuple[str | None, CostComponent]]:
        """Yield all cost components with the name of the part they belong to, None for the resource's own."""
        yield from self._lines(())

    def _lines(self, within: tuple[str, ...]) -> Iterator[tuple[str | None, CostComponent]]:
        for component in self.cost_components or ():
            yield ".".join(within) or None, component
        for part in self.subresources or ():
            yield from part._lines((*within, part.name))  # noqa: SLF001 -- another of the same class


class Breakdown(_Model):
    """The resources of one state of a project. Free ones are listed only where Infracost checks tags."""

    resources: tuple[InfracostResource, ...] = ()
    free_resources: tuple[InfracostResource, ...] | None = None
    total_monthly_cost: Decimal | None = None


class Diagnostic(_Model):
    """What went wrong in a project, or may have."""

    code: int = 0
    message: str = ""
    is_error: bool = True


class ProjectMetadata(_Model):
    """Where a project is, and how reading it went."""

    path: str = ""
    type: str = ""
    errors: tuple[Diagnostic, ...] | None = None
    current_errors: tuple[Diagnostic, ...] | None = None
    past_errors: tuple[Diagnostic, ...] | None = None
    warnings: tuple[Diagnostic, ...] | None = None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is said of the project, each once."""
        said = (self.errors, self.current_errors, self.past_errors, self.warnings)
        return tuple(dict.fromkeys(diagnostic for some in said for diagnostic in some or ()))


class Summary(_Model):
    """What is counted, but not listed among the resources."""

    unsupported_resource_counts: dict[str, int] | None = None
    no_price_resource_counts: dict[str, int] | None = None


class Project(_Model):
    """One project: its state now, and before where ``past_breakdown`` tells one."""

    name: str
    display_name: str = ""
    metadata: ProjectMetadata = Field(default_factory=ProjectMetadata)
    past_breakdown: Breakdown | None = None
    breakdown: Breakdown | None = None
    summary: Summary | None = None


class RunMetadata(_Model):
    """How the document came about."""

    infracost_command: str = ""


class InfracostDocument(_Model):
    """The whole document."""

    version: str
    currency: str
    time_generated: str = ""
    metadata: RunMetadata = Field(default_factory=RunMetadata)
    projects: tuple[Project, ...]
    past_total_monthly_cost: Decimal | None = None
    summary: Summary | None = None


def read_infracost(path: Path) -> InfracostDocument:
    """Return the document in a file.

    Raises:
        InputError: It cannot be read, is not built as Infracost builds it, is in another currency than USD, or
            Infracost could not price one of its projects.
    """
    try:
        content = json.loads(read_text(path, _AGAIN), parse_float=Decimal)
    except json.JSONDecodeError as wrong:
        message = f"not valid JSON: {wrong.msg} (column {wrong.colno})"
        raise InputError(message, location=Location(str(path), wrong.lineno), hint=_AGAIN) from wrong
    try:
        document = InfracostDocument.model_validate(content)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        message = f"not built as Infracost builds it: {_field(first)}: {first['msg']}"
        raise InputError(message, location=Location(str(path)), hint=_AGAIN) from None
    _check(document, path)
    return document


def _check(document: InfracostDocument, path: Path) -> None:
    location = Location(str(path))
    if not document.version.startswith(_KNOWN_VERSIONS):
        raise InputError(f"Infracost's version {document.version!r}: expected 0.2", location=location)
    if document.currency != "USD":
        raise InputError(
            f"its prices are in {document.currency}; policies and reports are in USD",
            location=location,
            hint="Run infracost again with INFRACOST_CURRENCY=USD.",
        )
    if not document.projects:
        raise InputError("it has no projects: nothing was priced", location=location, hint=_AGAIN)
    failed = [project for project in document.projects if any(d.is_error for d in project.metadata.diagnostics)]
    if failed:
        first = next(d for d in failed[0].metadata.diagnostics if d.is_error)
        others = f" (so with {', '.join(repr(project.name) for project in failed[1:])})" if failed[1:] else ""
        raise InputError(
            f"Infracost could not price the project {failed[0].name!r}: {first.message} (code {first.code}){others}",
            location=location,
            hint="Its costs are missing, not zero. Mend the project and run infracost again.",
        )
    for project in document.projects:
        if project.breakdown is None:
            raise InputError(f"the project {project.name!r} has no breakdown", location=location, hint=_AGAIN)


def _field(error: ErrorDetails) -> str:
    return ".".join(str(step) for step in error["loc"]) or "the document"
