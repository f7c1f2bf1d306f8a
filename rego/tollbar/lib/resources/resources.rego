# METADATA
# description: What of an estimate's resources several rules ask.
package tollbar.lib.resources

import data.tollbar.lib.environments as environments_
import data.tollbar.lib.money

# METADATA
# description: The resources that will exist once the change is made.
present := [resource |
	some resource in input.resources

	# Not !=: an action is not required, and a comparison with a missing one would drop the resource.
	not resource.action == "delete"
]

# METADATA
# description: |
#   The resources present of each type. A rule for a few types looks at these alone: with many rules, it is looking at
#   every resource in each of them that takes time.
# scope: document
by_type[type] := [resource | some resource in present; resource.type == type] if some type in types

# METADATA
# description: The types of the resources present.
# scope: document
types contains resource.type if some resource in present

# METADATA
# description: The environments of the resources present.
# scope: document
environments contains resource.environment if some resource in present

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
# description: The three largest of a set of [amount, address], as text.
# scope: document
largest(set()) := "not known"

largest(amounts) := concat(", ", [sprintf("%s (%s)", [address, money.usd(amount)]) |
	some [amount, address] in array.slice(array.reverse(sort(amounts)), 0, 3)
]) if {
	count(amounts) > 0
}
