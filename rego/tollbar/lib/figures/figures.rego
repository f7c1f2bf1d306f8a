# METADATA
# description: Quantities as text. Amounts of money are written by tollbar.lib.money.
package tollbar.lib.figures

import data.tollbar.lib.money

# METADATA
# description: "A quantity rounded to whole numbers: 12345.6 is 12,346."
whole(number) := trim_suffix(replace(money.usd(round(number)), "$", ""), ".00")

# METADATA
# description: "A quantity rounded to tenths, without a tenth of 0: 12.34 is 12.3, 60.04 is 60."
tenths(number) := sprintf("%v", [round(number * 10) / 10])
