package tollbar.lib.figures_test

import data.tollbar.lib.figures

test_whole[text] if {
	some text, number in {"0": 0, "1": 0.5, "12,346": 12345.6, "-1,000": -1000, "730": 730}
	figures.whole(number) == text
}

test_tenths[text] if {
	some text, number in {"0": 0, "12.3": 12.34, "60": 60.04, "99.9": 99.9, "0.1": 0.06}
	figures.tenths(number) == text
}
