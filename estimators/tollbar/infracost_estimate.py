"""From what Infracost has priced to our Estimate, so that its users keep it and gain our reports and policies.

What it knows not to be zero does not become zero here: a price that was not found is unpriced, a cost that depends
on untold use has none, and a type that Infracost only counts as unsupported stands as an unpriced resource.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar import __version__
from tollbar.comparison import compare
from tollbar.errors import InputError
from tollbar.estimate import (
    BreakdownLine,
    CostEstimate,
    Coverage,
    Estimate,
    EstimatedResource,
    Meta,
    PriceOrigin,
    Prices,
    Source,
    SourceLocation,
    Totals,
    UnpricedLine,
    coverage_of,
)
from tollbar.inputs.infracost import Breakdown, Summary
from tollbar.inputs.provider import cloud_of
from tollbar.location import Location
from tollbar.money import round_amount
from tollbar.resources.registry import resource_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from tollbar.inputs.infracost import CostComponent, InfracostDocument, InfracostResource, Project
    from tollbar.resource import Cloud
    from tollbar.settings import Settings

_ADDRESS = re.compile(r"(?:module\.[^.\[]+(?:\[[^\]]*\])?\.)*(?:data\.)?(?P<type>[^.\[]+)\.(?P<name>[^.\[]+)")
_SIZE_IN_NAME = re.compile(r"\((?:[^()]*,\s*)?([\w.-]*\d[\w.-]*)\)$")
"""How Infracost names a machine's hours: ``Instance usage (Linux/UNIX, on-demand, m5.large)``."""
_PLANS = frozenset({"terraform_plan_json", "terraform_plan_binary"})
_LONG_AGO = date(1970, 1, 1)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class FromInfracost:
    """An estimate that Infracost made, and what is to be known of it."""

    estimate: Estimate
    warnings: tuple[str, ...]


def estimate_from_infracost(document: InfracostDocument, path: Path, settings: Settings) -> FromInfracost:
    """Return the estimate, compared with the state before where the document tells one.

    Raises:
        InputError: The document's total is not what its resources add up to.
    """
    day = _day(document.time_generated)
    made = _Conversion(document, path, settings, (day or _LONG_AGO).isoformat())
    estimate = made.estimate()
    if _tells_state_before(document):
        estimate = compare(estimate, made.estimate(before=True))
    return FromInfracost(estimate, tuple(_warnings(document, path, day)))


