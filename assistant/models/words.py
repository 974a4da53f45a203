"""What a failed model is called: a sentence for whoever reads, a remedy for whoever runs it."""

from assistant.models.model import Failure

_SO = "so these are the texts' own words."
_SO_THE_REST = "so what it had not said is quoted."

_SAID = {
    Failure.UNREACHABLE: "The language model did not answer",
    Failure.KEY: "The language model turned us away",
    Failure.NO_MODEL: "The language model is not there",
    Failure.BUSY: "The language model is busy",
    Failure.SERVER: "The language model has a fault",
    Failure.SLOW: "The language model took too long",
    Failure.GARBAGE: "The language model sent nothing readable",
    Failure.EMPTY: "The language model wrote nothing",
    Failure.TOO_LONG: "This was too long for the language model",
    Failure.BROKE_OFF: "The language model broke off",
    Failure.ENDLESS: "The language model did not come to an end",
    Failure.REFUSED: "The language model would not take this",
    Failure.RESTING: "The language model failed a moment ago",
    Failure.NO_RUNTIME: "The language model could not be started",
}

_REMEDIES = {
    Failure.UNREACHABLE: "Start the server, or correct [llm] base_url: name, port, http or https.",
    Failure.KEY: "Set the environment variable SOLEUS_LLM_KEY to a key that the server accepts.",
    Failure.NO_MODEL: "Correct [llm] model, or base_url: most servers want it to end in /v1.",
    Failure.BUSY: "Wait, lower [llm] at_once, or ask whoever runs the server for a higher limit.",
    Failure.SERVER: "Read the server's own log; a smaller model or context may help it.",
    Failure.SLOW: "Use a smaller model, or raise [llm] silence_timeout and total_timeout.",
    Failure.GARBAGE: "Correct [llm] base_url: most servers want it to end in /v1.",
    Failure.EMPTY: "Raise [llm] max_tokens, or use a model that does not think aloud.",
    Failure.TOO_LONG: "Raise the context of the server and [llm] context with it.",
    Failure.BROKE_OFF: "Read the server's own log; it, or a proxy before it, drops connections.",
    Failure.ENDLESS: "Use another model, or an instruct version of this one.",
    Failure.REFUSED: 'Read the server\'s own log; try [llm] form = "tagged".',
    Failure.RESTING: "Wait for [llm] rest seconds; the failure before it says what to mend.",
    Failure.NO_RUNTIME: "Run: make run LLM=local",
}


def said_of(failure: Failure, *, worded: bool = False) -> str:
    """One plain sentence for readers, who have the quotes before them.

    `worded`: whether sentences of the model's that held stand before them, too.
    """
    return f"{_SAID[failure]}, {_SO_THE_REST if worded else _SO}"


def remedy_for(failure: Failure) -> str:
    """What the operator can do about it."""
    return _REMEDIES[failure]
