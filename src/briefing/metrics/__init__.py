"""Metrics: one decorated function each, and the registry that wraps their values."""
