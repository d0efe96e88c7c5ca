"""Where notes lie on disk: the note file, saving, the typing journal, recovery."""
