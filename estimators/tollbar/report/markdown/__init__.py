"""Markdown for a pull request or a job summary."""

from tollbar.report.markdown.document import render

__all__ = ["render"]
