package tollbar.lib.figures_test

import data.tollbar.lib.figures

test_rounded if {
	texts := [figures.rounded(number) | some number in [33.333, 60.04, 60.05, 20, 0, 0.04, 12345.67]]
	texts == ["33.3", "60", "60.1", "20", "0", "0", "12345.7"]
}
