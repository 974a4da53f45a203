"""The guard: warning signs first, by rules, with fixed words, before anything is looked up."""
