"""Machine types of a previous generation, as their vendors name them."""

from __future__ import annotations

import pytest

from tollbar.adjust.previous_generation import is_previous_generation


@pytest.mark.parametrize(
    ("cloud", "size", "expected"),
    [
        ("aws", "m4.large", True),
        ("aws", "t1.micro", True),
        ("aws", "db.r3.large", True),
        ("aws", "cache.m4.large", True),
        ("aws", "m4.large.search", True),
        ("aws", "p2.xlarge", True),
        ("aws", "d2.xlarge", True),
        ("aws", "h1.2xlarge", False),
        ("aws", "i3.large", False),
        ("aws", "p3dn.24xlarge", False),
        ("aws", "x1.16xlarge", False),
        ("aws", "t2.micro", False),
        ("aws", "m5.large", False),
        ("aws", "i3en.large", False),
        ("aws", "x1e.xlarge", False),
        ("azure", "Standard_A2_v2", True),
        ("azure", "Basic_A1", True),
        ("azure", "Standard_D2", True),
        ("azure", "Standard_DS2_v2", True),
        ("azure", "Standard_DS14-4_v2", True),
        ("azure", "Standard_F4s_v2", True),
        ("azure", "Standard_F16", True),
        ("azure", "Standard_GS5-16", True),
        ("azure", "Standard_L8s_v2", True),
        ("azure", "Standard_H16mr", True),
        ("azure", "Standard_NC24rs_v3", True),
        ("azure", "Standard_NV12s_v3", True),
        ("azure", "Standard_B2s", False),
        ("azure", "Standard_D2_v3", True),
        ("azure", "Standard_D4s_v3", True),
        ("azure", "Standard_E4-2s_v3", True),
        ("azure", "Standard_E64is_v3", True),
        ("azure", "Standard_E8_v4", True),
        ("azure", "Standard_E16-8as_v4", True),
        ("azure", "Standard_E80ids_v4", True),
        ("azure", "Standard_NV8as_v4", True),
        ("azure", "Standard_D4s_v4", False),
        ("azure", "Standard_D4as_v4", False),
        ("azure", "Standard_E8s_v5", False),
        ("azure", "Standard_NV6ads_A10_v5", False),
        ("azure", "Standard_D2s_v5", False),
        ("azure", "Standard_E4s_v3", True),
        ("azure", "Standard_L8s_v3", False),
        ("azure", "Standard_NC24ads_A100_v4", False),
        ("azure", "Standard_NC16as_T4_v3", False),
        ("azure", "Standard_HB120rs_v3", False),
        ("gcp", "n1-standard-1", True),
        ("gcp", "f1-micro", True),
        ("gcp", "g1-small", True),
        ("gcp", "custom-4-16384", True),
        ("gcp", "n2-custom-4-16384", False),
        ("gcp", "e2-medium", False),
        ("gcp", "n4-standard-2", False),
        ("other", "m4.large", None),
    ],
)
def test_what_vendors_call_previous(cloud: str, size: str, *, expected: bool | None) -> None:
    assert is_previous_generation(cloud, size) is expected
