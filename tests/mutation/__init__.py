"""``make mutation``: changes every comparison of the policy library, one at a time; a test must fail each time."""
