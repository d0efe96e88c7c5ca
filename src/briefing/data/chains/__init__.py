"""Option chains: what one is, how files are read into one, how it is checked and kept."""
