"""Stage 3: what things cost. An embedded, dated snapshot of list prices and the one arithmetic over it."""
