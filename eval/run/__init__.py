"""One run of the evaluation: ask everything, score it, add it up, keep it."""
