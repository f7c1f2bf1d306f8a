"""The terminal table at 80 columns, compared whole."""

from decimal import Decimal

from tests.report.reports import a_borrowed_estimate, a_committed_estimate, a_decision, an_estimate
from tollbar.decision import Decision, Finding
from tollbar.report.interface import Report, render

AT_80_COLUMNS = """\
payments · dev · us-east-1                             list prices of 2026-07-20

 Resource              Type          Monthly  Range          Change
 aws_instance.api      m5.4xlarge    $560.64                 +$420.48
 aws_nat_gateway.main  nat_gateway    $41.85  $33.30-$77.85  +$41.85 new
 aws_instance.typo     instance     $4.00 +?                 new ?
 aws_sqs_queue.jobs    sqs_queue    by usage                 new ?
 Total                               $606.49  $598-$642      +$462.33
                                              p90 $630
  1 free · 1 only by usage (tell it with --usage-file) · 2 not or only partly
  priced:
    types Tollbar cannot price: aws_quantum_computer (1)
    aws_instance.typo: Instance: no price for t3.mediun

✗ TB101 environment_limit  aws_instance.api  infra/app.tf:42
  costs $560.64 a month, over the dev limit of $500.00
  → Choose a smaller type.
! TB102 deployment_limit  the whole deployment
  the deployment costs $606.49 a month
  → Ask.
- TB101 environment_limit  aws_instance.gpu
  costs $900.00 a month Exempted by tag cost_approved.

1 denied, 1 warning, 1 exempted                                           exit 1
"""


def test_everything_at_80_columns() -> None:
    printed = render(Report(an_estimate(), a_decision(), exit_code=1, width=80), "table")
    assert max(len(line) for line in printed.splitlines()) <= 80
    assert printed == AT_80_COLUMNS


def test_no_colours_unless_asked_for() -> None:
    assert "\x1b" not in render(Report(an_estimate(), a_decision()), "table")
    assert "\x1b[1;31m✗" in render(Report(an_estimate(), a_decision(), colour=True), "table")


def test_without_a_decision_nothing_is_said_of_one() -> None:
    printed = render(Report(an_estimate(), warnings=("module.x was not read",)), "table")
    assert "denied" not in printed
    assert printed.splitlines()[-1] == "! module.x was not read"


def test_long_lists_are_cut_unless_all_is_asked_for() -> None:
    resource = an_estimate().resources[0]
    many = tuple(resource.model_copy(update={"address": f"aws_instance.api[{i:03}]"}) for i in range(100))
    estimate = an_estimate().model_copy(update={"resources": many})
    cut = render(Report(estimate), "table")
    assert "aws_instance.api[029]" in cut
    assert "aws_instance.api[030]" not in cut
    assert "… 70 more (--all shows them)" in cut
    assert "$39,244.80" in cut
    assert "aws_instance.api[099]" in render(Report(estimate, everything=True), "table")


def test_a_long_address_is_broken_between_its_parts() -> None:
    address = 'module.network["eu.west"].module.egress.aws_nat_gateway.this[0]'
    resource = an_estimate().resources[1].model_copy(update={"address": address})
    printed = render(Report(an_estimate().model_copy(update={"resources": (resource,)}), width=80), "table")
    assert [line.split("  nat_gateway")[0] for line in printed.splitlines()[3:6]] == [
        ' module.network["eu.west"].',
        "   module.egress.",
        "   aws_nat_gateway.this[0]",
    ]


BORROWED = """\
payments · dev · us-east-1                 own prices, list prices of 2026-07-20

 Resource         Type        Monthly  Range
 aws_instance.b   instance   ~$100.00  $100-$142
 aws_instance.a   instance     $70.08
 aws_sqs_queue.q  sqs_queue  by usage
 Total                       ~$170.08  $170-$212
                                       p90 $200
  ~ 1 resource priced as in another region: us-east-1
  1 only by usage (tell it with --usage-file)
"""


def test_borrowed_and_own_prices_are_seen() -> None:
    assert render(Report(a_borrowed_estimate(), width=80), "table") == BORROWED


