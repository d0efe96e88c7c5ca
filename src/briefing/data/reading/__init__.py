"""From a grid of text to rows: which format it is, what its columns stand for, what its cells say."""
