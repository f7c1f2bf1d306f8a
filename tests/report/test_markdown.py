"""Markdown, compared whole."""

import re
from decimal import Decimal

import pytest
from markdown_it import MarkdownIt

from tests.report.reports import a_borrowed_estimate, a_committed_estimate, a_decision, an_estimate
from tollbar.decision import Decision, Finding
from tollbar.estimate import Estimate
from tollbar.report.interface import Report, render

EXPECTED = """\
## ❌ payments: $606.49 a month (+$462.33)

**Denied by policy**: 1 denied, 1 warning, 1 exempted. Range $598-$642, p90 $630.

### ❌ 1 denied

- **TB101** `aws_instance.api` costs $560.64 a month, over the dev limit of $500.00
  <br><sub>`infra/app.tf:42`</sub>
  <br>→ Choose a smaller type.

### ⚠️ 1 warning

- **TB102** the deployment costs $606.49 a month
  <br>→ Ask.

<details><summary>1 exempted</summary>

- **TB101** `aws_instance.gpu` costs $900.00 a month (exempted by tag cost_approved)

</details>

<details><summary>What 3 resources cost</summary>

| Resource | Type | Monthly | Range | Change |
| --- | --- | ---: | --- | --- |
| `aws_instance.api` | m5.4xlarge | $560.64 |  | +$420.48 |
| `aws_nat_gateway.main` | aws_nat_gateway | $41.85 | $33.30-$77.85 | +$41.85 new |
| `aws_instance.typo` | aws_instance | $4.00 +? |  | new ? |
| **Total** | | **$606.49** | $598-$642, p90 $630 | +$462.33 |

</details>

- 1 free · 1 only by usage (tell it with --usage-file) · 2 not or only partly priced:
- types Tollbar cannot price: aws_quantum_computer (1)
- aws_instance.typo: Instance: no price for t3.mediun
- ⚠️ module.x was not read

<sub>payments · dev · us-east-1 · list prices of 2026-07-20 · tollbar 0.1.0</sub>
"""


def test_everything() -> None:
    warnings = ("module.x was not read",)
    assert render(Report(an_estimate(), a_decision(), exit_code=1, warnings=warnings), "markdown") == EXPECTED


def several(
    count: int, *, code: str = "TB201", severity: str = "warning", remediation: str = "Add it."
) -> list[Finding]:
    """Return as many findings of one rule."""
    told = {"code": code, "rule": "required_tags", "title": "Tags are there", "severity": severity}
    return [
        Finding.model_validate(
            {**told, "resource": f"aws_eip.e{i}", "msg": f"[{code}] aws_eip.e{i} lacks {i}", "remediation": remediation,
             "docs": f"docs/rules/{code}.md", "_loc": {"file": "main.tf", "line": i}}
        )
        for i in range(count)
    ]  # fmt: skip


def decided(findings: list[Finding]) -> Decision:
    """Return a decision with these findings."""
    return Decision(outcome="warn", findings=tuple(findings), revision="1")


def test_findings_of_one_rule_stand_together_with_what_to_do_told_once() -> None:
    printed = render(Report(an_estimate(), decided(several(2))), "markdown")
    assert printed.partition("### ")[2].partition("<details>")[0] == (
        "⚠️ 2 warnings\n\n"
        "- **TB201** Tags are there (not met 2 times)\n"
        "  - `aws_eip.e0` lacks 0 <sub>`main.tf:0`</sub>\n"
        "  - `aws_eip.e1` lacks 1 <sub>`main.tf:1`</sub>\n"
        "  - → Add it.\n\n"
    )


def test_where_the_advice_differs_each_finding_has_its_own() -> None:
    first, second = several(2)
    other = second.model_copy(update={"remediation": "Remove it."})
    printed = render(Report(an_estimate(), decided([first, other])), "markdown")
    assert "lacks 0 <sub>`main.tf:0`</sub>\n    <br>→ Add it.\n" in printed
    assert "lacks 1 <sub>`main.tf:1`</sub>\n    <br>→ Remove it.\n" in printed


def test_a_code_leads_to_its_page_where_the_pages_are_published() -> None:
    report = Report(an_estimate(), decided(several(1)), docs_url="https://docs.test/tollbar/")
    assert "- **[TB201](https://docs.test/tollbar/docs/rules/TB201.md)** `aws_eip.e0`" in render(report, "markdown")


def test_long_lists_of_one_rule_are_cut_and_counted() -> None:
    printed = render(Report(an_estimate(), decided(several(25))), "markdown")
    assert printed.count("lacks") == 10
    assert "  - … 15 more\n  - → Add it." in printed
    assert "Left out to keep this short: 15 warnings. `--report html=cost.html` writes a page" in printed
    whole = render(Report(an_estimate(), decided(several(25)), everything=True), "markdown")
    assert whole.count("lacks") == 25
    assert "Left out" not in whole


def test_a_report_fits_a_comment_whatever_it_is_of() -> None:
    resource = an_estimate().resources[0]
    long = 'module.a_module_of_a_long_name["with a key"].' * 4
    many = tuple(resource.model_copy(update={"address": f"{long}api[{i:04}]"}) for i in range(3_000))
    findings = [
        finding.model_copy(update={"msg": "x" * 400, "resource": f"{long}{finding.resource}"})
        for rule in range(40)
        for severity in ("error", "warning")
        for finding in several(50, code=f"TB{rule + 100}", severity=severity)
    ]
    findings.sort(key=lambda finding: finding.severity)
    estimate = an_estimate().model_copy(update={"resources": many})
    for everything in (False, True):
        printed = render(Report(estimate, decided(findings), everything=everything), "markdown")
        assert 20_000 < len(printed) <= 65_000
        assert printed.count("### ❌ 2,000 denied") == 1
        assert [rule for rule in range(40) if f"**TB{rule + 100}**" not in printed] == []
        assert "3,000 resources" in printed.partition("Left out to keep this short: ")[2]


