# METADATA
# description: |
#   The parameters in force, the user's merged over the defaults. What is asked of one rule is worked out for that
#   rule alone.
package tollbar.params

import data.tollbar.lib.clock
import data.tollbar.lib.settings

# METADATA
# description: The parameters of every rule that has any. Objects merge; lists, numbers and null replace.
# scope: document
rules[name] := object.union_n([defaults[name], _mode_of_all, object.get(settings.valid, ["rules", name], {})]) if {
	some name
	_ = defaults[name]
}

# METADATA
# description: The parameters that rules ship with. They stand in the data.json beside each rule.
# scope: document
defaults[name] := object.union({"mode": mode}, {param: schema["default"] | some param, schema in params}) if {
	some group, name
	mode := data.tollbar.rules[group][name].mode
	params := data.tollbar.rules[group][name].params
}

# METADATA
# description: The parameters of the rules that are not off.
# scope: document
active[name] := rules[name] if {
	some name
	severity[name] != "off"
}

# METADATA
# description: "How grave the findings of each rule are: error, approval, warning or info; off if there are to be none."
# scope: document
severity[name] := severities[_mode(rules[name])] if {
	some name
	_ = rules[name]
}

# METADATA
# description: Who may approve how much a month.
approvers := object.get(settings.valid, "approvers", [])

# METADATA
# description: How grave the findings of a mode are. YAML 1.1 reads a bare off as false.
severities := {
	"enforce": "error",
	"approve": "approval",
	"warn": "warning",
	"advisory": "info",
	"off": "off",
	false: "off",
}

_mode_of_all := object.filter(settings.valid, ["mode"])

# With enforce_from, a rule is enforced from that day on and only warns before it. Off stays off.
_mode(params) := "enforce" if {
	not params.mode in {"off", false}
	clock.reached(params.enforce_from)
} else := "warn" if {
	params.mode == "enforce"
	params.enforce_from
} else := params.mode
