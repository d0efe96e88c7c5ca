"""One file a panel. Panels never import each other; they talk through the session."""
