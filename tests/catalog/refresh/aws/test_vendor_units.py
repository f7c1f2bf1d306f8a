"""The units of the list and ours."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tollbar.catalog.refresh.aws import vendor_units
from tollbar.catalog.refresh.aws.vendor_units import held
from tollbar.units import units


@pytest.mark.parametrize(
    ("theirs", "ours", "count"),
    [
        ("Hrs", "hours", Fraction(1)),
        ("hours", "hours", Fraction(1)),
        ("GB-Mo", "GB-months", Fraction(1)),
        ("GB-month", "GB-months", Fraction(1)),
        ("GB-Hours", "GB-months", Fraction(1, 730)),
        ("Hrs", "months", Fraction(1, 730)),
        ("GigaBytes", "GB", Fraction(1)),
        ("GiBps-mo", "MBps-months", Fraction(1024)),
        ("MBPS-Mo", "MBps-months", Fraction(1)),
        ("IOPS-Mo", "IOPS-months", Fraction(1)),
        ("LCU-Hrs", "LCU-hours", Fraction(1)),
        ("vCPU-Hours", "vCPU-hours", Fraction(1)),
        ("ACU-Hr", "ACU-hours", Fraction(1)),
        ("CR-Hr", "change-records", Fraction(1)),
        ("Lambda-GB-Second", "GB-seconds", Fraction(1)),
        ("API Calls", "requests", Fraction(1)),
        ("Images Processed", "images", Fraction(1)),
        ("ConfigRuleEvaluations", "evaluations", Fraction(1)),
        ("Bucket-days", "months", Fraction(24, 730)),
        ("second", "media-minutes", Fraction(1, 60)),
        ("DPU-Hour", "DPU-hours", Fraction(1)),
        ("1K tokens", "tokens", Fraction(1000)),
        ("1M tokens", "tokens", Fraction(1_000_000)),
    ],
)
def test_a_unit_of_the_list_holds_so_many_of_ours(theirs: str, ours: str, count: Fraction) -> None:
    assert held(theirs, ours) == count


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Hrs", "GB"),
        ("GB", "GB-months"),
        ("Requests", "hours"),
        ("Furlongs", "hours"),
        ("100 Furlongs", "requests"),
        ("Million Requests", "requests"),
        ("Furlong-Hours", "requests"),
    ],
)
def test_what_is_not_known_is_not_guessed(theirs: str, ours: str) -> None:
    assert held(theirs, ours) is None


def test_ours_are_in_the_vocabulary() -> None:
    ours = {ours for _, ours in vendor_units._HELD}  # noqa: SLF001 -- the table is what is tested
    assert ours <= set(units())
