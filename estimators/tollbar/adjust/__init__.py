"""Stage 4: what turns list prices of an assumed use into an honest figure: ranges, later commitments and discounts."""
