"""Whether a chain can be true: rules over its contracts, one idea a file."""
