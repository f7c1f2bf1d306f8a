"""Tollbar prices a change before it ships and lets an OPA policy decide whether it may pass."""

__version__ = "0.1.0"
