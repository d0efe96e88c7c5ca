"""The form of a catalogue entry: what a series is called, what it measures, how it is computed."""
