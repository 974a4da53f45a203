"""How we answer: read the question, find evidence, quote what it supports, say why."""
