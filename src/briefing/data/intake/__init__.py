"""Files on their way into the store: looked at, chosen for, read, judged, reported."""
