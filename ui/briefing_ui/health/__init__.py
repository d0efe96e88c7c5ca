"""How the data of the workspace stand, and what can be done about it."""
