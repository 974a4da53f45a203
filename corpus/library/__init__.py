"""A club's own documents: kept outside the code, changed whole or not at all, and undone."""
