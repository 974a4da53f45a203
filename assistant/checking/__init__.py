"""Whether a drafted sentence may be read: what it says against the very words it cites."""
