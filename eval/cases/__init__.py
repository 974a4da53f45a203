"""Our own questions: what they hold, how they are read, which half is sealed."""
