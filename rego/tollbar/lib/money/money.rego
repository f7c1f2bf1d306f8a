# METADATA
# description: |
#   Amounts as text. Never with sprintf("%.2f"), which prints whole numbers as %!f(int=500)
#   (https://github.com/open-policy-agent/opa/issues/4610).
package tollbar.lib.money

# METADATA
# description: "An amount in US dollars, rounded to cents: -1234.5 is -$1,234.50."
usd(amount) := sprintf("%s$%s", [sign, strings.reverse(trim_suffix(grouped, ","))]) if {
	cents := round(amount * 100)
	sign := {true: "-", false: ""}[cents < 0]

	# Groups of three are counted from the right, so the digits are turned round: 123450 -> 054321 -> 05.432,1
	turned := strings.reverse(sprintf("%03d", [abs(cents)]))
	grouped := regex.replace(regex.replace(turned, `^\d\d`, "$0."), `\d{3}`, "$0,")
}
