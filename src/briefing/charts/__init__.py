"""Charts: a spec says what, one layout decides everything, two painters draw it."""
