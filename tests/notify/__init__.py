"""Findings told outside of a report."""
