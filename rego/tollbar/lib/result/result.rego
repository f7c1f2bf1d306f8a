# METADATA
# description: Builds what rules find. A rule says what is wrong with what; all else comes from its METADATA and mode.
package tollbar.lib.result

import data.tollbar.lib.approvers
import data.tollbar.lib.exemptions
import data.tollbar.lib.money
import data.tollbar.params

# METADATA
# description: The severities of findings, the gravest first.
rank := {"error": 0, "approval": 1, "warning": 2, "info": 3}

# METADATA
# description: |
#   One finding.
#
#   - chain: rego.metadata.chain() of the rule.
#   - subject: what is wrong, a resource, input.deployment, or anything with a name.
#   - facts: limit and actual, a cheaper alternative, a severity other than the rule's, the amount to be approved where
#     it is not the total (approval_amount), where there are such.
#   - texts: what to put for the {placeholders} in message and remediation of the METADATA.
finding(chain, subject, facts, texts) := built if some built in findings(chain, [[subject, facts, texts]])

# METADATA
# description: |
#   All findings of a rule, a list of [subject, facts, texts]. For rules that judge each resource: OPA remembers every
#   call of a function, and takes longer for it than for the finding. Where the METADATA lack something, what comes
#   out is no finding, which the decision refuses: nothing at all would let the change pass.
findings(chain, found) := _plain(about, found) if {
	about := _about(chain)
	not about.can_be_exempt
	not _is_any_special(found)
} else := built if {
	built := _special(_about(chain), found)
} else := {{"incomplete": "METADATA"}}

# Whether more is to be found out of any of them than what all have in common.
_is_any_special(found) if {
	some [_, facts, _] in found
	some field in ["alternative", "approval_amount", "severity"]
	facts[field]
}

_is_any_special(found) if {
	some [subject, _, _] in found
	not subject.address
}

# Most findings: in a third of the time.
_plain(about, found) := {object.union_n([
	about.finding,
	facts,
	{"_loc": location | location := subject.location},
	{
		"resource": subject.address,
		"severity": state.severity,
		"msg": concat("", [about.tag, subject.address, " ", strings.replace_n(texts, about.message)]),
		"remediation": concat("", [strings.replace_n(texts, about.advice), state.way_out]),
	},
]) |
	state := _state(about.severity, "the total", about.means)
	some [subject, facts, texts] in found
}

_special(about, found) := {object.union_n([
	about.finding,
	facts,
	{"resource": address | address := subject.address},
	{"_loc": location | location := subject.location},
	exemption,
	{
		"severity": state.severity,
		"msg": concat("", [about.tag, label, " ", strings.replace_n(texts, about.message)]),
		"remediation": concat("", [strings.replace_n(texts, about.advice), cheaper, way_out]),
	},
]) |
	some [subject, facts, texts] in found
	state := _state(
		object.get(facts, "severity", about.severity),
		object.get(facts, "approval_amount", "the total"),
		about.means,
	)
	label := object.get(subject, "address", object.get(subject, "name", "it"))
	cheaper := concat("", [_cheaper(machine) | machine := facts.alternative])

	# Nothing is looked for where nothing can exempt.
	exemption := {"exemption": by | about.can_be_exempt; by := _exemption(about, subject)}
	way_out := {true: state.way_out, false: ""}[exemption == {}]
}

_exemption(about, subject) := by if {
	by := exemptions.by_tag(subject.tags, about.exempt_tag)
} else := by if {
	by := exemptions.by_label(about.exempt_labels)
} else := exemptions.by_setting(about.finding, subject)

# How grave findings are and what else will do, for all that ask for one severity and amount.
_state(wanted, amount, means) := {
	"severity": _severity(wanted, amount),
	"way_out": _way_out(wanted, amount, means),
}

# What a cheaper machine type would save, in words.
_cheaper(machine) := sprintf(" %s keeps %s%s and costs %s less.", [
	machine.instance_type,
	_size(machine),
	_gpus(machine),
	money.usd(machine.saving),
])

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
	"tag": sprintf("[%s] ", [annotations.custom.code]),
	"message": annotations.custom.message,
	"advice": annotations.custom.remediation,
	"means": concat(" or ", array.concat(
		[sprintf("the tag %s", [tag]) | is_string(tag)],
		[sprintf("the label %s", [label]) | some label in labels],
	)),
	"exempt_tag": tag,
	"exempt_labels": labels,
	"can_be_exempt": _can_be_exempt(tag, labels, named),
} if {
	path := chain[0].path
	name := path[count(path) - 2]
	tag := _of(name, "exempt_tag", null)
	labels := _of(name, "exempt_labels", [])
	[annotations] := [link.annotations | some link in chain; link.annotations.scope == "package"]
	named := exemptions.of_rule({"code": annotations.custom.code, "rule": name})
}

default _can_be_exempt(_, _, _) := false

_can_be_exempt(tag, _, _) if is_string(tag)

_can_be_exempt(_, labels, _) if some _ in labels

_can_be_exempt(_, _, named) if some _ in named

# References with the rule's name in them, so that nothing is worked out of other rules.
_severity_of(name) := params.severity[name] if {
	params.rules[name]
} else := "error"

_of(name, param, otherwise) := object.get(rule, param, otherwise) if {
	rule := params.rules[name]
} else := otherwise

# An approval that nobody may give is a denial. The amount is an argument so that OPA remembers the answer for all
# findings of which the total is judged.
_severity(wanted, amount) := "error" if {
	wanted == "approval"
	approvers.nobody(_dollars(amount))
} else := wanted

# What else than a change of what was found will do; empty where nothing will.
_way_out(wanted, amount, means) := sprintf(" %s", [reason]) if {
	wanted == "approval"
	reason := approvers.nobody(_dollars(amount))
} else := sprintf(" Or have it approved%s and set %s.", [_by(wanted, amount), means]) if {
	means != ""
} else := ""

default _by(_, _) := ""

_by("approval", amount) := sprintf(" by %s", [concat(" or ", roles)]) if {
	roles := approvers.roles(_dollars(amount))
	count(roles) > 0
}

_dollars("the total") := input.totals.monthly_cost

_dollars(amount) := amount if is_number(amount)
