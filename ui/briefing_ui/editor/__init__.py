"""The parts of the editor: cells, chips, completion, and what a block looks like."""