class _Conversion:
    """One document on its way to an estimate."""

    def __init__(self, document: InfracostDocument, path: Path, settings: Settings, as_of: str) -> None:
        self._document = document
        self._path = path
        self._settings = settings
        self._origin = PriceOrigin(source="infracost", as_of=as_of, trust="B")
        self._labels = _labels(document.projects)

    def estimate(self, *, before: bool = False) -> Estimate:
        """Return the estimate of the state now, or of the one before."""
        resources = tuple(self._resources(before=before))
        return Estimate(
            meta=Meta(
                now=self._settings.now,
                tollbar=__version__,
                source=Source(kind="infracost", path=str(self._path)),
                prices=Prices(
                    snapshot=self._origin.as_of,
                    as_of=self._origin.as_of,
                    stale_after_days=self._settings.stale_after_days,
                ),
                assumptions=False,
                hours_per_month=self._settings.hours_per_month,
            ),
            deployment=self._settings.deployment,
            resources=resources,
            totals=self._totals(resources),
            coverage=self._coverage(resources),
        )

    def _resources(self, *, before: bool) -> Iterator[EstimatedResource]:
        for project, label in zip(self._document.projects, self._labels, strict=True):
            breakdown = (project.past_breakdown if before else project.breakdown) or Breakdown()
            priced = [self._priced(resource, label) for resource in breakdown.resources]
            self._check_total(breakdown, priced, project)
            yield from priced
            for resource in breakdown.free_resources or ():
                yield self._entry(resource, label, free=True, monthly_cost=Decimal(0))
            for name, count in sorted(_unsupported(self._summary(project)).items()):
                yield self._unsupported(name, count, label)

    def _summary(self, project: Project) -> Summary:
        """Return what a project counts; the document's own counts are those of its only project."""
        only = self._document.summary if len(self._document.projects) == 1 else None
        return project.summary or only or Summary()

    def _priced(self, resource: InfracostResource, label: str) -> EstimatedResource:
        lines = list(resource.lines())
        breakdown = tuple(_line(part, line, self._origin) for part, line in lines if not _is_unpriced(line))
        known = [line.monthly_cost for line in breakdown if line.monthly_cost is not None]
        cost = sum(known, Decimal(0)) if known or not lines else None
        unpriced = (_detail(part, line) for part, line in lines if _is_unpriced(line))
        return self._entry(
            resource,
            label,
            instance_type=_instance_type(resource),
            monthly_cost=None if cost is None else round_amount(cost),
            cost_estimate=None if cost is None else _certain(cost, breakdown),
            breakdown=breakdown,
            unpriced=tuple(UnpricedLine(reason="price_not_found", detail=detail) for detail in unpriced),
        )

    def _unsupported(self, type_name: str, count: int, label: str) -> EstimatedResource:
        """Return what stands for all resources of a type that Infracost counts and does not list."""
        return EstimatedResource(
            name=type_name,
            address=f"{label}{type_name} ({count})",
            type=type_name,
            cloud=_cloud(type_name),
            category="other",
            environment=self._settings.deployment.environment,
            unpriced=(
                UnpricedLine(reason="unsupported_type", detail=f"{type_name} is not a type Infracost can price"),
            ),
        )

    def _entry(self, resource: InfracostResource, label: str, **priced: object) -> EstimatedResource:
        type_name, name = _type_and_name(resource)
        cloud, tags = _cloud(type_name), resource.tags or {}
        known = resource_types(cloud).get(type_name)
        return EstimatedResource.model_validate(
            {
                "name": name,
                "address": f"{label}{resource.name}",
                "type": type_name,
                "cloud": cloud,
                "category": known.category if known else "other",
                "environment": self._settings.environment_of(tags),
                "tags": tags,
                "location": _location(resource),
                **priced,
            }
        )

    def _check_total(self, breakdown: Breakdown, priced: Iterable[EstimatedResource], project: Project) -> None:
        """Refuse what has been cut: a resource that is missing would look like one that costs nothing."""
        told = breakdown.total_monthly_cost
        found = sum((resource.monthly_cost or Decimal(0) for resource in priced), Decimal(0))
        if told is not None and abs(told - found) > _CENT:
            raise InputError(
                f"the project {project.name!r} costs {told} a month by its total, but its resources add up to {found}",
                location=Location(str(self._path)),
                hint="The file is not as Infracost wrote it. Write it anew.",
            )

    def _totals(self, resources: Iterable[EstimatedResource]) -> Totals:
        by_cloud: dict[str, Decimal] = defaultdict(Decimal)
        by_team: dict[str, Decimal] = defaultdict(Decimal)
        total = Decimal(0)
        for resource in resources:
            if resource.monthly_cost is None or resource.free:
                continue
            total += resource.monthly_cost
            by_cloud[resource.cloud] += resource.monthly_cost
            team = next((resource.tags[tag] for tag in self._settings.team_tags if resource.tags.get(tag)), None)
            if team := team or self._settings.deployment.team:
                by_team[team] += resource.monthly_cost
        total = round_amount(total)
        return Totals(
            monthly_cost=total, min=total, p90=total, max=total, by_cloud=_rounded(by_cloud), by_team=_rounded(by_team)
        )

    def _coverage(self, resources: tuple[EstimatedResource, ...]) -> Coverage:
        """Return how much is priced, counting what the document counts and does not list."""
        listed = coverage_of(resources)
        unsupported: Counter[str] = Counter()
        free: Counter[str] = Counter()
        for summary in (self._summary(project) for project in self._document.projects):
            unsupported.update(_unsupported(summary))
            free.update({name: count for name, count in (summary.no_price_resource_counts or {}).items() if count > 0})
        stand_ins = sum(listed.unsupported_types.values())
        return listed.model_copy(
            update={
                "free": max(listed.free, free.total()),
                "unpriced": listed.unpriced - stand_ins + unsupported.total(),
                "unsupported_types": dict(sorted(unsupported.items())),
            }
        )


