"""How the index grows: the same work at every size, beside others given the same vectors."""
