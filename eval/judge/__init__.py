"""The support judge fitted on human verdicts, and how far it can be trusted."""
