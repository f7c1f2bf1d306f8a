"""Traits on their way into the estimate."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tollbar import pipeline
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.table import SNAPSHOT
from tollbar.comparison import compare
from tollbar.errors import InputError
from tollbar.estimate import Deployment, Traits
from tollbar.inputs.interface import Declaration, Source
from tollbar.resource import UNKNOWN, Action, Attributes, Inventory, Resource
from tollbar.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.estimate import Estimate

SETTINGS = Settings("2026-11-21T12:00:00Z", Deployment(name="d", environment="dev"), assumptions=False)
M5 = Traits(
    vcpus=Decimal(2),
    memory_gib=Decimal(8),
    previous_generation=False,
    purchase_option="on_demand",
    storage_class="gp2",
    storage_gib=Decimal(8),
    hours_per_month=Decimal(730),
)


@pytest.fixture(scope="module")
def catalog() -> Iterator[SnapshotCatalog]:
    snapshot = SnapshotCatalog(SNAPSHOT)
    yield snapshot
    snapshot.close()


def _declared(
    address: str,
    values: Mapping[str, Any],
    usage: Mapping[str, Any] | None = None,
    action: Action = "create",
) -> Resource:
    type_name, name = address.split(".")
    attributes = Attributes(values)
    return Resource(address, type_name, name, "aws", "us-east-1", attributes, action=action, usage=usage or {})


def _traits(catalog: SnapshotCatalog, *resources: Resource) -> list[Traits | None]:
    declaration = Declaration(Source("terraform_plan", "infra"), Inventory(resources), Inventory())
    return [resource.traits for resource in pipeline.estimate([declaration], SETTINGS, catalog).resources]


def test_traits_stand_in_the_estimate(catalog: SnapshotCatalog) -> None:
    instance = _declared("aws_instance.a", {"instance_type": "m5.large"})
    assert _traits(catalog, instance) == [M5]


def test_what_has_no_known_trait_has_none(catalog: SnapshotCatalog) -> None:
    key = _declared("aws_kms_key.k", {})
    role = _declared("aws_iam_role.r", {})
    unsupported = _declared("aws_no_such_thing.n", {})
    assert _traits(catalog, key, role, unsupported) == [None, None, None]


def test_one_unknown_attribute_loses_no_other_trait(catalog: SnapshotCatalog) -> None:
    group = _declared("aws_cloudwatch_log_group.g", {"retention_in_days": UNKNOWN})
    assert _traits(catalog, group) == [Traits(storage_class="STANDARD")]


def test_the_machine_is_known_where_its_price_is_not(catalog: SnapshotCatalog) -> None:
    database = _declared("aws_db_instance.d", {"engine": UNKNOWN, "instance_class": "db.m4.large", "multi_az": True})
    expected = Traits(vcpus=Decimal(2), memory_gib=Decimal(8), previous_generation=True, redundancy="multi_zone")
    assert _traits(catalog, database) == [expected]


def test_what_is_deleted_has_no_traits(catalog: SnapshotCatalog) -> None:
    instance = _declared("aws_instance.a", {"instance_type": "m5.large"})
    before = pipeline.estimate(
        [Declaration(Source("terraform_plan", "infra"), Inventory((instance,)), Inventory())], SETTINGS, catalog
    )
    after = pipeline.estimate(
        [Declaration(Source("terraform_plan", "infra"), Inventory(), Inventory())], SETTINGS, catalog
    )
    assert [(r.action, r.traits) for r in compare(after, before).resources] == [("delete", None)]


def test_what_costs_the_same_but_is_another_is_changed(catalog: SnapshotCatalog) -> None:
    """Two states of a directory tell no action: what rules may ask of a resource does."""

    def estimated(**attributes: object) -> Estimate:
        instance = _declared("aws_instance.a", {"instance_type": "m5.large", **attributes})
        return pipeline.estimate(
            [Declaration(Source("terraform_directory", "infra"), Inventory((instance,)))], SETTINGS, catalog
        )

    before = estimated()
    assert [r.action for r in compare(estimated(), before).resources] == ["no-op"]
    other = estimated()
    (resource,) = other.resources
    assert resource.traits is not None
    traits = resource.traits.model_copy(update={"cpu_utilization": Decimal("0.05")})
    other = other.model_copy(update={"resources": (resource.model_copy(update={"traits": traits}),)})
    assert [r.action for r in compare(other, before).resources] == ["update"]


def test_utilization_is_an_ordinary_usage_key(catalog: SnapshotCatalog) -> None:
    instance = _declared("aws_instance.a", {"instance_type": "m5.large"}, {"cpu_utilization": 0.07})
    assert _traits(catalog, instance) == [M5.model_copy(update={"cpu_utilization": Decimal("0.07")})]


@pytest.mark.parametrize("share", [-0.1, 1.01, 35])
def test_a_utilization_must_be_a_share(catalog: SnapshotCatalog, share: float) -> None:
    instance = _declared("aws_instance.a", {"instance_type": "m5.large"}, {"memory_utilization": share})
    with pytest.raises(InputError) as wrong:
        _traits(catalog, instance)
    assert str(wrong.value) == f"memory_utilization must be a share between 0 and 1, not {share}"


@pytest.mark.parametrize("share", [0, 1])
def test_all_and_nothing_are_shares(catalog: SnapshotCatalog, share: int) -> None:
    instance = _declared("aws_instance.a", {"instance_type": "m5.large"}, {"memory_utilization": share})
    assert _traits(catalog, instance) == [M5.model_copy(update={"memory_utilization": Decimal(share)})]
