"""A run as people read it: a table, a page, and two runs side by side."""
