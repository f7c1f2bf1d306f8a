# METADATA
# description: Numbers as text, for messages.
package tollbar.lib.figures

# METADATA
# description: "A number with at most one decimal: 33.333 is 33.3, and 60.04 is 60."
rounded(number) := sprintf("%v", [round(number * 10) / 10])
