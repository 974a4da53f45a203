"""How well we answer, and how fast."""
