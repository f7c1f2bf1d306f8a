"""A page of HTML with charts: one file that opens from disk and asks no network for anything."""

from tollbar.report.html.page import render

__all__ = ["render"]
