"""What can go wrong while answering. Every message says what is wrong and what to do.

AssistantError
├── SettingsError     a setting is unknown, missing or out of range
├── LexiconError      the lexicon file does not parse or contradicts itself
└── NotReadyError     the encoder or the index could not be loaded
"""


class AssistantError(Exception):
    """Something of ours failed while answering."""


class SettingsError(AssistantError):
    """A setting is unknown, missing or out of range."""


class LexiconError(AssistantError):
    """The lexicon does not parse or contradicts itself."""


class NotReadyError(AssistantError):
    """The encoder or the index could not be loaded."""
