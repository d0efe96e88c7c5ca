"""The two warm processes and the JSON lines they speak."""