HOSTILE = "a`b|c <script>alert(1)</script> @octocat #12 ![x](javascript:x) *bold* _it_ &lt; ~~s~~\n# heading\\"


def test_text_from_input_stays_text() -> None:
    finding = several(1)[0].model_copy(update={"msg": HOSTILE, "title": HOSTILE, "remediation": HOSTILE})
    odd = an_estimate().resources[0].model_copy(update={"address": HOSTILE, "instance_type": HOSTILE})
    estimate = an_estimate(deployment={"name": HOSTILE, "environment": "dev"}).model_copy(update={"resources": (odd,)})
    printed = render(Report(estimate, decided([finding, finding]), warnings=(HOSTILE,)), "markdown")
    shown = (
        r"a\`b\|c &lt;script&gt;alert(1)&lt;/script&gt; @&#8203;octocat #&#8203;12 !\[x\](javascript:x) "
        r"\*bold\* \_it\_ &amp;lt; \~\~s\~\~ # heading\\"
    )
    assert f"- **TB201** {shown} (not met 2 times)\n" in printed
    assert f"  - `aws_eip.e0` {shown} <sub>" in printed
    assert f"  - → {shown}\n" in printed
    assert f"- ⚠️ {shown}\n" in printed
    cell = HOSTILE.replace("\n", " ").replace("|", r"\|")
    assert f"\n| `` {cell} `` | " in printed
    assert "\n# heading" not in printed
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(printed)
    tags = set(re.findall(r"<(\w+)", html))
    assert tags == {"h2", "h3", "p", "strong", "ul", "li", "code", "sub", "details", "summary", "table", "thead",
                    "tbody", "tr", "th", "td"}  # fmt: skip
    assert " &lt;script&gt;alert(1)&lt;/script&gt; " in html


@pytest.mark.parametrize(("delta", "told"), [("0", " (no change)"), ("-3", " (-$3.00)")])
def test_the_change_is_in_the_heading(delta: str, told: str) -> None:
    totals = an_estimate().totals.model_copy(update={"delta": Decimal(delta)})
    first = render(Report(an_estimate().model_copy(update={"totals": totals})), "markdown").splitlines()[0]
    assert first == f"## payments: $606.49 a month{told}"


def of_eighty(estimate: Estimate) -> Estimate:
    """Return the estimate with its first resource eighty times."""
    resource = estimate.resources[0]
    many = tuple(resource.model_copy(update={"address": f"aws_instance.api[{i:03}]"}) for i in range(80))
    return estimate.model_copy(update={"resources": many})


def test_long_tables_are_cut() -> None:
    printed = render(Report(of_eighty(an_estimate())), "markdown")
    assert printed.count("aws_instance.api") == 50
    assert "| … 30 more | | $16,819.20 | | |" in printed
    assert "Left out to keep this short: 30 resources." in printed


def test_borrowed_prices_are_seen() -> None:
    lines = render(Report(a_borrowed_estimate()), "markdown").splitlines()
    assert lines[0] == "## payments: ~$170.08 a month"
    assert lines[4] == "| `aws_instance.b` | aws_instance | ~$100.00 | $100-$142 |  |"
    assert lines[7] == "| **Total** | | **~$170.08** | $170-$212, p90 $200 |  |"
    assert "- \\~ 1 resource priced as in another region: us-east-1" in lines


COMMITTED = """\
## payments: $606.49 a month, $335.95 effective (+$462.33)

| Resource | Type | List | Effective | Range | Change |
| --- | --- | ---: | ---: | --- | --- |
| `aws_instance.api` | m5.4xlarge | $560.64 | $290.10 |  | +$420.48 |
| `aws_nat_gateway.main` | aws_nat_gateway | $41.85 | $41.85 | $33.30-$77.85 | +$41.85 new |
| `aws_instance.typo` | aws_instance | $4.00 +? | $4.00 +? |  | new ? |
| **Total** | | **$606.49** | **$335.95** | $598-$642, p90 $630 | +$462.33 |

- $606.49 at list price, $335.95 effective ($200.50 of it committed)
- reserved instance ri-api: $120.50 a month, 100% used
- savings plan sp-1: $120.00 a month, 66.7% used, $40.00 goes unused
- 1 free · 1 only by usage (tell it with --usage-file) · 2 not or only partly priced:
- types Tollbar cannot price: aws_quantum_computer (1)
- aws_instance.typo: Instance: no price for t3.mediun

<sub>payments · dev · us-east-1 · list prices of 2026-07-20 · tollbar 0.1.0</sub>
"""


def test_list_and_effective_cost_stand_side_by_side() -> None:
    assert render(Report(a_committed_estimate()), "markdown") == COMMITTED


def test_long_tables_with_commitments_are_cut() -> None:
    printed = render(Report(of_eighty(a_committed_estimate())), "markdown")
    assert "| … 30 more | | $16,819.20 | | | |" in printed
