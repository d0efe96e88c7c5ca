"""Checks: one function a rule."""
