"""Whether words support a sentence, without a language model."""
