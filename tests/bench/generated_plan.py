"""A plan of any size, made of what real plans are made of: a third priced, the rest plumbing and small things."""

from __future__ import annotations

from typing import Any

_AFTER: tuple[tuple[str, dict[str, Any]], ...] = (
    ("aws_instance", {"instance_type": "m5.large", "root_block_device": [{"volume_type": "gp3", "volume_size": 50}]}),
    ("aws_instance", {"instance_type": "t3.medium", "monitoring": True}),
    ("aws_ebs_volume", {"type": "gp3", "size": 200, "iops": 6000, "availability_zone": "us-east-1a"}),
    ("aws_db_instance", {"engine": "postgres", "instance_class": "db.m5.large", "allocated_storage": 100}),
    ("aws_lambda_function", {"function_name": "f", "memory_size": 512, "runtime": "python3.13"}),
    ("aws_s3_bucket", {"bucket": "b"}),
    ("aws_sqs_queue", {"name": "q"}),
    ("aws_cloudwatch_log_group", {"name": "g", "retention_in_days": 30}),
    ("aws_security_group", {"name": "sg"}),
    ("aws_iam_role", {"name": "r", "assume_role_policy": "{}"}),
)


def plan_with(count: int) -> dict[str, Any]:
    """Return a ``terraform show -json`` document that creates ``count`` resources."""
    resources = [_resource(i) for i in range(count)]
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.8",
        "planned_values": {"root_module": {"resources": [_planned(r) for r in resources]}},
        "resource_changes": [
            {
                **{key: r[key] for key in ("address", "mode", "type", "name", "index", "provider_name")},
                "change": {"actions": ["create"], "before": None, "after": r["values"], "after_unknown": {"id": True}},
            }
            for r in resources
        ],
        "configuration": {
            "provider_config": {
                "aws": {"name": "aws", "expressions": {"region": {"constant_value": "us-east-1"}}},
            },
            "root_module": {
                "resources": [
                    {
                        "address": f"{type_name}.r{i}",
                        "mode": "managed",
                        "type": type_name,
                        "name": f"r{i}",
                        "provider_config_key": "aws",
                        "expressions": {},
                    }
                    for i, (type_name, _) in enumerate(_AFTER)
                ]
            },
        },
    }


def _resource(i: int) -> dict[str, Any]:
    kind = i % len(_AFTER)
    type_name, values = _AFTER[kind]
    index = i // len(_AFTER)
    tags = {"environment": ("dev", "staging", "prod")[i % 3]} | ({"cost_center": f"cc-{i % 7}"} if i % 4 else {})
    return {
        "address": f"{type_name}.r{kind}[{index}]",
        "mode": "managed",
        "type": type_name,
        "name": f"r{kind}",
        "index": index,
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "values": {**values, "tags": tags, "tags_all": tags},
    }


def _planned(resource: dict[str, Any]) -> dict[str, Any]:
    return {**resource, "schema_version": 1}
