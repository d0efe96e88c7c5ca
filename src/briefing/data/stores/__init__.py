"""Where data lie: a folder of the workspace, a folder that a desk shares, a database; one contract for all."""
