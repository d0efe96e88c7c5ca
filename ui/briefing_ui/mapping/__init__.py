"""How a file that is not clear is to be read: asked in a window of its own, beside the note."""
