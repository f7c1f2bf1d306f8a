# METADATA
# description: What rules on language models ask of their calls.
package tollbar.lib.llm

import data.tollbar.lib.globs
import data.tollbar.lib.money
import data.tollbar.lib.resources

# METADATA
# description: The resources present that call a language model.
calls := resources.with_field("llm")

# METADATA
# description: |
#   Whether a pattern matches a model by its name: as it is written, without its provider (openai/, anthropic.), or
#   without the date of its snapshot as well. gpt-4 matches gpt-4-0613, but not gpt-4o.
model_matches(pattern, model) if {
	some name in _names(model)
	globs.matches(lower(pattern), name)
}

# METADATA
# description: Whether any of the patterns matches a model.
any_model_matches(patterns, model) if {
	some pattern in patterns
	model_matches(pattern, model)
}

# METADATA
# description: The task of a call, "" where it tells none.
task(call) := object.get(call, "task_type", "")

# METADATA
# description: Whether a pattern matches a task, however it is spelt. "any" and * match a call without a task, too.
# scope: document
task_matches("any", _)

task_matches(pattern, name) if globs.matches(_spelt(pattern), _spelt(name))

# METADATA
# description: The cases of a rule that are not off. YAML 1.1 reads a bare off as false.
cases_on(cases) := [case | some case in cases; not object.get(case, "mode", "") in {"off", false}]

# METADATA
# description: How grave the findings of a case are that has a mode of its own, as a fact of a finding.
severity(case) := {"severity": _severities[case.mode]} if {
	case.mode
} else := {}

# METADATA
# description: The policy that a case comes from, and whom to tell, as facts of a finding.
policy(case) := object.filter(case, ["policy", "alert_channel", "notify"])

# METADATA
# description: The policy that a case comes from, in words.
by_policy(case) := sprintf(" by policy %s", [case.policy]) if {
	case.policy
} else := ""

# METADATA
# description: The cost of a call in USD, in words. One alone may cost less than a cent.
per_call(cost) := sprintf("%s per 1,000 calls", [money.usd(cost * 1000)])

# METADATA
# description: An amount a month, in words.
monthly(amount) := sprintf("%s a month", [money.usd(amount)])

# METADATA
# description: A number without a fraction, as text.
whole(number) := sprintf("%d", [round(number)])

# METADATA
# description: A share from 0 to 1, in per cent.
percent(share) := sprintf("%d%%", [round(share * 100)])

_severities := {"enforce": "error", "warn": "warning", "advisory": "info"}

_spelt(name) := regex.replace(lower(trim_space(name)), `[\s-]+`, "_")

_names(model) := {written, alone, undated} if {
	written := lower(model)
	named := regex.replace(written, `^.*/`, "")
	alone := regex.replace(named, `^([a-z0-9-]+\.)?(anthropic|cohere|meta|mistral|amazon)\.`, "")
	undated := regex.replace(alone, `([-@](\d{4}-\d{2}-\d{2}|\d{8}|\d{4}|latest))?(-v\d+(:\d+)?)?$`, "")
}
