# METADATA
# description: |
#   What tests are made of. The file's name keeps it out of the bundle, which leaves out *_test.rego.
package tollbar.testing

# METADATA
# description: "The time in all estimates below: a rule enforced from 2026-11-21 is, one from the day after is not."
now := "2026-11-21T10:00:00Z"

# METADATA
# description: A resource in dev without a cost, with what is given merged over it.
resource(given) := object.union(
	{
		"name": "web",
		"address": "aws_instance.web",
		"type": "aws_instance",
		"cloud": "aws",
		"category": "compute",
		"environment": "dev",
		"action": "create",
		"location": {"file": "main.tf", "line": 3},
	},
	given,
)

# METADATA
# description: A resource whose cost is a range.
range_of(low, expected, high) := {
	"monthly_cost": expected,
	"cost_estimate": {
		"min": low,
		"expected": expected,
		"p90": high,
		"max": high,
		"basis": "usage",
		"confidence": "medium",
	},
}

# METADATA
# description: A line of what has no price.
unpriced(reason, detail) := {"unpriced": [{"reason": reason, "detail": detail}]}

# METADATA
# description: A valid estimate of some resources.
estimate(resources) := estimate_with(resources, {})

# METADATA
# description: A valid estimate of some resources, with what is given merged over it.
estimate_with(resources, given) := object.union(
	{
		"schema_version": "1.0",
		"currency": "USD",
		"meta": {
			"now": now,
			"tollbar": "0.1.0",
			"source": {"kind": "terraform", "path": "infra"},
			"prices": {"snapshot": "2026-11-01", "as_of": "2026-11-01"},
			"assumptions": true,
		},
		"deployment": {"name": "payments", "environment": "dev"},
		"resources": resources,
		"totals": {
			"monthly_cost": _total(resources),
			"min": _total(resources),
			"p90": _total(resources),
			"max": _total(resources),
		},
		"coverage": {"priced": count(resources), "free": 0, "unpriced": 0},
	},
	given,
)

_total(resources) := sum([resource.monthly_cost | some resource in resources; is_number(resource.monthly_cost)])

# METADATA
# description: Settings of one rule.
settings(rule, params) := {"rules": {rule: params}}

# METADATA
# description: The messages of some findings.
messages(findings) := {finding.msg | some finding in findings}

# METADATA
# description: The severities of some findings.
severities(findings) := {finding.severity | some finding in findings}

# METADATA
# description: Every mode, and how grave the findings of a rule are in it.
modes := {
	"off": {"params": {"mode": "off"}, "severities": set()},
	"off, as YAML 1.1 reads it": {"params": {"mode": false}, "severities": set()},
	"advisory": {"params": {"mode": "advisory"}, "severities": {"info"}},
	"warn": {"params": {"mode": "warn"}, "severities": {"warning"}},
	"approve": {"params": {"mode": "approve"}, "severities": {"approval"}},
	"enforce": {"params": {"mode": "enforce"}, "severities": {"error"}},
	"warn, the day before it is enforced": {
		"params": {"mode": "warn", "enforce_from": "2026-11-22"},
		"severities": {"warning"},
	},
	"warn, from the day it is enforced": {
		"params": {"mode": "warn", "enforce_from": "2026-11-21"},
		"severities": {"error"},
	},
	"enforce, the day before": {
		"params": {"mode": "enforce", "enforce_from": "2026-11-22"},
		"severities": {"warning"},
	},
	"advisory, the day before it is enforced": {
		"params": {"mode": "advisory", "enforce_from": "2026-11-22"},
		"severities": {"info"},
	},
	"off, whatever the day": {
		"params": {"mode": "off", "enforce_from": "2026-11-21"},
		"severities": set(),
	},
}
