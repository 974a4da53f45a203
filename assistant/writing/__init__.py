"""From a draft nobody has seen to sentences that stand: prompt, parse, check, arrange."""
