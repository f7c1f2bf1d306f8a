# METADATA
# description: What of an estimate's resources several rules ask.
package tollbar.lib.resources

import data.tollbar.lib.environments as environments_
import data.tollbar.lib.money

# METADATA
# description: The resources that will exist once the change is made.
present := input.resources if {
	# Nothing is copied where nothing is deleted, as is usual.
	count(_deleted) == 0
} else := [resource |
	some position, resource in input.resources
	not position in _deleted
]

# Where they stand. An action is not required.
_deleted contains position if {
	some position
	input.resources[position].action == "delete"
}

# METADATA
# description: |
#   The resources present that have a field. Few have a rare one: those that lack it are passed over in a single
#   expression, which is what takes time.
with_field(field) := [present[position] | _ = present[position][field]]

# METADATA
# description: The resources present of which a trait is known.
with_trait(trait) := [present[position] | _ = present[position].traits[trait]]

# METADATA
# description: The resources present of which a trait has a value.
with_trait_as(trait, value) := [present[position] | present[position].traits[trait] == value]

# METADATA
# description: Where among the resources present those stand of which something has no price.
# scope: document
incomplete contains position if {
	some position
	_ = present[position].unpriced[0]
}

# METADATA
# description: |
#   The resources present of each type. A rule for a few types looks at these alone: with many rules, it is looking at
#   every resource in each of them that takes time.
# scope: document
by_type := {type: found | some type in types; found := [resource | some resource in present; resource.type == type]}

# METADATA
# description: The types of the resources present.
# scope: document
types := {type | type := present[_].type}

# METADATA
# description: The environments of the resources present.
# scope: document
environments := {environment | environment := present[_].environment}

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
	some resource in present
	resource.monthly_cost in _highest_costs
})

# Of a set of numbers OPA looks among those of the same whole part one by one; of a set of texts it does not.
_highest_costs := {cost | some cost in array.slice(array.reverse(costs), 0, 3)} if {
	costs := sort([json.unmarshal(text) | some text in {json.marshal(cost) | cost := present[_].monthly_cost}])
}

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
