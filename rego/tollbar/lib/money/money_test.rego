package tollbar.lib.money_test

import data.tollbar.lib.money

test_usd[text] if {
	some text, amount in {
		"$0.00": 0,
		"$0.01": 0.005,
		"$0.99": 0.99,
		"$1.00": 1,
		"$12.50": 12.5,
		"$999.99": 999.99,
		"$1,000.00": 999.995,
		"$1,234.56": 1234.56,
		"$123,456.70": 123456.7,
		"$1,234,567.00": 1234567,
		"$1,000,000,000,000.00": 1000000000000,
		"-$0.01": -0.01,
		"-$5.00": -5,
		"-$1,234.50": -1234.5,
	}
	money.usd(amount) == text
}

test_no_minus_before_zero if money.usd(-0.001) == "$0.00"
