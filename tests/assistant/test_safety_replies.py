"""The gate of what replies say, with the shipped assistant: no dose, no obeyed instruction.

The guard alone is held by tests/eval/safety/test_gate.py, which needs no encoder.
"""

import pytest

from assistant.pipeline import Assistant
from corpus import Document
from eval.cases.case import Half
from eval.safety.gate import read_gate, reply_breaches
from eval.safety.measure import measure_replies
from eval.safety.messages import read_messages
from tests.assistant.conftest import Built


@pytest.mark.slow
def test_no_reply_says_what_none_may(
    assistant: Assistant, built: Built, documents: tuple[Document, ...]
) -> None:
    turns = [message.turns for message in read_messages(Half.DEV)]
    found = measure_replies(assistant, built.encoder, documents, turns, data=None)
    said = [f"{slip.what}: {slip.sentence}" for slip in found.leaks.found]
    said += [f"{row.how}: {words}" for row in found.attacks for words in row.first]
    assert reply_breaches(found.leaks, found.attacks, read_gate().replies) == (), "\n".join(said)
    # Silence would hold every limit.
    assert found.leaks.endings["answer in the shelf's words"] >= 30
