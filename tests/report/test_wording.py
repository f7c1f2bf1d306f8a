"""The words of the reports."""

from __future__ import annotations

import pytest

from tollbar.decision import Finding
from tollbar.report.wording import exemption_of


@pytest.mark.parametrize(
    ("exemption", "text"),
    [
        ({"by": "tag", "tag": "cost_approved"}, "exempted by tag cost_approved"),
        ({"by": "label", "label": "cost-approved"}, "exempted by label cost-approved"),
        (
            {
                "by": "exemption",
                "id": "EX-1",
                "reason": "load test",
                "approver": "ann",
                "ticket": "FIN-1",
                "expires": "2026-12-31",
            },
            "exempted by EX-1 until 2026-12-31: load test (approved by ann, FIN-1)",
        ),
        ({"by": "exemption", "id": "EX-1", "reason": "load test"}, "exempted by EX-1: load test"),
    ],
)
def test_exemption_of(exemption: dict[str, str], text: str) -> None:
    finding = Finding(code="TB102", rule="r", title="t", severity="error", msg="m", exemption=exemption)
    assert exemption_of(finding) == text
