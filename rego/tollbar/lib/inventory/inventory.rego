# METADATA
# description: |
#   What the resources of an estimate are, each different thing once. Resources are many and alike: what is asked of
#   each kind, set of tags or bill is asked far less often than of each resource. Those to be deleted are among them.
#   For inputs whose resources are objects; no more has to be known of them.
package tollbar.lib.inventory

# METADATA
# description: |
#   The resources without their parts: type, environment, action and all else that many have in common. Each different
#   one once.
# scope: document
kinds contains object.remove(resource, apart) if {
	apart := object.keys(parts)
	some resource in input.resources
}

# METADATA
# description: |
#   By field: its different values. Names and figures of its own, those of hardly two resources, are an example of each
#   type that they have; null where a name is missing.
# scope: document
parts := object.union_n([
	{"breakdown": [breakdown | some [breakdown, _] in _breakdowns]},
	{part: [value | some value in values] |
		some part in ["location", "tags"]
		values := {value | value := input.resources[_][part]}
	},
	{part: [json.unmarshal(text) | some text in texts] |
		some part in ["cost_estimate", "costs", "traits"]
		texts := {json.marshal(value) | value := input.resources[_][part]}
	},
	{part: [_examples[type] | some type in types] |
		some part in ["monthly_cost", "previous_effective_cost", "previous_monthly_cost"]
		types := {type_name(value) | value := input.resources[_][part]}
	},
	{part: [_examples[type] | some type in types] |
		some part in ["address", "name"]
		types := {type_name(object.get(resource, part, null)) | some resource in input.resources}
	},
])

# Figures are compared as text, since of a set with numbers OPA looks among those of the same whole part one by one. Of
# a breakdown, the quantities are enough to tell it from others.
_breakdowns contains [breakdown, json.marshal([quantity | quantity := breakdown[_].quantity])] if {
	breakdown := input.resources[_].breakdown
}

_examples := {"array": [], "boolean": true, "null": null, "number": 0, "object": {}, "string": ""}

# METADATA
# description: The fields that any resource has.
# scope: document
fields := union({object.keys(kind) | some kind in kinds}) | {part | some part, values in parts; count(values) > 0}

# METADATA
# description: The traits that any resource has.
# scope: document
traits := union({object.keys(part) | some part in parts.traits})
