"""What a client may send: one question and its own earlier turns. Nothing else is believed."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from assistant.question import Question, whole

LONGEST = 8_000
"""Characters of a message that is answered. A longer one is only read for warning signs."""
LONGEST_READ = 20_000
"""Characters of one that is read at all."""
TURNS = 40
"""Earlier turns that a client may send."""


def _whole(sent: object) -> object:
    return whole(sent) if isinstance(sent, str) else sent


_Turn = Annotated[str, BeforeValidator(_whole), StringConstraints(max_length=LONGEST)]


class Asked(BaseModel):
    """One turn, with the conversation as far as it is the reader's own words."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        json_schema_extra={"examples": [{"message": "is it ok to stretch a cramp?"}]},
    )

    message: Annotated[str, BeforeValidator(_whole)] = Field(min_length=1, max_length=LONGEST_READ)
    """The question, in the reader's words."""
    earlier: tuple[_Turn, ...] = Field(default=(), max_length=TURNS)
    """The reader's own turns before it, oldest first. What was replied is not wanted."""
    agreed: Annotated[bool, Strict()] = False
    """Whether the reader agreed that a language model elsewhere reads it (/api/v1/about)."""
    earlier_private: Annotated[int, Strict()] = Field(default=0, ge=0, le=TURNS)
    """How many of the earlier turns, the oldest, were asked before the reader agreed."""

    chat: str = Field(default="", max_length=40)
    """The chat's code (POST /api/v1/chats), where chats are kept: with it the reader can have it
    deleted."""

    @property
    def question(self) -> Question:
        """The same for who answers."""
        return Question(self.message, self.earlier, earlier_private=self.earlier_private)

    @property
    def too_long(self) -> bool:
        """Whether it is only screened."""
        return len(self.message) > LONGEST
