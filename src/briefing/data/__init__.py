"""Data: the only room where pandas lives."""
