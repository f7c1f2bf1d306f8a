"""Markdown, compared whole."""

from tests.report.reports import a_borrowed_estimate, a_committed_estimate, a_decision, an_estimate
from tollbar.report.interface import Report, render

EXPECTED = """\
## Cost of payments: $606.49 a month (+$462.33), $598-$642, p90 $630

**❌ denied by policy** (1 denied, 1 warning, 1 exempted)

- ❌ **TB101** `aws_instance.api` costs $560.64 a month, over the dev limit of $500.00
  <br>→ Choose a smaller type.
- ⚠️ **TB102** the deployment costs $606.49 a month
  <br>→ Ask.
- ~~TB101~~ `aws_instance.gpu` costs $900.00 a month (exempted by tag cost_approved)

| Resource | Type | Monthly | Range | Change |
| --- | --- | ---: | --- | --- |
| `aws_instance.api` | m5.4xlarge | $560.64 |  | +$420.48 |
| `aws_nat_gateway.main` | aws_nat_gateway | $41.85 | $33.30-$77.85 | +$41.85 new |
| `aws_instance.typo` | aws_instance | $4.00 +? |  | new ? |
| **Total** | | **$606.49** | $598-$642, p90 $630 | +$462.33 |

- 1 free · 1 only by usage (tell it with --usage-file) · 2 not or only partly priced:
- types Tollbar cannot price: aws_quantum_computer (1)
- aws_instance.typo: Instance: no price for t3.mediun
- ⚠️ module.x was not read

<sub>payments · dev · us-east-1 · list prices of 2026-07-20 · tollbar 0.1.0</sub>
"""


def test_everything() -> None:
    warnings = ("module.x was not read",)
    assert render(Report(an_estimate(), a_decision(), exit_code=1, warnings=warnings), "markdown") == EXPECTED


def test_a_name_cannot_break_out_of_the_table() -> None:
    estimate = an_estimate()
    odd = estimate.resources[0].model_copy(update={"address": "aws_instance.a|b", "instance_type": "<script>"})
    printed = render(Report(estimate.model_copy(update={"resources": (odd,)})), "markdown")
    assert "| `aws_instance.a\\|b` | &lt;script> | $560.64 |" in printed


def test_long_tables_are_cut() -> None:
    resource = an_estimate().resources[0]
    many = tuple(resource.model_copy(update={"address": f"aws_instance.api[{i:03}]"}) for i in range(80))
    printed = render(Report(an_estimate().model_copy(update={"resources": many})), "markdown")
    assert printed.count("aws_instance.api") == 50
    assert "| … 30 more | | | | |" in printed


def test_borrowed_prices_are_seen() -> None:
    lines = render(Report(a_borrowed_estimate()), "markdown").splitlines()
    assert lines[0] == "## Cost of payments: ~$170.08 a month, $170-$212, p90 $200"
    assert lines[4] == "| `aws_instance.b` | aws_instance | ~$100.00 | $100-$142 |  |"
    assert lines[7] == "| **Total** | | **~$170.08** | $170-$212, p90 $200 |  |"
    assert "- ~ 1 resource priced as in another region: us-east-1" in lines


COMMITTED = """\
## Cost of payments: $606.49 a month, $335.95 effective (+$462.33), $598-$642, p90 $630

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
    resource = a_committed_estimate().resources[0]
    many = tuple(resource.model_copy(update={"address": f"aws_instance.api[{i:03}]"}) for i in range(80))
    printed = render(Report(a_committed_estimate().model_copy(update={"resources": many})), "markdown")
    assert "| … 30 more | | | | | |" in printed
