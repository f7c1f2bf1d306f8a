"""The HTML report in a real Chromium, opened from disk: charts drawn, nothing asked for, nothing overflowing.

``TOLLBAR_SCREENSHOTS=DIRECTORY`` keeps pictures of what was looked at.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import running_browser
from tests.report.html.test_page import hostile_report
from tests.report.reports import a_committed_estimate, a_decision, an_estimate
from tollbar.estimate import CostEstimate
from tollbar.report.interface import Report, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

WIDTHS = (375, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium of this machine."""
    with running_browser() as running:
        yield running


@dataclass
class Opened:
    """A page, and what it said and asked for while it was opened."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """Opens reports from disk."""

    browser: Browser
    folder: Path

    def open(self, report: Report, *, width: int = 1280, scheme: str = "light") -> Opened:
        """Write a report, open it and return the page."""
        file = self.folder / "cost.html"
        file.write_text(render(report, "html"), encoding="utf-8")
        page = self.browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
        )
        opened = Opened(page)
        page.on("console", lambda message: opened.said.append(message.text))
        page.on("pageerror", lambda error: opened.said.append(str(error)))
        page.on("request", lambda request: opened.asked.append(request.url))
        page.goto(file.as_uri())
        assert opened.asked.pop(0) == file.as_uri()
        if kept := os.environ.get("TOLLBAR_SCREENSHOTS"):
            name = f"{report.estimate.deployment.environment[:8]}-{width}-{scheme}.png".replace("/", "_")
            page.screenshot(path=str(Path(kept) / name), full_page=True)
        return opened


@pytest.fixture
def desk(browser: Browser, tmp_path: Path) -> Iterator[Desk]:
    """Opens pages, and closes them at the end."""
    yield Desk(browser, tmp_path)
    for context in browser.contexts:
        context.close()


def a_small_report() -> Report:
    """Return a report of a few resources with everything in it."""
    base = an_estimate(deployment={"name": "payments", "environment": "small", "team": "checkout"})
    totals = {"by_cloud": {"aws": Decimal(400), "gcp": Decimal("206.49")}, "by_team": {"checkout": Decimal("606.49")}}
    return Report(base.model_copy(update={"totals": base.totals.model_copy(update=totals)}), a_decision(), 1)


def a_large_report() -> Report:
    """Return a report of 10,000 resources of long names, from a thousandth of a dollar to a million."""
    base = an_estimate(deployment={"name": "the-whole-platform-" * 8, "environment": "large"})
    pattern = base.resources[0]
    resources = []
    for number in range(10_000):
        cost = Decimal(10) ** (number % 10 - 3) * Decimal("1.37")
        spread = CostEstimate(
            min=cost / 2, expected=cost, p90=cost * Decimal("1.5"), max=cost * 3, basis="assumed", confidence="low"
        )
        address = f'module.platform_services["eu-west-1/production"].module.compute.aws_instance.worker[{number}]'
        changes = {"address": address, "monthly_cost": cost, "previous_monthly_cost": cost / 2, "cost_estimate": spread}
        resources.append(pattern.model_copy(update=changes))
    total = sum((resource.monthly_cost or Decimal(0) for resource in resources), Decimal(0))
    totals = base.totals.model_copy(
        update={
            "monthly_cost": total, "previous": total / 2, "delta": total / 2, "min": total / 2, "max": total * 3,
            "by_cloud": {"aws": total}, "by_team": {f"team-{i}": total / 30 for i in range(30)},
        }
    )  # fmt: skip
    estimate = base.model_copy(update={"resources": tuple(resources), "totals": totals})
    finding = a_decision().findings[0]
    found = tuple(finding.model_copy(update={"resource": resource.address}) for resource in resources)
    return Report(estimate, a_decision().model_copy(update={"findings": found}), 1)


REPORTS = {"small": a_small_report, "large": a_large_report, "hostile": hostile_report}


def drawn(rects: Locator) -> list[tuple[float, float]]:
    """Return width and height of each shape as the browser drew it."""
    boxes = [rect.bounding_box() for rect in rects.all()]
    return [(box["width"], box["height"]) for box in boxes if box is not None]


def test_each_chart_has_its_bars(desk: Desk) -> None:
    page = desk.open(a_small_report()).page
    bars = {
        name: drawn(page.locator(f"#{name} rect.bar")) for name in ("by-cloud", "by-team", "by-resource", "waterfall")
    }
    assert {name: len(found) for name, found in bars.items()} == {
        "by-cloud": 2, "by-team": 1, "by-resource": 3, "waterfall": 5,
    }  # fmt: skip
    assert [box for found in bars.values() for box in found if box[0] < 1 or box[1] < 10] == []
    first, second = bars["by-cloud"]
    assert second[0] / first[0] == pytest.approx(206.49 / 400, abs=0.01)


def test_the_waterfall_goes_on_where_the_step_before_ended(desk: Desk) -> None:
    page = desk.open(a_small_report()).page
    boxes = [rect.bounding_box() for rect in page.locator("#waterfall rect.bar").all()]
    edges = [(box["x"], box["x"] + box["width"]) for box in boxes if box is not None]
    before, *steps, after = edges
    assert [step[0] for step in steps] == pytest.approx([before[1], *(step[1] for step in steps[:-1])], abs=1.5)
    assert after[1] == pytest.approx(steps[-1][1], abs=1.5)
    assert page.locator("#waterfall .ticks text").count() >= 3


def test_a_range_holds_what_is_expected_and_its_p90(desk: Desk) -> None:
    page = desk.open(a_small_report()).page
    band, expected, p90 = (page.locator(f"#ranges .track {shape}").bounding_box() for shape in
                           ("rect.band", "rect.expected", "circle.p90"))  # fmt: skip
    assert band is not None
    assert expected is not None
    assert p90 is not None
    assert band["x"] <= expected["x"] + 1.5 <= band["x"] + band["width"]
    assert band["x"] <= p90["x"] + p90["width"] / 2 <= band["x"] + band["width"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_asked_for_said_or_overflowing(name: str, width: int, desk: Desk) -> None:
    opened = desk.open(REPORTS[name](), width=width)
    assert (opened.said, opened.asked) == ([], [])
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    overflowing = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => !e.closest('.table') &&
           e.getBoundingClientRect().right > window.innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert overflowing == []
    covered = page.evaluate(
        """() => [...document.querySelectorAll('.row')].filter(row => {
             const [name, figure] = ['.name', '.figure'].map(part => row.querySelector(part));
             return name && name.getBoundingClientRect().right > figure.getBoundingClientRect().left &&
               name.getBoundingClientRect().bottom > figure.getBoundingClientRect().top + 1 &&
               figure.getBoundingClientRect().bottom > name.getBoundingClientRect().top + 1;
           }).length"""
    )
    assert covered == 0


def test_charts_of_many_resources_stay_short(desk: Desk) -> None:
    page = desk.open(a_large_report()).page
    counts = {name: page.locator(f"#{name} li").count() for name in ("by-resource", "by-team", "waterfall", "ranges")}
    assert counts == {"by-resource": 16, "by-team": 16, "waterfall": 18, "ranges": 15}
    assert page.locator("table").first.locator("tbody tr").count() == 1_000
    assert "9,000 more resources left out" in page.inner_text("main")


def test_it_follows_the_reader_s_colours(desk: Desk) -> None:
    look = "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    light = desk.open(a_small_report()).page.evaluate(look)
    dark = desk.open(a_small_report(), scheme="dark").page.evaluate(look)
    brightness = [sum(int(part) for part in colour[4:-1].split(",")) for colour in (*light, *dark)]
    assert [value > 600 for value in brightness] == [True, False, False, True]
    assert [value < 200 for value in brightness] == [False, True, True, False]


CONTRAST = """() => {
  const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
  const linear = v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = colour => { const [r, g, b] = rgb(colour).map(v => linear(v / 255));
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (rgb(c)[3] !== 0) return c; } return 'rgb(255, 255, 255)'; };
  return [...document.querySelectorAll('p, dt, dd, h1, h2, h3, h4, th, td, span, code, li, caption')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())).map(e => {
      const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
      return [(a + .05) / (b + .05), e.outerHTML.slice(0, 60)]; }).filter(([ratio]) => ratio < 4.5);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_is_readable(scheme: str, desk: Desk) -> None:
    """Contrast of 4.5 to 1 at least, as WCAG 2.2 (1.4.3) asks of text."""
    assert desk.open(a_small_report(), scheme=scheme).page.evaluate(CONTRAST) == []


