"""The two languages of a note: pair states."""
