"""The page's text: what it says, what it leaves out, and that input stays text."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from tests.report.reports import a_borrowed_estimate, a_committed_estimate, a_decision, an_estimate
from tollbar.decision import Decision, Finding
from tollbar.report.interface import Report, render

VOID = {"meta", "wbr", "line", "rect", "circle"}


class Outline(HTMLParser):
    """What a page is made of: its tags, its attributes' values, its text; tags must be closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag."""
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag without contents."""
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        """Close the tag."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take note of text."""
        if self.open and self.open[-1] not in {"style", "title"}:
            self.text += f" {data}"


def page_of(report: Report) -> str:
    """Return the page."""
    return render(report, "html")


def text_of(report: Report) -> str:
    """Return what the page says, on one line."""
    return " ".join(Outline(page_of(report)).text.split())


def test_the_verdict_and_the_figures_stand_at_the_top() -> None:
    assert text_of(Report(an_estimate(), a_decision(), 1)).partition(" What the policy found ")[0] == (
        "Cost of payments dev · us-east-1 ✗ Denied by policy 1 denied, 1 warning, 1 exempted "
        "A month $606.49 Change +$462.33 from $140.16 Range $598- $642 $630.12 or less in nine cases of ten "
        "Resources 6 1 free, 1 by usage only, 2 not fully priced"
    )


def test_each_finding_has_its_rule_its_place_and_what_to_do() -> None:
    text = text_of(Report(an_estimate(), a_decision(), 1))
    assert text.partition(" What the policy found ")[2].partition(" What changes ")[0] == (
        "✗ 1 denied TB101 Over the limit aws_instance.api infra/app.tf:42 "
        "costs $560.64 a month, over the dev limit of $500.00 What to do: Choose a smaller type. "
        "! 1 warning TB102 Total The whole deployment the deployment costs $606.49 a month What to do: Ask. "
        "1 exempted TB101 Over the limit aws_instance.gpu costs $900.00 a month Exempted by tag cost_approved."
    )


def test_what_is_not_known_and_what_the_figures_rest_on_is_told() -> None:
    text = text_of(Report(an_estimate(), a_decision(), 1, ("module.x was not read",)))
    assert text.partition(" Not priced ")[2] == (
        "What these cost is not known, and not in any figure above Resource Why Details "
        "aws_quantum_computer.q type not known aws_quantum_computer is not a type "
        "aws_instance.typo no price found Instance: no price for t3.mediun "
        "What the figures rest on ! module.x was not read "
        "Where the prices come from: list prices of 2026-07-20; a month is 730 hours Source Trust Prices of Lines "
        "list A 2026-07-20 4 tollbar 0.1.0, 2026-11-21T12:00:00Z, policy 0.1.0. Made from infra."
    )


def test_without_a_decision_nothing_is_said_of_a_policy() -> None:
    text = text_of(Report(an_estimate()))
    assert "policy" not in text
    assert "denied" not in text


def test_nothing_found_is_said() -> None:
    decision = Decision(outcome="allow", findings=(), revision="1")
    assert "✓ Within policy nothing found" in text_of(Report(an_estimate(), decision))
    assert "What the policy found Nothing." in text_of(Report(an_estimate(), decision))


def test_an_empty_estimate_is_a_page_too() -> None:
    totals = dict.fromkeys(("monthly_cost", "min", "p90", "max", "previous", "delta"), 0)
    text = text_of(Report(an_estimate(resources=[], totals=totals, coverage={"priced": 0, "free": 0, "unpriced": 0})))
    assert "Nothing here has a price." in text
    assert "No cost changes." in text


def test_commitments_have_a_column_and_their_notes() -> None:
    text = text_of(Report(a_committed_estimate()))
    assert "With commitments $335.95 effective cost" in text
    assert "Region List Effective Range Change" in text
    assert "savings plan sp-1: $120.00 a month, 66.7% used, $40.00 goes unused" in text
    assert "By resource, USD a month at list price" in text


