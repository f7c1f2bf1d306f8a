"""Reading list prices anew from the vendors' own APIs: one folder per price source."""
