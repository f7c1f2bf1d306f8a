# METADATA
# description: What of an estimate's resources several rules ask.
package tollbar.lib.resources

import data.tollbar.lib.environments as environments_
import data.tollbar.lib.inventory
import data.tollbar.lib.money

# METADATA
# description: The resources that will exist once the change is made.
present := [resource |
	some resource in input.resources
	not resource.action == "delete"
] if {
	_is_deletion
} else := input.resources

# Nothing is copied where nothing is deleted, as is usual. An action is not required.
_is_deletion if {
	some kind in inventory.kinds
	kind.action == "delete"
}

# METADATA
# description: The resources present that have a field. Where none has it, none is looked at.
with_field(field) := [present[position] | _ = present[position][field]] if {
	field in inventory.fields
} else := []

# METADATA
# description: The resources present of which a trait is known.
with_trait(trait) := [present[position] | _ = present[position].traits[trait]] if {
	trait in inventory.traits
} else := []

# METADATA
# description: The resources present of which a trait has a value.
with_trait_as(trait, value) := [present[position] | present[position].traits[trait] == value] if {
	trait in inventory.traits
} else := []

# METADATA
# description: Where among the resources present those stand of which something has no price.
# scope: document
incomplete contains position if {
	_is_incomplete
	some position
	_ = present[position].unpriced[0]
}

_is_incomplete if inventory.kinds[_].unpriced[0]

# METADATA
# description: |
#   The resources present of each type. A rule for a few types looks at these alone: with many rules, it is looking at
#   every resource in each of them that takes time.
# scope: document
by_type := {type: found | some type in types; found := [resource | some resource in present; resource.type == type]}

# METADATA
# description: The types of the resources present.
# scope: document
types contains kind.type if some kind in _kinds

# METADATA
# description: The environments of the resources present.
# scope: document
environments contains kind.environment if some kind in _kinds

# METADATA
# description: The regions of the resources present.
# scope: document
regions contains kind.region if some kind in _kinds

# METADATA
# description: The machine types of the resources present.
# scope: document
instance_types contains kind.instance_type if some kind in _kinds

_kinds contains kind if {
	some kind in inventory.kinds
	not kind.action == "delete"
}

# METADATA
# description: |
#   What a resource, or the totals, cost a month as a rule's parameters want it judged: at list price, or with
#   commitments (cost: effective). What was estimated without commitments has only its list price.
monthly_cost(config, priced) := priced.costs.effective if {
	config.cost == "effective"
} else := priced.monthly_cost

# METADATA
# description: How messages tell that a cost is judged with commitments; empty where it is the list price.
cost_note(config, priced) := " with commitments" if {
	config.cost == "effective"
	priced.costs
} else := ""

# METADATA
# description: |
#   The limit for an environment by a rule's parameters: its own, else the one for all others. Undefined if there
#   is none: null is smaller than every number, and must not be compared with.
limit(config, environment) := number if {
	number := environments_.entry(config.limits, environment, config.other)
	is_number(number)
}

# METADATA
# description: The cheapest machine type that could take the place of a resource's, as a fact of a finding.
alternative(resource) := {"alternative": cheapest} if {
	cheapest := resource.alternatives[0]
} else := {}

# METADATA
# description: The three resources that cost most, as text, by the cost that a rule's parameters want judged.
costliest(config) := largest({[monthly_cost(config, resource), resource.address] | some resource in present}) if {
	config.cost == "effective"
} else := _costliest_at_list_price

# Sorting all resources takes longer than finding the few that may be among the three.
_costliest_at_list_price := largest({[resource.monthly_cost, resource.address] |
	highest := {cost | some cost in array.slice(array.reverse(sort(_costs)), 0, 3)}
	some resource in present
	resource.monthly_cost in highest
})

# What resources cost, each amount once. Amounts are fewer than resources, and comparing them is what takes time. As
# text, since of a set of numbers OPA looks among those of the same whole part one by one.
_costs := [json.unmarshal(text) | some text in {json.marshal(cost) | cost := present[_].monthly_cost}]

# METADATA
# description: |
#   The resources that cost more than an amount, by the cost that a rule's parameters want judged. With a threshold, so
#   that all others take two expressions each.
costlier(config, amount) := [resource |
	some resource in present
	monthly_cost(config, resource) > amount
] if {
	config.cost == "effective"
} else := [resource |
	max(_costs) > amount
	some resource in present
	resource.monthly_cost > amount
]

# METADATA
# description: The three largest of a set of [amount, address], as text.
# scope: document
largest(amounts) := "not known" if count(amounts) == 0

largest(amounts) := concat(", ", [sprintf("%s (%s)", [address, money.usd(amount)]) |
	some [amount, address] in array.slice(array.reverse(sort(amounts)), 0, 3)
]) if {
	count(amounts) > 0
}
