"""Annotations of GitHub Actions, compared whole."""

from __future__ import annotations

from tests.report.reports import a_decision, an_estimate
from tollbar.decision import FindingLocation
from tollbar.report.interface import Report, render

EXPECTED = """\
::error file=infra/app.tf,line=42,title=TB101 Over the limit::aws_instance.api costs $560.64 a month, \
over the dev limit of $500.00%0AChoose a smaller type.
::warning title=TB102 Total::the deployment costs $606.49 a month%0AAsk.
::warning title=Tollbar::100%25 of module.x%0A::error::was not read
tollbar: payments: Denied by policy: 1 denied, 1 warning, 1 exempted
"""


def test_everything() -> None:
    warnings = ("100% of module.x\n::error::was not read",)
    assert render(Report(an_estimate(), a_decision(), 1, warnings), "github") == EXPECTED


def test_what_would_end_a_property_or_a_command_is_escaped() -> None:
    finding = (
        a_decision()
        .findings[0]
        .model_copy(
            update={
                "title": "100%, a: b\r\n::error::x",
                "resource": None,
                "msg": "50% of a: b, c\r\n::set-env name=A::b\x1b[2J",
                "remediation": "",
                "severity": "info",
                "location": FindingLocation(file="a,b:c%.tf", line=None),
            }
        )
    )
    decision = a_decision().model_copy(update={"outcome": "allow", "findings": (finding,), "exempted": ()})
    estimate = an_estimate(deployment={"name": "\n::error::x ##[error]x", "environment": "dev"})
    assert render(Report(estimate, decision), "github") == (
        "::notice file=a%2Cb%3Ac%25.tf,title=TB101 100%25%2C a%3A b%0D%0A%3A%3Aerror%3A%3Ax"
        "::50%25 of a: b, c%0D%0A::set-env name=A::b\\u001b[2J\n"
        "tollbar: ::error::x ##\\[error]x: Within policy: 1 note\n"
    )


def test_what_is_to_be_approved_is_an_error() -> None:
    finding = a_decision().findings[1].model_copy(update={"severity": "approval"})
    decision = a_decision().model_copy(update={"findings": (finding,)})
    assert render(Report(an_estimate(), decision), "github").startswith("::error title=TB102 Total::")
