package tollbar.rules.infrastructure.unwanted_instance_type_test

import data.tollbar.rules.infrastructure.unwanted_instance_type as rule
import data.tollbar.testing

test_finding if {
	found := rule.findings with input as testing.estimate([testing.resource({"instance_type": "m5.4xlarge"})])
	found == {{
		"code": "TB105",
		"rule": "unwanted_instance_type",
		"title": "No instance type is used where it is unwanted",
		"severity": "warning",
		"msg": "[TB105] aws_instance.web uses m5.4xlarge, which is unwanted in dev (*.4xlarge).",
		"resource": "aws_instance.web",
		"actual": "m5.4xlarge",
		"remediation": "Choose a smaller instance type.",
		"docs": "docs/rules/TB105.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

# One estimate with all of them is faster than one each.
test_default_types[cloud] if {
	some cloud, types in {
		"aws": {
			"m5.large": false,
			"m5.xlarge": false,
			"m5.2xlarge": false,
			"m5.4xlarge": true,
			"z1d.6xlarge": true,
			"m5.8xlarge": true,
			"c5.9xlarge": true,
			"m5.12xlarge": true,
			"m5.16xlarge": true,
			"m5.24xlarge": true,
			"u7i-12tb.112xlarge": true,
			"c7g.metal": true,
			"m7i.metal-24xl": true,
			"db.r5.2xlarge": false,
			"db.m5.xlarge": false,
			"cache.m5.xlarge": false,
			"u7i-8tb.224xlarge": true,
			"db.r5.4xlarge": true,
			"cache.r6g.16xlarge": true,
			"m5.4xlarge.search": false,
		},
		"gcp": {
			"e2-standard-8": false,
			"e2-standard-32": true,
			"e2-medium": false,
			"n2-highmem-128": true,
			"n2-custom-8-32768": false,
			"n2-custom-16-65536": true,
			"custom-96-360000": true,
			"c3-standard-4-lssd": false,
			"c3-standard-22-lssd": true,
			"c3-highcpu-192-metal": true,
			"z3-highmem-22-standardlssd": true,
			"m1-ultramem-40": true,
			"f1-micro": false,
			"db-n1-standard-4": false,
			"db-n1-standard-16": true,
			"db-custom-2-7680": false,
			"db-custom-16-61440": true,
		},
		"azure": {
			"Standard_B2ms": false,
			"Standard_D3_v2": false,
			"Standard_D8s_v5": false,
			"Standard_D5_v2": true,
			"Standard_DS5_v2": true,
			"Standard_DS14_v2": true,
			"Standard_D15_v2": true,
			"Standard_D16s_v5": true,
			"Standard_E20s_v5": true,
			"Standard_NC8as_T4_v3": false,
			"Standard_NC24ads_A100_v4": true,
			"Standard_NG8ads_V620_v1": false,
			"Standard_HB120rs_v3": true,
			"Standard_M416ms_v2": true,
			"GP_Standard_D4ds_v4": false,
			"GP_Standard_D32ds_v4": true,
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource({"instance_type": type}) |
		some type, _ in types
	])
	{finding.actual | some finding in found} == {type | some type, unwanted in types; unwanted}
}

test_where[name] if {
	some name, case in {
		"another environment": {"resource": {"environment": "prod"}, "params": {}, "actual": set()},
		"another environment, as set": {
			"resource": {"environment": "prod"},
			"params": {"types": {"prod": ["x1.*", "m5.*"]}},
			"actual": {"m5.4xlarge"},
		},
		"a list replaces the default": {
			"resource": {},
			"params": {"types": {"dev": ["x1.*"]}},
			"actual": set(),
		},
		"deleted": {"resource": {"action": "delete"}, "params": {}, "actual": set()},
	}
	resource := testing.resource(object.union({"instance_type": "m5.4xlarge"}, case.resource))
	found := rule.findings with input as testing.estimate([resource])
		with data.tollbar_settings as testing.settings("unwanted_instance_type", case.params)
	{finding.actual | some finding in found} == case.actual
}

test_several_patterns_one_finding if {
	found := rule.findings with input as testing.estimate([testing.resource({"instance_type": "m5.4xlarge"})])
		with data.tollbar_settings as testing.settings("unwanted_instance_type", {"types": {"dev": ["m5.*", "*.4xlarge"]}})
	testing.messages(found) == {"[TB105] aws_instance.web uses m5.4xlarge, which is unwanted in dev (*.4xlarge, m5.*)."}
}

test_no_instance_type if {
	found := rule.findings with input as testing.estimate([testing.resource({})])
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.resource({"instance_type": "m5.4xlarge"})])
		with data.tollbar_settings as testing.settings("unwanted_instance_type", case.params)
	testing.severities(found) == case.severities
}
