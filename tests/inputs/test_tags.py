"""Tags with the provider's default tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.inputs.conftest import plan, refers_to, resource
from tollbar.inputs.tags import tags_of
from tollbar.resource import UNKNOWN, Attributes

if TYPE_CHECKING:
    from tests.inputs.conftest import ReadPlan
    from tollbar.resource import Cloud

DEFAULTS = {"team": "core", "env": "dev"}


@pytest.mark.parametrize(
    ("cloud", "attributes", "tags"),
    [
        ("aws", {"tags": {"env": "prod"}}, {"team": "core", "env": "prod"}),
        ("aws", {"tags": {"a": "b"}, "tags_all": {"a": "b", "c": "d"}}, {"a": "b", "c": "d"}),
        ("aws", {"tags": None, "tags_all": UNKNOWN}, DEFAULTS),
        ("aws", {"tags": {"n": 3, "b": True, "later": UNKNOWN}}, {**DEFAULTS, "n": "3", "b": "true"}),
        ("aws", {"tag": [{"key": "a", "value": "b", "propagate_at_launch": True}]}, {"a": "b"}),
        ("gcp", {"labels": {"a": "b"}}, {**DEFAULTS, "a": "b"}),
        ("gcp", {"user_labels": {"a": "b"}}, {**DEFAULTS, "a": "b"}),
        ("gcp", {"labels": {"a": "b"}, "effective_labels": {"a": "b", "c": "d"}}, {"a": "b", "c": "d"}),
        ("azure", {"tags": {"a": "b"}}, {**DEFAULTS, "a": "b"}),
        ("kubernetes", {"metadata": [{"labels": {"app": "web"}}]}, {"app": "web"}),
        ("other", {"tags": {"a": "b"}}, DEFAULTS),
    ],
)
def test_tags(cloud: Cloud, attributes: dict[str, Any], tags: dict[str, str]) -> None:
    assert tags_of(cloud, Attributes(attributes), DEFAULTS) == tags


def test_a_plan_tells_the_default_tags_and_labels_of_its_providers(read_plan: ReadPlan) -> None:
    providers = {
        "aws": {"name": "aws", "expressions": {"default_tags": [{"tags": {"constant_value": {"team": "core"}}}]}},
        "google": {"name": "google", "expressions": {"default_labels": refers_to("var.labels")}},
    }
    declared = plan(
        resource("aws_eip.a", {"tags": {"Name": "a"}}),
        resource("google_compute_address.a"),
        providers=providers,
        variables={"labels": {"value": {"team": "data"}}},
    )
    tags = [resource.tags for resource in read_plan(declared).after]
    assert tags == [{"team": "core", "Name": "a"}, {"team": "data"}]
