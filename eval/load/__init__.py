"""Many readers at once: the server under load, and over twenty thousand questions."""
