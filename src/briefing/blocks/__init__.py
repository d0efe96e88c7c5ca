"""One file a block type: its fields and how it resolves to plain data for the page."""