COMMITTED = """\
payments · dev · us-east-1                                                 list prices of 2026-07-20

 Resource              Type             List  Effective  Range          Change
 aws_instance.api      m5.4xlarge    $560.64    $290.10                 +$420.48
 aws_nat_gateway.main  nat_gateway    $41.85     $41.85  $33.30-$77.85  +$41.85 new
 aws_instance.typo     instance     $4.00 +?   $4.00 +?                 new ?
 aws_sqs_queue.jobs    sqs_queue    by usage                            new ?
 Total                               $606.49    $335.95  $598-$642      +$462.33
                                                         p90 $630
  $606.49 at list price, $335.95 effective ($200.50 of it committed), effective change +$150.10
    reserved instance ri-api: $120.50 a month, 100% used
    savings plan sp-1: $120.00 a month, 66.7% used, $40.00 goes unused
  1 free · 1 only by usage (tell it with --usage-file) · 2 not or only partly priced:
    types Tollbar cannot price: aws_quantum_computer (1)
    aws_instance.typo: Instance: no price for t3.mediun
"""


def test_list_and_effective_cost_stand_side_by_side() -> None:
    assert render(Report(a_committed_estimate(effective_delta=Decimal("150.1")), width=100), "table") == COMMITTED


def test_what_is_left_out_is_summed_up_in_both_columns() -> None:
    resource = a_committed_estimate().resources[0]
    many = tuple(resource.model_copy(update={"address": f"aws_instance.api[{i:03}]"}) for i in range(32))
    printed = render(Report(a_committed_estimate().model_copy(update={"resources": many})), "table")
    (left_out,) = (line for line in printed.splitlines() if "more (--all" in line)
    assert left_out.split()[-2:] == ["$1,121.28", "$580.20"]


def test_commitments_that_do_not_hold_are_told_of() -> None:
    estimate = a_committed_estimate().model_copy(update={"commitments": ()})
    assert "\n    no commitment was applied\n" in render(Report(estimate), "table")


def test_what_exempts_a_finding_keeps_its_letters() -> None:
    exemption = {"by": "policy", "id": "EX-12", "reason": "load test of API v2", "expires": "2026-12-31"}
    exempted = a_decision().exempted[0].model_copy(update={"exemption": exemption})
    decision = a_decision().model_copy(update={"exempted": (exempted,)})
    printed = render(Report(an_estimate(), decision), "table")
    assert "costs $900.00 a month Exempted by EX-12 until 2026-12-31: load test of API v2." in printed


def test_of_many_notes_of_a_rule_the_one_that_saves_most_is_shown() -> None:
    notes = tuple(
        Finding(code="TB121", rule="office_hours", title="", severity="info", msg="[TB121] r runs", resource=f"r{i}",
                saving=saving)  # type: ignore[call-arg]  # what a rule adds is kept
        for i, saving in enumerate([10, 30.5, 20])
    )  # fmt: skip
    decision = Decision(outcome="allow", findings=notes, revision="0")
    cut = render(Report(an_estimate(), decision), "table").splitlines()
    assert [line for line in cut if "TB121" in line] == [
        "i TB121 office_hours  r1",
        "  … 2 more of TB121 (--all shows them)",
    ]
    printed = render(Report(an_estimate(), decision, everything=True), "table")
    assert [f"office_hours  r{i}" in printed for i in range(3)] == [True] * 3


def test_no_name_begins_a_line_rewrites_the_terminal_or_gives_a_command_to_the_ci_system() -> None:
    bad = "a\n::stop-commands::x\x1b[2J\u202e##[error]x"
    resource = an_estimate().resources[0].model_copy(update={"address": bad, "instance_type": bad})
    found = [
        finding.model_copy(update={"resource": bad, "msg": f"is {'y' * 71} ::error::x {bad}", "remediation": bad})
        for finding in a_decision().findings
    ]
    exempted = [finding.model_copy(update={"resource": bad, "msg": bad}) for finding in a_decision().exempted]
    decision = a_decision().model_copy(update={"findings": tuple(found), "exempted": tuple(exempted)})
    estimate = an_estimate(deployment={"name": bad, "environment": bad})
    estimate = estimate.model_copy(update={"resources": (resource,)})
    printed = render(Report(estimate, decision, warnings=(bad,), width=80), "table")
    assert "\\n::stop-commands::x" in printed
    assert not set(printed) & {"\x1b", "\u202e"}
    assert "##[" not in printed
    assert not [line for line in printed.splitlines() if line.lstrip().startswith("::")]
    assert "\n  \\::error::x" in printed
