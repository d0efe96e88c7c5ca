"""Whether what was read of a file can be true: rules over its series, findings with their place, flags that travel."""
