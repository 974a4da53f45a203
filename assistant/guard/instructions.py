"""Sentences that tell a program what to do. In a message or a document they are data: not obeyed,
not searched for, never quoted.

Shapes from OWASP LLM01 (2025), BIPIA (arXiv 2312.14197) and the chat templates of common models.
A list of shapes finds what is written openly; what it misses is still only ever quoted as a
sentence that answers a question, and no model follows it.
"""

import re
from dataclasses import replace

from assistant.guard.normalise import plain
from assistant.question import Question

_TO_A_PROGRAM = (
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:instructions?|prompts?"
    r"|guidelines?|guardrails?|system|safety rules|your rules|all (?:the )?rules|rules above"
    r"|above rules)\b",
    r"\b(?:ignore|disregard|forget) everything and\b",
    r"\b(?:ignore|disregard|forget) (?:everything|anything|all)\b[^.!?\n]{0,20}"
    r"\b(?:above|before|previous|prior|said|told|wrote)\b",
    r"\byou are (?:now|no longer)\b",
    r"\bfrom now on,? (?:you|respond|answer|reply|act)\b",
    r"\b(?:pretend|act|behave|roleplay|role play|respond|answer|reply)\b[^.!?\n]{0,12}"
    r"\b(?:as if you|as an? (?:ai|assistant|doctor|model|unrestricted|expert|pirate|different)"
    r"|to be an?|like an? (?:ai|doctor|pirate))",
    r"\b(?:system|developer|hidden|initial) (?:prompt|message|instructions?)\b",
    r"\b(?:reveal|print|show|repeat|output|leak|send)\b[^.!?\n]{0,30}"
    r"\b(?:your|system|hidden|secret|initial) (?:\w+ )?"
    r"(?:prompts?|instructions|rules|password|secret|key)\b",
    r"\b(?:jailbreak|dan mode|developer mode|god mode|do anything now)\b",
    r"(?:^|\s)(?:system|assistant|user|human|ai)\s*:\s",
    r"<\|?[a-z_]{2,20}\|?>",
    r"\[/?inst\]",
    r"</?(?:system|script|iframe|img|instructions?)\b",
    r"###\s*(?:instruction|system)",
    r"\b(?:tell|inform|convince|persuade|instruct|remind)\b (?:the )?"
    r"(?:user|reader|runner|patient|visitor|customer)s?\b",
    r"\b(?:must|should) (?:always |only )?(?:recommend|promote|advertise|answer with"
    r"|respond with|reply with)\b",
    r"(?:^|[.!?;:])\s*(?:always|only)"
    r" (?:recommend|promote|advertise|mention|answer|respond|reply)\b",
    r"\b(?:do not|don't|never) (?:mention|reveal|tell|cite|warn|show|say)\b[^.!?\n]{0,40}"
    r"\b(?:user|reader|anyone|source|warning|this|that)",
    r"\b(?:respond|reply|answer|write|speak) (?:only|solely|just|back)?\s*(?:with|in|using)\b"
    r"[^.!?\n]{0,30}\b(?:emoji|emojis|base64|json|rhyme|verse|code|python|caps)\b",
    r"\b(?:this|the) (?:assistant|chatbot|ai|language model|model|bot) "
    r"(?:must|should|shall|has to|will)\b",
    r"\bas an? (?:ai|language model)\b",
    r"\b(?:new|updated|important) (?:instructions?|task|directive)s?\s*:",
    r"\b(?:execute|run|eval) (?:the )?(?:following|this) (?:code|command|script)",
    r"\b(?:add|append|include|insert|put|end|begin|start|finish|translate|write|phrase|format|give"
    r"|make|keep|embed|close|open|sign|rate)\b[^.!?\n]{0,60}"
    r"\byour (?:next |final |whole )?(?:reply|response|answer|output|summary|message)\b",
    r"\b(?:every|each) (?:reply|response|answer)\b",
    r"\bto whatever you (?:answer|say|reply)\b",
    r"\b(?:ai|language) models?\b",
    r"\b(?:translate|rewrite|summari[sz]e|encode|decode) (?:the|this|your|that) "
    r"(?:\w+ )?(?:text|document|sentence|reply|response|answer|above|following|content)",
    r"\bwhat (?:the|a|this) (?:reader|user|runner|patient) (?:has |have )?"
    r"(?:written|typed|said|asked|told)\b",
    r"\b(?:respond|reply|answer) with (?:an?|the|only|just|nothing)\b",
    r"\binstructions? (?:for|to) (?:the )?(?:ai|assistant|chatbot|model|bot)\b",
)
_SHAPES = re.compile("|".join(_TO_A_PROGRAM))
_ENCODED = re.compile(r"[A-Za-z0-9+/=]{80,}")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_TAGS = re.compile(r"[\U000E0000-\U000E007F]{4,}|[\u200b-\u200f\u2060-\u2064]{6,}")
"""Letters that no screen shows: how instructions are smuggled past a human reader."""


def instructs(text: str) -> bool:
    """Whether a sentence tells a program what to do."""
    return bool(
        _TAGS.search(text)
        or _ENCODED.search(text)
        or _SHAPES.search(plain(text).replace("\n", " "))
    )


def without_instructions(text: str) -> str:
    """A message without its sentences that instruct; the same text when there are none."""
    if not instructs(text):
        return text
    shown = _TAGS.sub("", text)
    for whole in (shown, shown.replace("\n", " ")):  # an instruction may run over a line's end
        kept = "".join(part for part in _SENTENCE.findall(whole) if not instructs(part)).strip()
        if not instructs(kept):
            return kept
    return ""


def uninstructed(question: Question) -> Question:
    """What was asked, without what tells a program what to do."""
    earlier = (without_instructions(turn) for turn in question.earlier)
    return replace(
        question,
        text=without_instructions(question.text),
        earlier=tuple(turn for turn in earlier if turn),
    )
