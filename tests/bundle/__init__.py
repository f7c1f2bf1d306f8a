"""The artifacts of the policy library, and servers that run on them."""
