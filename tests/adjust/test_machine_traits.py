"""What the names of machine types tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tollbar.adjust.machine_traits import MachineTraits, machine_name, machine_traits
from tollbar.resources.machine_types import machine_types

if TYPE_CHECKING:
    from tollbar.resource import Cloud

CLOUDS = ("aws", "azure", "gcp")


@pytest.mark.parametrize(
    ("cloud", "size", "name"),
    [
        ("aws", "db.m5.large", "m5.large"),
        ("aws", "cache.r6g.large", "r6g.large"),
        ("aws", "ml.g5.xlarge", "g5.xlarge"),
        ("aws", "m5.large.search", "m5.large"),
        ("azure", "standard_d4s_v5", "standard_d4s_v5"),
    ],
)
def test_a_service_names_machines_its_own_way(cloud: str, size: str, name: str) -> None:
    assert machine_name(cloud, size) == name


@pytest.mark.parametrize(
    ("cloud", "name", "traits"),
    [
        ("aws", "m5.large", MachineTraits(5)),
        ("aws", "m4.large", MachineTraits(4, is_outdated=True)),
        ("aws", "t3.medium", MachineTraits(3, is_burstable=True)),
        ("aws", "m7i-flex.large", MachineTraits(7, is_burstable=True)),
        ("aws", "m6idn.large", MachineTraits(6, options=frozenset({"disk", "network"}))),
        ("aws", "i3.large", MachineTraits(3, options=frozenset({"disk"}), made_for="i")),
        ("aws", "c6g.metal", MachineTraits(6, options=frozenset({"metal"}), made_for="metal")),
        ("aws", "hpc7a.96xlarge", MachineTraits(7, made_for="hpc")),
        ("aws", "inf2.xlarge", MachineTraits(2, made_for="inf")),
        ("azure", "standard_d4s_v5", MachineTraits(5, options=frozenset({"premium storage"}))),
        ("azure", "standard_d4ads_v5", MachineTraits(5, options=frozenset({"premium storage", "disk"}))),
        ("azure", "standard_b2ms", MachineTraits(1, is_burstable=True, options=frozenset({"premium storage", "disk"}))),
        ("azure", "standard_dc4as_v5", MachineTraits(5, options=frozenset({"premium storage"}), made_for="dc")),
        ("azure", "standard_nc24ads_a100_v4", MachineTraits(4, options=frozenset({"premium storage", "disk"}))),
        ("gcp", "n2-standard-8", MachineTraits(2)),
        ("gcp", "e2-micro", MachineTraits(2, is_burstable=True)),
        ("gcp", "c3-standard-8-lssd", MachineTraits(3, options=frozenset({"lssd"}))),
        ("gcp", "m1-ultramem-40", MachineTraits(1, made_for="m1")),
    ],
)
def test_what_a_name_tells(cloud: str, name: str, traits: MachineTraits) -> None:
    assert machine_traits(cloud, name) == traits


@pytest.mark.parametrize(("cloud", "name"), [("aws", "large"), ("azure", "standard_d2as_v5_promo"), ("oci", "x")])
def test_another_name_tells_nothing(cloud: str, name: str) -> None:
    assert machine_traits(cloud, name) is None


@pytest.mark.parametrize("cloud", CLOUDS)
def test_nearly_every_known_type_is_named_as_the_vendor_names_types(cloud: Cloud) -> None:
    names = machine_types(cloud)
    unread = [name for name in names if machine_traits(cloud, name) is None]
    assert len(unread) < len(names) / 50, unread


@pytest.mark.parametrize(
    ("cloud", "name", "other", "may"),
    [
        ("aws", "m5.large", "m6a.large", True),
        ("aws", "m6a.large", "m5.large", False),
        ("aws", "m5.large", "t3.large", False),
        ("aws", "t3.large", "m5.large", True),
        ("aws", "t2.large", "m4.large", False),
        ("aws", "m5d.large", "m6i.large", False),
        ("aws", "m5.large", "m6id.large", True),
        ("aws", "m5.large", "m5.metal", False),
        ("azure", "standard_d4s_v3", "standard_d4_v5", False),
        ("azure", "standard_d4_v3", "standard_d4ds_v5", True),
        ("gcp", "n2-standard-4", "e2-standard-4", True),
        ("gcp", "n2-standard-2", "e2-medium", False),
        ("aws", "i4i.large", "r5d.large", False),
        ("aws", "i3.large", "i4i.large", True),
        ("aws", "z1d.large", "r5d.large", False),
        ("aws", "r5b.large", "r5.large", False),
        ("aws", "m5zn.large", "m5n.large", False),
        ("azure", "standard_d8s_v3", "standard_d8as_v5", False),
        ("azure", "standard_d8s_v3", "standard_d8ads_v5", True),
        ("azure", "standard_d4as_v4", "standard_d4as_v5", False),
        ("azure", "standard_d4s_v4", "standard_d4as_v5", True),
        ("azure", "standard_b2ms", "standard_b2as_v2", False),
        ("azure", "standard_l8s_v3", "standard_e8ads_v5", False),
        ("azure", "standard_nc24rs_v3", "standard_nc24s_v3", False),
        ("azure", "standard_e8bs_v5", "standard_e8s_v5", False),
        ("gcp", "c2-standard-8", "e2-standard-8", False),
        ("gcp", "c3-standard-8", "n4-standard-8", False),
        ("gcp", "n4-standard-8", "n4d-standard-8", True),
    ],
)
def test_a_replacement_is_no_step_back(cloud: str, name: str, other: str, may: bool) -> None:  # noqa: FBT001 -- a case's outcome
    first, second = machine_traits(cloud, name), machine_traits(cloud, other)
    assert first is not None
    assert second is not None
    assert first.may_be_replaced_by(second) is may
