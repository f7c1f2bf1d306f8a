# METADATA
# description: |
#   What takes a finding out of the verdict: a tag, a label of the pull request, or an exemption in the settings. It
#   stays visible.
package tollbar.lib.exemptions

import data.tollbar.lib.clock
import data.tollbar.lib.globs
import data.tollbar.lib.settings

# METADATA
# description: How a resource or deployment is exempt by one of its tags, if it is.
by_tag(tags, tag) := {"by": "tag", "tag": tag} if {
	value := lower(trim_space(tags[tag]))
	not value in _refusals
}

# What says that it was not, or not yet, approved. YAML reads no and off as false, Terraform leaves them as they are.
_refusals := {"", "0", "false", "n", "no", "none", "off", "pending", "rejected"}

# METADATA
# description: How a change is exempt by a label of its pull request, if it is. Of several labels, the first.
by_label(labels) := {
	"by": "label",
	# Of none, the first is undefined.
	"label": min({label | some label in input.deployment.labels; label in labels}),
}

# METADATA
# description: |
#   How a resource, or the deployment where the subject has no address, is exempt from a rule by the settings, if it is.
#   Of several exemptions that cover it, the first.
by_setting(rule, subject) := object.union(
	{"by": "exemption"},
	object.filter(in_force[min(_numbers(rule, subject))], ["id", "reason", "approver", "ticket", "expires"]),
)

_numbers(rule, subject) := {number |
	some number in covering(subject)
	exemption := in_force[number]
	names(exemption, rule)
	within_cap(exemption, subject)
}

# METADATA
# description: All exemptions that the settings hold, whether in force or not.
given := object.get(settings.valid, "exemptions", [])

# METADATA
# description: The exemptions that name a rule, in force or not.
of_rule(rule) := [exemption | some exemption in given; names(exemption, rule)]

# METADATA
# description: |
#   The numbers of the exemptions in force that have the address of a resource, or none where the subject has none.
# scope: document
covering(subject) := object.get(_exact, subject.address, set()) | _matching(subject.address)

covering(subject) := {number | some number, exemption in in_force; not exemption.address} if not subject.address

# METADATA
# description: Whether an exemption covers the deployment, or any of its resources.
# scope: document
covers_any(exemption) if not exemption.address

covers_any(exemption) if exemption.address in _addresses

covers_any(exemption) if {
	regex.match(`[*?]`, exemption.address)
	pattern := globs.escaped(exemption.address)
	some address in _addresses
	globs.matches(pattern, address)
}

_addresses contains resource.address if some resource in input.resources

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

# METADATA
# description: The exemptions that have begun and not expired, by their number.
# scope: document
in_force[number] := exemption if {
	some number, exemption in given
	not expired(exemption)
	clock.reached(object.get(exemption, "starts", "2000-01-01"))
}

# Exact addresses are looked up; only patterns are tried one by one.
_exact[exemption.address] contains number if {
	some number, exemption in in_force
	not _patterns[number]
}

# In an address, brackets are those of count and for_each: only * and ? are special.
_patterns[number] := globs.escaped(exemption.address) if {
	some number, exemption in in_force
	regex.match(`[*?]`, exemption.address)
}

_matching(address) := {number | some number, pattern in _patterns; globs.matches(pattern, address)}

# METADATA
# description: Whether a resource, or the deployment, costs no more than an exemption lets through.
# scope: document
within_cap(exemption, _) if not exemption.max_monthly_cost

# What is not known may be more.
within_cap(exemption, subject) if monthly_cost(subject) <= exemption.max_monthly_cost
