"""The chat on other people's websites: its files, its frame, and the lines that put it in."""
