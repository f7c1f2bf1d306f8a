# METADATA
# description: |
#   What takes a finding out of the verdict: a tag, or an exemption in the settings. It stays visible.
package tollbar.lib.exemptions

import data.tollbar.lib.clock
import data.tollbar.lib.globs
import data.tollbar.lib.settings

# METADATA
# description: How a resource or deployment is exempt by one of its tags, if it is.
by_tag(tags, tag) := {"by": "tag", "tag": tag} if {
	value := lower(trim_space(tags[tag]))
	not value in {"", "false"}
}

# METADATA
# description: |
#   How a resource, or the deployment where the subject has no address, is exempt from a rule by the settings, if it is.
#   Of several exemptions that cover it, the first.
by_setting(rule, subject) := object.union(
	{"by": "exemption"},
	object.filter(_in_force[min(found)], ["id", "reason", "approver", "ticket", "expires"]),
) if {
	found := _numbers(rule, subject)
	count(found) > 0
}

_numbers(rule, subject) := {number |
	some number in covering(subject)
	exemption := _in_force[number]
	names(exemption, rule)
	_within_cap(exemption, subject)
}

# METADATA
# description: All exemptions that the settings hold, whether in force or not.
given := object.get(settings.valid, "exemptions", [])

# METADATA
# description: |
#   The numbers of the exemptions in force that have the address of a resource, or none where the subject has none.
# scope: document
covering(subject) := object.get(_exact, subject.address, set()) | _matching(subject.address)

covering(subject) := {number | some number, exemption in _in_force; not exemption.address} if not subject.address

# METADATA
# description: Whether an exemption names a rule, by its code or name.
names(exemption, rule) if {
	some name in exemption.rules
	name in {rule.code, rule.rule}
}

# METADATA
# description: Whether the last day of an exemption, which still counts, is over.
expired(exemption) if clock.days_since(exemption.expires) > 0

# METADATA
# description: What a resource costs a month, or the whole deployment where the subject has no address.
monthly_cost(subject) := subject.monthly_cost if {
	subject.address
} else := input.totals.monthly_cost if {
	not subject.address
}

_in_force[number] := exemption if {
	some number, exemption in given
	not expired(exemption)
	clock.reached(object.get(exemption, "starts", "2000-01-01"))
}

# Exact addresses are looked up; only patterns are tried one by one.
_exact[exemption.address] contains number if {
	some number, exemption in _in_force
	not number in _patterns
}

_patterns contains number if {
	some number, exemption in _in_force
	regex.match(`[*?]`, exemption.address)
}

_matching(address) := {number | some number in _patterns; globs.matches(_in_force[number].address, address)}

_within_cap(exemption, _) if not exemption.max_monthly_cost

# What is not known may be more.
_within_cap(exemption, subject) if monthly_cost(subject) <= exemption.max_monthly_cost
