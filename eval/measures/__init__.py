"""Scores: pure functions with textbook names. Nothing here asks, reads a file or prints."""
