# METADATA
# title: No exemption is without effect
# description: |
#   An exemption counts to the end of its last day; what it covered is judged again from the day after. One that has
#   expired, covers no resource of the deployment, or names a rule that there is none, exempts nothing: it is left over,
#   or misspelt.
# custom:
#   code: TB206
#   category: governance
#   default_mode: warn
#   message: "{problem}."
#   remediation: "{advice}"
#   params: [mode, enforce_from, unused]
#   since: 0.2.0
package tollbar.rules.governance.exemption_expired

import data.tollbar.lib.exemptions
import data.tollbar.lib.result
import data.tollbar.lib.spelling
import data.tollbar.params

# METADATA
# description: One finding per exemption and what is wrong with it.
# scope: document
findings contains result.finding(rego.metadata.chain(), {"name": exemption.id}, {}, {
	"{problem}": problem.text,
	"{advice}": problem.advice,
}) if {
	params.active.exemption_expired
	some exemption in exemptions.given
	some problem in _problems(exemption)
}

_problems(exemption) := {{
	"text": sprintf("expired on %s and exempts %s no more", [exemption.expires, concat(", ", exemption.rules)]),
	"advice": "Remove it, or have it approved again with a later day.",
}} if {
	exemptions.expired(exemption)
} else := _unused(exemption) | _unknown(exemption)

_unused(exemption) := {{
	"text": sprintf("covers nothing: no resource has the address %s", [exemption.address]),
	"advice": "Correct its address, or remove it. If other deployments need it, set exemption_expired.unused to false.",
} |
	params.active.exemption_expired.unused
	not exemptions.covers_any(exemption)
}

_unknown(exemption) := {{
	"text": sprintf("names the rule %s, which is not known%s", [rule, spelling.hint(rule, _names)]),
	"advice": "Correct the name; a rule's code will do as well.",
} |
	some rule in exemption.rules
	not rule in _names
	not regex.match(`^TB\d{3}$`, rule)
}

_names := object.keys(params.defaults)
