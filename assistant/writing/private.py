"""What the reader had not agreed to show to a model stays out of what it is shown."""

from assistant.question import Question
from assistant.reply import Answer


def tells_private(question: Question, answer: Answer) -> bool:
    """Whether an answer leans on an earlier turn that no model may read, as far as can be told: one
    that the reading of it has changed counts as such.
    """
    shared = question.earlier[question.earlier_private :]
    return question.earlier_private > 0 and not set(answer.why.carried) <= set(shared)
