"""Checks: one function a rule, all of them in one table."""
