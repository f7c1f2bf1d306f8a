# METADATA
# description: Builds what rules find. A rule says what is wrong with what; all else comes from its METADATA and mode.
package tollbar.lib.result

import data.tollbar.lib.approvers
import data.tollbar.lib.exemptions
import data.tollbar.lib.money
import data.tollbar.params

# METADATA
# description: |
#   One finding.
#
#   - chain: rego.metadata.chain() of the rule.
#   - subject: what is wrong, a resource, input.deployment, or anything with a name.
#   - facts: limit and actual, a cheaper alternative, a severity other than the rule's, the amount to be approved where
#     it is not the total (approval_amount), where there are such.
#   - texts: what to put for the {placeholders} in message and remediation of the METADATA.
finding(chain, subject, facts, texts) := object.union_n([about.finding, facts, severity, where, exemption, {
	"msg": sprintf("[%s] %s %s", [about.finding.code, label, strings.replace_n(texts, about.message)]),
	"remediation": concat("", [strings.replace_n(texts, about.advice), _cheaper(facts), way_out]),
}]) if {
	about := _about(chain)
	label := object.get(subject, "address", object.get(subject, "name", "it"))
	where := {field: subject[key] | some field, key in {"resource": "address", "_loc": "location"}}
	wanted := object.get(facts, "severity", about.severity)
	severity := {"severity": _severity(wanted, facts)}
	exemption := {"exemption": by | some by in _exemption(about, subject)}
	way_out := {true: "", false: _way_out(wanted, facts, about.means)}[count(exemption) > 0]
}

# At most one.
_exemption(about, subject) := {by} if {
	by := exemptions.by_tag(subject.tags, about.exempt_tag)
} else := {by} if {
	by := exemptions.by_label(about.exempt_labels)
} else := {by | by := exemptions.by_setting(about.finding, subject)}

# What a cheaper machine type would save, in words.
_cheaper(facts) := sprintf(" %s keeps %s%s and costs %s less.", [
	facts.alternative.instance_type,
	_size(facts.alternative),
	_gpus(facts.alternative),
	money.usd(facts.alternative.saving),
])

_cheaper(facts) := "" if not facts.alternative

_size(machine) := sprintf("%s vCPU and %s GiB", [_number(machine.vcpus), _number(machine.memory_gib)])

_gpus(machine) := sprintf(" and %s x %s", [_number(machine.gpus), machine.gpu])

_gpus(machine) := "" if not machine.gpu

_number(number) := trim_suffix(sprintf("%v", [number]), ".0")

# What all findings of a rule have in common. OPA remembers it: it is made once per rule, not once per finding.
# A rule without parameters cannot be switched off.
_about(chain) := {
	"finding": {
		"code": annotations.custom.code,
		"rule": name,
		"title": annotations.title,
		"docs": sprintf("docs/rules/%s.md", [annotations.custom.code]),
	},
	"severity": _severity_of(name),
	"message": annotations.custom.message,
	"advice": annotations.custom.remediation,
	"means": concat(" or ", array.concat(
		[sprintf("the tag %s", [tag]) | is_string(tag)],
		[sprintf("the label %s", [label]) | some label in labels],
	)),
	"exempt_tag": tag,
	"exempt_labels": labels,
} if {
	path := chain[0].path
	name := path[count(path) - 2]
	tag := _of(name, "exempt_tag", null)
	labels := _of(name, "exempt_labels", [])
	[annotations] := [link.annotations | some link in chain; link.annotations.scope == "package"]
}

# References with the rule's name in them, so that nothing is worked out of other rules.
_severity_of(name) := params.severity[name] if {
	params.rules[name]
} else := "error"

_of(name, param, otherwise) := object.get(rule, param, otherwise) if {
	rule := params.rules[name]
} else := otherwise

# An approval that nobody may give is a denial.
_severity(wanted, facts) := "error" if {
	wanted == "approval"
	approvers.nobody(_approval_amount(facts))
} else := wanted

# What else than a change of what was found will do; empty where nothing will.
_way_out(wanted, facts, means) := sprintf(" %s", [reason]) if {
	wanted == "approval"
	reason := approvers.nobody(_approval_amount(facts))
} else := sprintf(" Or have it approved%s and set %s.", [_by(wanted, facts), means]) if {
	means != ""
} else := ""

default _by(_, _) := ""

_by("approval", facts) := sprintf(" by %s", [concat(" or ", roles)]) if {
	roles := approvers.roles(_approval_amount(facts))
	count(roles) > 0
}

_approval_amount(facts) := facts.approval_amount

_approval_amount(facts) := input.totals.monthly_cost if not facts.approval_amount
