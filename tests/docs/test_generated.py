"""What is generated is not stale."""

from __future__ import annotations

import json

from tollbar.estimate import json_schema
from tollbar.policy.library import estimate_schema_file
from tollbar.resources import reference


def test_the_schema_in_the_policy_library_is_that_of_the_model() -> None:
    shipped = json.loads(estimate_schema_file().read_text(encoding="utf-8"))
    assert shipped == json.loads(json.dumps(json_schema())), "run: make schema"


def test_the_page_of_resource_types_says_what_the_estimators_say() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "run: make reference"
