"""What can go wrong while answering. Every message says what is wrong and what to do.

AssistantError
├── SettingsError     a setting is unknown, missing or out of range
├── LexiconError      the lexicon file does not parse or contradicts itself
├── RulesError        the guard's rules, words or contacts are not as they must be
├── UnreadableError   a file that was brought to the shelf cannot be read
├── RecordsError      what is kept of chats cannot be read, written or deleted
├── ModelError        a language model did not do what was asked (assistant/models/model.py)
└── NotReadyError     the encoder or the index could not be loaded
"""

import traceback
from pathlib import Path


class AssistantError(Exception):
    """Something of ours failed while answering."""


class SettingsError(AssistantError):
    """A setting is unknown, missing or out of range."""


class LexiconError(AssistantError):
    """The lexicon does not parse or contradicts itself."""


class RulesError(AssistantError):
    """The guard's rules, words or contacts do not parse, or an operator's would weaken them."""


class UnreadableError(AssistantError):
    """A file that was brought to the shelf cannot be read; the message says why, in a few words."""


class RecordsError(AssistantError):
    """What is kept of chats cannot be read, written or deleted. No answer fails because of it."""


class WidgetError(AssistantError):
    """The widget's files are not there, or no website could use it as it is set up."""


class NotReadyError(AssistantError):
    """The encoder or the index could not be loaded."""


def kind_and_place(error: BaseException) -> str:
    """What went wrong where, for the log: "KeyError at reader.py:88".

    Nothing else of it: the words of an exception may be words that somebody asked.
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
