"""The pages in a real browser: what they show, that nothing is asked of the network, how they are reached and read."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import running_browser
from tests.ledger.samples import decision, estimate
from tests.service.running import running_service
from tollbar.ledger.opening import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.service.running import Running

_CONFIG = """\
version: 1
exemptions:
  - {id: EX-1, rules: [TB101], address: aws_instance.gpu, reason: load test, approver: alice, expires: 2099-12-31}
  - {id: EX-2, rules: [TB201], reason: "<script>alert(1)</script>"}
  - {id: EX-0, rules: [TB201], reason: over, expires: 2020-01-01}
"""


def _fill(place: str) -> None:
    """Keep thirty days of two teams' deployments."""
    now = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
    ledger = open_ledger(place, create=True)
    for number in range(30):
        time = (now - timedelta(days=29 - number)).isoformat().replace("+00:00", "Z")
        for team, project, cost in (("checkout", "shop", 1000 + 40 * number), ("data", "lake", 3000 - 20 * number)):
            made = estimate(time, cost=str(cost), delta="40", team=team, project_id=project, name=project)
            ledger.record(made, decision("deny" if number % 7 == 6 and team == "data" else "allow"), {})
    ledger.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "tollbar.yml").write_text(_CONFIG, encoding="utf-8")
    _fill(str(folder / "ledger.sqlite"))
    with running_service(folder, config=folder / "tollbar.yml") as service:
        yield service


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture(params=["light", "dark"])
def page(filled: Running, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page, light or dark, of which it is known at the end that it said and asked for nothing unexpected."""
    page = browser.new_page(
        viewport={"width": 1280, "height": 900}, color_scheme="dark" if request.param == "dark" else "light"
    )
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request", lambda asked: None if asked.url.startswith((filled.url, "data:")) else problems.append(asked.url)
    )
    yield page
    if kept := os.environ.get("TOLLBAR_SCREENSHOTS"):
        page.screenshot(path=str(Path(kept) / f"{request.node.name}.png"), full_page=True)
    page.close()
    assert [problem for problem in problems if "401" not in problem] == []


def _sign_in(page: Page, service: Running, token: str) -> None:
    page.goto(f"{service.url}/")
    assert page.title() == "Sign in · Tollbar"
    page.get_by_label("Token").fill(token)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{service.url}/")


def test_the_overview(page: Page, filled: Running) -> None:
    _sign_in(page, filled, filled.token("history"))
    tiles = page.locator(".tiles dd").all_inner_texts()
    assert tiles == ["$4,580.00", "2", "2"]
    assert page.locator("#by-team ~ ul li").all_inner_texts() == ["data\n$2,420.00", "checkout\n$2,160.00"]
    points = page.locator("polyline").get_attribute("points") or ""
    assert len(points.split()) == 30
    assert page.get_by_role("img").get_attribute("aria-label").startswith("From $4,000.00 on ")  # type: ignore[union-attr]
    assert page.locator("text=<script>alert(1)</script>").count() == 1
    assert page.locator("text=EX-0").count() == 0
    assert page.locator("table.decisions tbody tr").count() >= 25


def test_a_decision_is_the_report(page: Page, filled: Running) -> None:
    _sign_in(page, filled, filled.token("history"))
    page.locator("table.decisions a").first.click()
    assert page.get_by_role("heading", level=1).inner_text() in {"shop", "lake"}


def test_another_project_is_not_seen(page: Page, filled: Running) -> None:
    _sign_in(page, filled, filled.token("history", projects=("shop",)))
    assert page.locator(".tiles dd").first.inner_text() == "$2,160.00"
    assert "lake" not in page.content()


def test_a_wrong_token(page: Page, filled: Running) -> None:
    page.goto(f"{filled.url}/decisions/{'0' * 64}")
    page.get_by_label("Token").fill("tbr_x_y")
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("alert").inner_text() == "the token is not known, or is over"


def test_signing_out(page: Page, filled: Running) -> None:
    _sign_in(page, filled, filled.token("history"))
    page.get_by_role("button", name="Sign out").click()
    assert page.title() == "Sign in · Tollbar"
    page.goto(f"{filled.url}/")
    assert page.title() == "Sign in · Tollbar"


def test_by_keyboard_alone(page: Page, filled: Running) -> None:
    _sign_in(page, filled, filled.token("history"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the decisions"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"


def test_text_can_be_read(page: Page, filled: Running) -> None:
    _sign_in(page, filled, filled.token("history"))
    worst = page.evaluate(_LEAST_CONTRAST)
    assert Decimal(str(worst)) >= Decimal("4.5")


_LEAST_CONTRAST = """() => {
  const rgb = text => (text.match(/[\\d.]+/g) || [0, 0, 0]).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const colour = getComputedStyle(node).backgroundColor;
      if (rgb(colour)[3] !== 0) return rgb(colour);
    }
    return [255, 255, 255];
  };
  let worst = 21;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !node.getClientRects().length) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(behind(node))];
    worst = Math.min(worst, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
  }
  return worst;
}"""
