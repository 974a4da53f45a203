"""Public test sets: our figures beside published ones. The data is given by folder."""
