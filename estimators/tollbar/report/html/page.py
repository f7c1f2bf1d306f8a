"""The page: the template filled with what the report holds.

Everything that comes from input is escaped by the template engine. The page carries its own Content Security
Policy: it may run no script and ask for nothing, and its style sheet is allowed by its hash alone.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tollbar.money import format_usd
from tollbar.report import wording
from tollbar.report.findings import WHOLE_DEPLOYMENT
from tollbar.report.html import charts, contents

if TYPE_CHECKING:
    from tollbar.estimate import Estimate
    from tollbar.report.interface import Report


_BREAKS = re.compile(r"(?<=\d-)|(?<=,)")


def render(report: Report) -> str:
    """Return the page."""
    environment = Environment(
        loader=PackageLoader("tollbar.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = _breakable
    return environment.get_template("report.html.jinja").render(_style() | _head(report) | _sections(report))


def _breakable(figure: str) -> Markup:
    """Return a figure that may be broken between its groups of digits and the ends of a range."""
    return Markup("<wbr>").join(_BREAKS.split(figure))


def _style() -> dict[str, Any]:
    style = (files("tollbar.report.html") / "templates" / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"style": Markup(style), "style_hash": f"sha256-{digest}"}  # noqa: S704 -- our own file


def _head(report: Report) -> dict[str, Any]:
    estimate, decision = report.estimate, report.decision
    return {
        "name": wording.clipped(estimate.deployment.name, 80),
        "about": _about(estimate),
        "verdict": wording.VERDICTS[decision.outcome] if decision else "",
        "outcome": decision.outcome if decision else "",
        "closing": wording.closing(decision) if decision else "",
        "revision": decision.revision if decision else "",
        "tiles": _tiles(estimate),
        "made": f"tollbar {estimate.meta.tollbar}, {estimate.meta.now}",
        "source": estimate.meta.source.path,
    }


def _about(estimate: Estimate) -> list[str]:
    deployment = estimate.deployment
    told = [*wording.heading(estimate).split(" · ")[1:]]
    told += [f"team {deployment.team}"] if deployment.team else []
    told += [f"project {deployment.project_id}"] if deployment.project_id else []
    return told + ([f"pull request {deployment.pull_request}"] if deployment.pull_request else [])


def _tiles(estimate: Estimate) -> list[tuple[str, str, str]]:
    """Return the figures at the top: what it is, the figure, what to know of it."""
    totals, coverage = estimate.totals, estimate.coverage
    tiles = [("A month", wording.total(estimate), "at list price" if totals.costs else "")]
    if totals.costs is not None:
        tiles.append(("With commitments", wording.effective_total(estimate), "effective cost"))
    if totals.delta is not None and totals.previous is not None:
        tiles.append(("Change", format_usd(totals.delta, signed=True), f"from {format_usd(totals.previous)}"))
    if totals.min != totals.max:
        spread = wording.range_of(totals.min, totals.max)
        tiles.append(("Range", spread, f"{format_usd(totals.p90)} or less in nine cases of ten"))
    told = [f"{coverage.free:,} free"] if coverage.free else []
    told += [f"{coverage.usage_dependent:,} by usage only"] if coverage.usage_dependent else []
    told += [f"{coverage.unpriced:,} not fully priced"] if coverage.unpriced else []
    count = coverage.priced + coverage.free + coverage.unpriced + coverage.usage_dependent
    return [*tiles, ("Resources", f"{count:,}", ", ".join(told) or "all priced")]


def _sections(report: Report) -> dict[str, Any]:
    estimate, decision = report.estimate, report.decision
    return {
        "groups": contents.groups(report, decision) if decision else None,
        "whole": WHOLE_DEPLOYMENT.capitalize(),
        "exempted": contents.exempted(report, decision) if decision else [],
        "exempted_count": len(decision.exempted) if decision else 0,
        "by_cloud": charts.by_cloud(estimate),
        "by_team": charts.by_team(estimate),
        "by_resource": charts.by_resource(estimate),
        "waterfall": charts.waterfall(estimate),
        "ranges": charts.ranges(estimate),
        "resources": contents.resources(report),
        "has_effective": estimate.totals.costs is not None,
        "has_change": estimate.totals.delta is not None,
        "missing": contents.missing(report),
        "assumptions": contents.assumptions(report),
        "without_assumptions": not estimate.meta.assumptions,
        "notes": [line.strip() for line in [*wording.commitment_lines(estimate), *wording.unit_cost_lines(estimate)]],
        "warnings": report.warnings,
        "price_note": wording.price_note(estimate),
        "price_sources": contents.price_sources(estimate),
        "hours": f"{estimate.meta.hours_per_month:f}",
    }