def test_borrowed_prices_are_seen() -> None:
    text = text_of(Report(a_borrowed_estimate()))
    assert "A month ~$170.08" in text
    assert "list borrowed 2026-07-20 2" in text
    assert "aws_sqs_queue.q Usage not told by usage" in text


HOSTILE = "</style></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


def hostile_report() -> Report:
    """Return a report every text of which tries to become markup."""
    finding = a_decision().findings[0].model_dump(by_alias=True)
    found = [
        Finding.model_validate(
            {**finding, "severity": severity, "code": HOSTILE, "title": HOSTILE, "msg": HOSTILE, "resource": HOSTILE,
             "remediation": HOSTILE, "docs": "javascript:alert(1)", "_loc": {"file": HOSTILE, "line": 1},
             "exemption": {"by": HOSTILE, "tag": HOSTILE}}
        )
        for severity in ("error", "approval", "warning", "info")
    ]  # fmt: skip
    decision = Decision(outcome="deny", findings=tuple(found), exempted=tuple(found), revision=HOSTILE)
    base = an_estimate(deployment={"name": HOSTILE, "environment": HOSTILE, "team": HOSTILE, "project_id": HOSTILE})
    resources = tuple(
        resource.model_copy(
            update={
                "address": f"{HOSTILE}{number}",
                "type": HOSTILE,
                "instance_type": HOSTILE,
                "region": HOSTILE,
                "unpriced": tuple(line.model_copy(update={"detail": HOSTILE}) for line in resource.unpriced),
                "breakdown": tuple(line.model_copy(update={"name": HOSTILE}) for line in resource.breakdown),
            }
        )
        for number, resource in enumerate(base.resources)
    )
    totals = base.totals.model_copy(update={"by_team": {HOSTILE: base.totals.monthly_cost}})
    return Report(base.model_copy(update={"resources": resources, "totals": totals}), decision, 1, (HOSTILE,))


def test_text_from_input_never_becomes_markup() -> None:
    page = page_of(hostile_report())
    outline = Outline(page)
    assert set(outline.tags) & {"script", "img", "iframe", "a"} == set()
    assert not [name for name, _ in outline.attributes if name.startswith("on") or name == "style"]
    assert "{{ 7*7 }}" in outline.text
    assert page.count("</style>") == 1


def test_only_addresses_of_the_web_become_links() -> None:
    decision = a_decision()
    own = decision.findings[0].model_copy(update={"docs": "https://wiki.test/cost?a=1&b=2"})
    page = page_of(Report(an_estimate(), decision.model_copy(update={"findings": (own,)})))
    assert '<a href="https://wiki.test/cost?a=1&amp;b=2" rel="noreferrer">TB101</a>' in page


def test_the_page_may_run_nothing_and_ask_for_nothing() -> None:
    page = page_of(Report(an_estimate(), a_decision()))
    style = re.search(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page
    assert {name for name, _ in Outline(page).attributes} & {"src", "srcset", "data", "style", "action"} == set()


@pytest.mark.parametrize(("everything", "rows"), [(False, 1_000), (True, 1_200)])
def test_long_tables_are_cut_and_say_so(rows: int, *, everything: bool) -> None:
    resource = an_estimate().resources[0]
    many = tuple(resource.model_copy(update={"address": f"aws_instance.r{i:04}"}) for i in range(1_200))
    finding = a_decision().findings[0]
    found = tuple(finding.model_copy(update={"resource": f"aws_instance.f{i:04}"}) for i in range(60))
    decision = a_decision().model_copy(update={"findings": found})
    page = page_of(Report(an_estimate().model_copy(update={"resources": many}), decision, everything=everything))
    assert page.count('<tr><th scope="row"><code>aws_instance.r') == rows
    assert page.count("<code>aws_instance.f") == (60 if everything else 50)
    told = "200 more resources left out; --all shows them, --format json holds everything."
    assert (told in page) is not everything
    assert ("10 more of TB101 left out" in page) is not everything
