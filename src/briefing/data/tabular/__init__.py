"""How a table that no vendor is known for is laid out: where its header, dates, values and footer are."""