def _tells_state_before(document: InfracostDocument) -> bool:
    """Whether the document compares two states.

    A breakdown of a directory repeats its only state as the one before; combined files may have no such totals.
    """
    if document.past_total_monthly_cost is None:
        return False
    return document.metadata.infracost_command == "diff" or any(
        project.past_breakdown is not None
        and (project.metadata.type in _PLANS or project.past_breakdown != project.breakdown)
        for project in document.projects
    )


def _labels(projects: tuple[Project, ...]) -> list[str]:
    """Return what stands before the addresses of each project: nothing where there is only one."""
    if len(projects) == 1:
        return [""]
    shown = [project.display_name for project in projects]
    names = shown if all(shown) and len(set(shown)) == len(shown) else [project.name for project in projects]
    seen: Counter[str] = Counter()
    labels = []
    for name in names:
        seen[name] += 1
        labels.append(f"{name}:" if seen[name] == 1 else f"{name}#{seen[name]}:")
    return labels


def _line(part: str | None, line: CostComponent, origin: PriceOrigin) -> BreakdownLine:
    known = line.monthly_cost is not None
    return BreakdownLine(
        name=line.name,
        part=part,
        quantity=line.monthly_quantity if known else None,
        unit=line.unit,
        unit_price=line.price or Decimal(0),
        monthly_cost=round_amount(line.monthly_cost) if line.monthly_cost is not None else None,
        basis="usage" if line.usage_based or not known else "fixed",
        confidence="medium" if line.usage_based or not known else "high",
        price=origin,
    )


def _is_unpriced(line: CostComponent) -> bool:
    return line.price_not_found or line.price is None


def _detail(part: str | None, line: CostComponent) -> str:
    return f"Infracost found no price of {f'{part}: ' if part else ''}{line.name}"


def _certain(cost: Decimal, breakdown: Iterable[BreakdownLine]) -> CostEstimate:
    amount = round_amount(cost)
    by_use = any(line.basis == "usage" and line.monthly_cost is not None for line in breakdown)
    return CostEstimate(
        min=amount,
        expected=amount,
        p90=amount,
        max=amount,
        basis="usage" if by_use else "list_price",
        confidence="medium" if by_use else "high",
    )


def _instance_type(resource: InfracostResource) -> str | None:
    """Return the machine type as the name of the hours tells it, None of what is no machine."""
    type_name, _ = _type_and_name(resource)
    known = resource_types(_cloud(type_name)).get(type_name)
    if known is None or known.size_attribute is None or not resource.cost_components:
        return None
    found = _SIZE_IN_NAME.search(resource.cost_components[0].name)
    return found[1] if found else None


def _type_and_name(resource: InfracostResource) -> tuple[str, str]:
    found = _ADDRESS.match(resource.name)
    told = resource.resource_type
    if found is None:
        return told or "unknown", resource.name
    return told or found["type"], found["name"]


def _cloud(type_name: str) -> Cloud:
    return "aws" if type_name.startswith("AWS::") else cloud_of(type_name)


def _location(resource: InfracostResource) -> SourceLocation | None:
    file, line = resource.metadata.get("filename"), resource.metadata.get("startLine")
    if not isinstance(file, str) or not file:
        return None
    return SourceLocation(file=file, line=line if isinstance(line, int) and line > 0 else None)


def _unsupported(summary: Summary) -> Mapping[str, int]:
    return {name: count for name, count in (summary.unsupported_resource_counts or {}).items() if count > 0}


def _day(time_generated: str) -> date | None:
    try:
        return datetime.fromisoformat(time_generated).date()
    except ValueError:
        return None


def _rounded(amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {name: round_amount(amount) for name, amount in sorted(amounts.items())}


def _warnings(document: InfracostDocument, path: Path, day: date | None) -> Iterator[str]:
    if day is None:
        yield f"{path}: timeGenerated is no time, its prices count as stale"
    for project in document.projects:
        for diagnostic in project.metadata.diagnostics:
            yield f"{project.name}: {diagnostic.message} (code {diagnostic.code})"