def test_it_can_be_heard(desk: Desk) -> None:
    page = desk.open(a_small_report()).page
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(e => Number(e.tagName[1]))")
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert page.locator("table:not(:has(caption))").count() == 0
    assert page.locator("svg.track:not([role=img][aria-label])").count() == 0
    assert page.locator("figure:not([aria-labelledby])").count() == 0
    described = page.get_by_role("img", name="aws_instance.api: rises by $420.48, to $560.64 in all")
    assert described.count() == 1


def test_even_what_would_get_in_could_ask_for_nothing(desk: Desk) -> None:
    blocked = desk.open(a_small_report()).page.evaluate(
        """() => new Promise(resolve => {
             let directive = 'none';
             document.addEventListener('securitypolicyviolation', event => { directive = event.effectiveDirective; });
             const image = Object.assign(new Image(), {src: 'http://127.0.0.1:9/'});
             image.onerror = () => setTimeout(() => resolve(directive), 50);
             document.body.append(image); })"""
    )
    assert blocked == "img-src"


def test_what_is_hostile_is_only_shown(desk: Desk) -> None:
    opened = desk.open(hostile_report())
    assert opened.page.locator("script, img, a").count() == 0
    assert "<script>alert(1)</script>" in opened.page.inner_text("h1")


@pytest.mark.parametrize("width", WIDTHS)
def test_commitments_fit_too(width: int, desk: Desk) -> None:
    opened = desk.open(Report(a_committed_estimate()), width=width)
    assert (opened.said, opened.asked) == ([], [])
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.locator("th", has_text="Effective").count() == 1
