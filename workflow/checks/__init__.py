"""Checks of translations: what is wrong for sure, and what somebody should look at."""

from workflow.checks.run import check, findings, ignored

__all__ = ["check", "findings", "ignored"]
