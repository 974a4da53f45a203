"""How fast and how large: start-up, answers stage by stage, and memory, beside a peer."""
