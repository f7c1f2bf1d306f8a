"""What is generated is not stale."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tollbar.estimate import json_schema
from tollbar.policy.library import estimate_schema_file
from tollbar.resources import reference, traits_reference
from tollbar.resources.registry import index_file, index_text

if TYPE_CHECKING:
    from tollbar.resource import Cloud


def test_the_schema_in_the_policy_library_is_that_of_the_model() -> None:
    shipped = json.loads(estimate_schema_file().read_text(encoding="utf-8"))
    assert shipped == json.loads(json.dumps(json_schema())), "run: make schema"


def test_the_page_of_resource_types_says_what_the_estimators_say() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "run: make reference"


def test_the_page_of_traits_is_what_the_contract_and_the_estimators_say() -> None:
    assert traits_reference.PAGE.read_text(encoding="utf-8") == traits_reference.page(), "run: make reference"


@pytest.mark.parametrize("cloud", ["aws", "azure", "gcp", "kubernetes", "llm"])
def test_the_index_of_types_names_their_modules(cloud: Cloud) -> None:
    assert index_file(cloud).read_text(encoding="utf-8") == index_text(cloud), "run: make reference"
