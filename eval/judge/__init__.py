"""Whether words support a sentence, without a language model, and how far that can be trusted."""
