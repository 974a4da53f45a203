"""A reply as JSON (docs/reply.schema.json) turned into what is scored."""

import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus import DocumentKind, Span
from eval.cases.case import Level
from eval.transcript import Cited, Ending, ProviderError, Sentence, Transcript


class _Part(BaseModel):
    # A provider may say more than we score: a later version of our own does.
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Citation(_Part):
    quote: str
    document: str
    start: int
    end: int
    kind: str


class _Sentence(_Part):
    text: str
    citations: tuple[_Citation, ...]


class _Item(_Part):
    kind: Literal["statement", "procedure", "disagreement", "product"]
    attribution: str
    sentences: tuple[_Sentence, ...]


class _Why(_Part):
    sure: float | None = None


class _Alert(_Part):
    level: Level


class _Warned(_Part):
    alert: _Alert | None = None

    @property
    def shown(self) -> Level:
        """The level of the warning above the reply; self-care where there is none."""
        return Level.SELF_CARE if self.alert is None else self.alert.level


class _Answer(_Warned):
    reply: Literal["answer"]
    items: tuple[_Item, ...]
    uncovered: tuple[str, ...]
    why: _Why

    def transcript(self, stages: Mapping[str, float]) -> Transcript:
        sentences = tuple(
            Sentence(said.text, tuple(map(_cited, said.citations)), item.attribution, item.kind)
            for item in self.items
            for said in item.sentences
        )
        return Transcript(
            Ending.ANSWER,
            self.shown,
            sentences,
            self.uncovered,
            sure=self.why.sure,
            stages=stages,
        )


class _Clarification(_Warned):
    reply: Literal["clarification"]
    prompt: str
    choices: tuple[object, ...]

    def transcript(self, stages: Mapping[str, float]) -> Transcript:
        return Transcript(
            Ending.CLARIFICATION,
            self.shown,
            message=self.prompt,
            choices=len(self.choices),
            stages=stages,
        )


class _Abstention(_Warned):
    reply: Literal["abstention"]
    reason: str
    message: str
    why: _Why

    def transcript(self, stages: Mapping[str, float]) -> Transcript:
        if self.reason == "unavailable":
            raise ProviderError("It could not look anything up. Try: python -m assistant doctor")
        left_open = ("not covered", "instruction")
        ending = Ending.NOT_COVERED if self.reason in left_open else Ending.OTHER
        return Transcript(
            ending, self.shown, message=self.message, sure=self.why.sure, stages=stages
        )


class _Escalation(_Part):
    reply: Literal["escalation"]
    level: Level
    message: str

    def transcript(self, stages: Mapping[str, float]) -> Transcript:
        return Transcript(Ending.ESCALATION, self.level, message=self.message, stages=stages)


_Payload = Annotated[
    _Answer | _Clarification | _Abstention | _Escalation, Field(discriminator="reply")
]
_READER: TypeAdapter[_Answer | _Clarification | _Abstention | _Escalation] = TypeAdapter(_Payload)


def read_payload(payload: bytes | str, stages: Mapping[str, float]) -> Transcript:
    """The transcript of one reply; `stages` are the milliseconds it took.

    Raises:
        ProviderError: it is no reply as docs/reply.schema.json describes one, or says that the
            provider is out of order.
    """
    try:
        return _READER.validate_json(payload).transcript(stages)
    except ValidationError as error:
        places = sorted({".".join(map(str, each["loc"])) for each in error.errors()})
        raise ProviderError(
            f"That is no reply as docs/reply.schema.json has it: {', '.join(places[:4])}"
        ) from error


def read_reply(payload: Mapping[str, object], stages: Mapping[str, float]) -> Transcript:
    """The same for a reply that is still in this process: it takes the same way as over HTTP."""
    return read_payload(json.dumps(payload), stages)


def _cited(citation: _Citation) -> Cited:
    return Cited(
        Span(citation.document, citation.start, citation.end),
        citation.quote,
        "article" if citation.kind == DocumentKind.ARTICLE else "forum",
    )
