"""The words of the reports."""

from __future__ import annotations

import pytest

from tollbar.decision import Finding
from tollbar.report.wording import exemption_of, no_command, visible


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("aws_instance.web[0] · größer 日本", "aws_instance.web[0] · größer 日本"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x1b[31m\x00\x7f\x9b", r"\u001b[31m\u0000\u007f\u009b"),
        ("a\u202eb\u2066c\u2028d", r"a\u202eb\u2066c\u2028d"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("::error::x", r"\::error::x"),
        ("  ::stop-commands::x", r"  \::stop-commands::x"),
        ("a ::error::x", "a ::error::x"),
        ("a ##[stop-commands]x", r"a ##\[stop-commands]x"),
        ("", ""),
    ],
)
def test_no_command(line: str, told: str) -> None:
    assert no_command(line) == told
