"""Dates as files write them."""
