"""One file a container: how the tables in a file are got at, from plain text to workbooks."""
