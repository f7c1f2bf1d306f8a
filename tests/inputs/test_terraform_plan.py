"""Plans: what is planned, what was before, what is unknown, and what each resource refers to."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.inputs.conftest import DATA, block, plan, refers_to, resource
from tollbar.errors import InputError
from tollbar.inputs.interface import ReadOptions, Source
from tollbar.inputs.terraform_plan import TerraformPlanReader
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET, UnknownUntilApplyError

if TYPE_CHECKING:
    from tests.inputs.conftest import ReadPlan
    from tollbar.inputs.interface import Declaration


def read(path: Path) -> Declaration:
    return TerraformPlanReader().read(path, ReadOptions())


def test_a_resource_has_its_address_type_name_cloud_attributes_and_action(read_plan: ReadPlan) -> None:
    declaration = read_plan(plan(resource('aws_instance.web["a"]', {"instance_type": "t3.micro", "volume": 1.5})))
    (web,) = declaration.after
    assert (web.address, web.type, web.name, web.cloud) == ('aws_instance.web["a"]', "aws_instance", "web", "aws")
    assert web.attributes.text("instance_type") == "t3.micro"
    assert web.attributes.get("volume") == Decimal("1.5")
    assert (web.action, web.location) == ("create", None)
    assert declaration.source.kind == "terraform_plan"
    assert len(declaration.before) == 0


def test_the_source_is_the_path_as_the_user_wrote_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan.json").write_text(json.dumps(plan()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read(Path("plan.json")).source == Source("terraform_plan", "plan.json")


def test_without_a_configuration_no_unknown_value_is_certainly_set(read_plan: ReadPlan) -> None:
    values = {
        "name": "a",
        "root_block_device": [{"volume_size": 8}],
        "tags": {"Name": "a"},
        "subnets": ["s-1", None],
    }
    unknown = {
        "id": True,
        "ebs_block_device": True,
        "root_block_device": [{"volume_id": True}],
        "tags": {"owner": True},
        "subnets": [False, True],
    }
    (found,) = read_plan(plan(resource("aws_instance.web", values, unknown))).after
    assert found.attributes.values == {
        "name": "a",
        "id": UNKNOWN_OR_UNSET,
        "ebs_block_device": UNKNOWN_OR_UNSET,
        "root_block_device": [{"volume_size": 8, "volume_id": UNKNOWN_OR_UNSET}],
        "tags": {"Name": "a", "owner": UNKNOWN_OR_UNSET},
        "subnets": ["s-1", UNKNOWN_OR_UNSET],
    }
    assert found.tags == {"Name": "a"}
    assert found.attributes.blocks("ebs_block_device") == ()
    with pytest.raises(UnknownUntilApplyError):
        found.attributes.text("id")


def test_an_unknown_value_is_absent_unless_it_is_written_and_leads_to_something_unknown(read_plan: ReadPlan) -> None:
    later = resource("terraform_data.later", {}, {"output": True})
    known = resource("terraform_data.known", {"output": "a"})
    unknown = {
        "id": True,
        "ami": True,
        "key_name": True,
        "host_id": True,
        "launch_template": True,
        "ebs_block_device": True,
        "root_block_device": [{"volume_id": True, "volume_size": True}],
        "network_interface": [{"network_card_index": True}],
        "ephemeral_block_device": True,
        "tags": {"owner": True},
    }
    expressions = {
        "ami": refers_to("terraform_data.later.output", "terraform_data.later"),
        "key_name": refers_to("local.key"),
        "host_id": refers_to("terraform_data.known.output", "terraform_data.known"),
        "ebs_block_device": [{"volume_size": {"constant_value": 5}}],
        "root_block_device": [{"volume_size": refers_to("terraform_data.later.output", "terraform_data.later")}],
        "tags": refers_to("terraform_data.later.output", "terraform_data.later"),
    }
    declared = plan(
        resource("aws_instance.web", {"type": "t", "root_block_device": [{"encrypted": True}]}, unknown),
        later,
        known,
        configuration=[
            block("aws_instance.web", expressions),
            block("terraform_data.later", {}),
            block("terraform_data.known", {}),
        ],
    )
    assert read_plan(declared).after.resources[0].attributes.values == {
        "type": "t",
        "ami": UNKNOWN,
        "key_name": UNKNOWN_OR_UNSET,  # what a local refers to is not in a plan
        "host_id": UNKNOWN_OR_UNSET,  # nothing there is unknown: it may be null
        "launch_template": UNKNOWN,  # no provider fills it in: a dynamic block of unknown number
        "ebs_block_device": UNKNOWN,  # one is written: that not even it is known makes the others dynamic ones
        "root_block_device": [{"encrypted": True, "volume_size": UNKNOWN}],
        "network_interface": [{"network_card_index": UNKNOWN_OR_UNSET}],  # a dynamic block's content is not in a plan
        "tags": {"owner": UNKNOWN},
    }


def test_a_data_source_that_apply_reads_makes_unknown_what_refers_to_it(read_plan: ReadPlan) -> None:
    declared = plan(
        resource("aws_instance.a", {}, {"ami": True}),
        resource("aws_instance.b", {}, {"ami": True}),
        configuration=[
            block("aws_instance.a", {"ami": refers_to("data.aws_ami.later.id", "data.aws_ami.later")}),
            block("aws_instance.b", {"ami": refers_to("data.aws_ami.read.id", "data.aws_ami.read")}),
        ],
    )
    change = {"actions": ["read"], "before": None, "after": {}, "after_unknown": {"id": True}}
    entry = {"address": "data.aws_ami.later", "mode": "data", "type": "aws_ami", "name": "later", "change": change}
    declared["resource_changes"].append(entry)
    amis = [found.attributes.get("ami") for found in read_plan(declared).after]
    assert amis == [UNKNOWN, UNKNOWN_OR_UNSET]


def test_expressions_that_a_tool_could_not_resolve_are_unknown(read_plan: ReadPlan) -> None:
    values = {"size": {"__attribute__": "data.aws_x.y.size"}, "disk": [{"gb": {"__attribute__": "local.gb"}}]}
    (found,) = read_plan(plan(resource("aws_ebs_volume.a", values))).after
    assert found.attributes.is_unknown("size")
    assert found.attributes.block("disk").is_unknown("gb")


def test_such_an_expression_still_tells_what_it_refers_to(read_plan: ReadPlan) -> None:
    values = {"disk": [{"image": {"__attribute__": "aws_ebs_volume.a.[0].id"}}]}
    volumes = [resource(f"aws_ebs_volume.a[{index}]", {}) for index in (0, 1)]
    found = read_plan(plan(*volumes, resource("aws_instance.b", values))).after.by_address["aws_instance.b"]
    assert found.references == {"disk.image": ("aws_ebs_volume.a[0]",)}


def test_a_planned_resource_without_a_change_stays_as_it_is(read_plan: ReadPlan) -> None:
    (found,) = read_plan(plan(resource("aws_eip.a", actions=()))).after
    assert found.action == "no-op"


def test_data_sources_are_no_resources(read_plan: ReadPlan) -> None:
    entry = resource("aws_ami.a", actions=("read",))
    entry["planned"]["mode"] = entry["change"]["mode"] = "data"
    assert len(read_plan(plan(entry)).after) == 0


def test_a_real_plan_of_changes() -> None:
    declaration = read(DATA / "changes" / "plan.json")
    assert {resource.name: resource.action for resource in declaration.after} == {
        "changed": "update",
        "created": "create",
        "kept": "no-op",
        "left_alone": "no-op",
        "new_name": "no-op",
        "replaced": "replace",
    }
    before = {resource.name: resource.attributes.text("input") for resource in declaration.before}
    assert before == {
        "changed": "old",
        "deleted": "gone",
        "kept": "same",
        "left_alone": "forgotten",
        "new_name": "moved",
        "replaced": "r",
    }
    assert declaration.warnings == (
        "terraform_data.left_alone is only removed from the state: it goes on to exist and to cost",
    )


def test_without_a_prior_state_the_changes_tell_what_was_before(read_plan: ReadPlan) -> None:
    gone = resource("aws_eip.old", actions=("delete",))
    gone["change"]["change"]["before"] = {"domain": "vpc"}
    deletion = plan(gone)
    deletion["planned_values"] = {"root_module": {}}
    declaration = read_plan(deletion)
    assert [resource.address for resource in declaration.after] == []
    assert [resource.address for resource in declaration.before] == ["aws_eip.old"]


def test_deposed_objects_are_left_out(read_plan: ReadPlan) -> None:
    replaced = plan(resource("aws_eip.a", actions=("no-op",)))
    deposed = {**replaced["resource_changes"][0], "deposed": "abcd1234", "change": {"actions": ["delete"]}}
    replaced["resource_changes"].append(deposed)
    (found,) = read_plan(replaced).after
    assert found.action == "no-op"


def test_deferred_resources_are_named(read_plan: ReadPlan) -> None:
    deferred = plan(deferred_changes=[{"reason": "unknown", "resource_change": {"address": "aws_eip.later"}}])
    assert read_plan(deferred).warnings == ("aws_eip.later is deferred to a later plan: it is not priced",)


def test_a_real_plan_of_modules_and_repetition_tells_who_refers_to_whom() -> None:
    declaration = read(DATA / "repeated" / "plan.json")
    references = {resource.address: dict(resource.references) for resource in declaration.after}
    disk = 'module.store["x"].terraform_data.disk'
    assert references["terraform_data.single"] == {"input": (disk,)}
    assert references["terraform_data.counted[1]"] == {
        "triggers_replace": ('terraform_data.base["a"]', "terraform_data.single")
    }
    assert references["terraform_data.paired[2]"] == {"input": ("terraform_data.counted[2]",)}
    assert references['terraform_data.same_key["b"]'] == {
        "input": ('terraform_data.base["b"]',),
        "triggers_replace": ("terraform_data.counted[0]",),
    }
    assert references["terraform_data.splat"] == {"input": tuple(f"terraform_data.counted[{n}]" for n in range(3))}
    assert references[disk] == {"triggers_replace": ('terraform_data.base["b"]',)}
    assert references['module.store["y"].module.inner[1].terraform_data.deep'] == {
        "input": ('terraform_data.base["b"]',)
    }
    assert "terraform_data.none" not in references


def test_references_stand_at_the_path_of_their_attribute(read_plan: ReadPlan) -> None:
    declared = plan(
        resource("aws_launch_template.lt"),
        resource("aws_ebs_snapshot.s"),
        resource("aws_instance.web"),
        configuration=[
            block("aws_launch_template.lt"),
            block("aws_ebs_snapshot.s"),
            block(
                "aws_instance.web",
                {
                    "launch_template": [{"id": refers_to("aws_launch_template.lt.id", "aws_launch_template.lt")}],
                    "ebs_block_device": [
                        {"volume_size": {"constant_value": 8}},
                        {"snapshot_id": refers_to("aws_ebs_snapshot.s.id", "aws_ebs_snapshot.s")},
                    ],
                },
            ),
        ],
    )
    inventory = read_plan(declared).after
    web = inventory.by_address["aws_instance.web"]
    assert web.references == {
        "launch_template.id": ("aws_launch_template.lt",),
        "ebs_block_device.snapshot_id": ("aws_ebs_snapshot.s",),
    }
    template = inventory.referenced(web, "launch_template", "aws_launch_template")
    assert template is not None
    assert list(inventory.referring(template, "aws_instance")) == [web]


def test_azure_resources_refer_to_what_they_name(read_plan: ReadPlan) -> None:
    declared = plan(
        resource("azurerm_storage_account.logs", {"name": "logs", "location": "West Europe"}),
        resource("azurerm_storage_share.logs", {"name": "share", "storage_account_name": "logs"}),
    )
    share = read_plan(declared).after.by_address["azurerm_storage_share.logs"]
    assert share.references == {"storage_account_name": ("azurerm_storage_account.logs",)}
    assert share.region == "westeurope"


def test_a_value_that_is_not_as_terraform_writes_it_is_an_error(read_plan: ReadPlan) -> None:
    with pytest.raises(InputError, match="not built as Terraform builds them") as error:
        read_plan({**plan(), "resource_changes": [{"change": {"after": "secret"}}]})
    assert "secret" not in str(error.value)


def test_the_plans_of_the_accuracy_cases_can_be_read(shared: Path) -> None:
    plans = sorted(shared.glob("accuracy/*/*/plan.json"))
    assert len(plans) == 318
    found = [resource for path in plans for resource in read(path).after]
    assert len(found) > 3000
    unplaced = {resource.type for resource in found if resource.region is None and resource.cloud in {"aws", "gcp"}}
    assert unplaced == set()


def test_a_thousand_resources_are_read_in_well_under_a_second(read_plan: ReadPlan) -> None:
    names = [f"aws_instance.web{number}" for number in range(1000)]
    values: dict[str, Any] = {f"attribute_{number}": "x" * 20 for number in range(40)}
    declared = plan(
        *(resource(name, values, {"id": True, "root_block_device": [{"id": True}]}) for name in names),
        configuration=[
            block(name, {"subnet_id": refers_to("aws_instance.web0.id", "aws_instance.web0")}) for name in names
        ],
    )
    started = time.perf_counter()
    declaration = read_plan(declared)
    assert time.perf_counter() - started < 1
    assert len(declaration.after) == 1000
    assert declaration.after.resources[0].attributes.get("root_block_device") == [{"id": UNKNOWN_OR_UNSET}]


@pytest.mark.parametrize("field", ["address", "type", "name"])
def test_a_plan_that_is_not_built_as_terraform_builds_them_is_refused(read_plan: ReadPlan, field: str) -> None:
    broken = plan(resource("aws_eip.a"))
    broken["planned_values"]["root_module"]["resources"][0][field] = [None]
    with pytest.raises(InputError, match=r"plan\.json: this plan is not built as Terraform builds them"):
        read_plan(broken)
