# METADATA
# title: Tollbar
# description: |
#   Decides whether a priced change may pass. The input is an estimate (data.tollbar.schemas.estimate); each rule below
#   tollbar.rules finds what is wrong with it, and this package draws the verdict.
package tollbar

import data.tollbar.lib.approvers
import data.tollbar.lib.result
import data.tollbar.lib.unchanged
import data.tollbar.rules.integrity.input_schema
import data.tollbar.rules.integrity.settings_valid

# METADATA
# title: Decision
# description: |
#   The verdict on the input, with all that was found, the gravest first. Always defined: what is no estimate is denied.
# entrypoint: true
decision := {
	"outcome": _outcome,
	"findings": _sorted(_counting),
	"exempted": _sorted(_exempted),
	"approvers": _approvers,
	"totals": _totals,
	"revision": _revision,
}

# METADATA
# description: The findings that keep the change from passing, as conftest wants them.
# scope: document
deny contains finding if {
	some finding in decision.findings
	finding.severity in {"error", "approval"}
}

# METADATA
# description: The findings that warn, as conftest wants them. Those of advisory rules are only in the decision.
# scope: document
warn contains finding if {
	some finding in decision.findings
	finding.severity == "warning"
}

# Of an input that is no estimate, what other rules find means nothing.
_given contains finding if {
	input_schema.valid
	some group, rule, finding
	data.tollbar.rules[group][rule].findings[finding]
}

_given contains finding if some finding in (input_schema.findings | settings_valid.findings)

# A rule of the user's own may give what is no finding: it would count for nothing, and the change pass.
_complete := [finding |
	some finding in _given
	result.rank[finding.severity]
	is_string(finding.code)
	is_string(finding.msg)
]

_all := _given if {
	count(_complete) == count(_given)
} else := complete | broken if {
	complete := {finding | some finding in _complete}
	broken := {_broken(group, rule) |
		some group, rule, finding
		data.tollbar.rules[group][rule].findings[finding]
		not finding in complete
	}
}

_broken(group, rule) := {
	"code": "TB000",
	"rule": rule,
	"title": "What a rule finds is a finding",
	"severity": "error",
	"msg": sprintf("[TB000] data.tollbar.rules.%s.%s.findings has something in it that is no finding.", [group, rule]),
	"remediation": concat("", [
		"Make findings a set of result.finding(…), with title, custom.code, custom.message and custom.remediation in the ",
		"METADATA of the package, or of objects with code, rule, title, msg and ",
		"a severity: error, approval, warning or info.",
	]),
}

_found := unchanged.capped(_all) if {
	unchanged.is_known
} else := _all

_exempted contains finding if {
	some finding in _found
	finding.exemption
}

# A set less nothing would be a new set, and be sorted anew.
_counting := _found if {
	_exempted == set()
} else := _found - _exempted

# Severities that matter to the verdict; undefined for what is no estimate.
_grave := {finding.severity | some finding in _counting} - {"info"} if input_schema.valid

# Only what is known to be an estimate may pass.
default _outcome := "deny"

_outcome := "allow" if _grave == set()

_outcome := "warn" if _grave == {"warning"}

_outcome := "needs_approval" if {
	"approval" in _grave
	not "error" in _grave
}

default _approvers := []

# Whoever may approve the most that is asked for may approve all of it.
_approvers := approvers.roles(max(amounts)) if {
	_outcome == "needs_approval"
	amounts := {object.get(finding, "approval_amount", input.totals.monthly_cost) |
		some finding in _counting
		finding.severity == "approval"
	}
}

default _totals := {}

_totals := input.totals

# That of the bundle, where the library runs as one.
default _revision := "unknown"

_revision := bundle.manifest.revision if {
	some bundle in data.system.bundles
	some root in bundle.manifest.roots
	root in {"", "tollbar"}
	bundle.manifest.revision != ""
} else := data.tollbar.version.version

_sorted(findings) := [finding |
	rows := sort([[result.rank[finding.severity], finding.code, object.get(finding, "resource", ""), finding] |
		some finding in findings
	])
	finding := rows[_][3]
]
