"""What a failed model is called: a sentence for whoever reads, a remedy for whoever runs it."""

from assistant.models.model import Failure

_SO = "so these are the texts' own words."

_SAID = {
    Failure.UNREACHABLE: f"The language model did not answer, {_SO}",
    Failure.KEY: f"The language model turned us away, {_SO}",
    Failure.NO_MODEL: f"The language model is not there, {_SO}",
    Failure.BUSY: f"The language model is busy, {_SO}",
    Failure.SERVER: f"The language model has a fault, {_SO}",
    Failure.SLOW: f"The language model took too long, {_SO}",
    Failure.GARBAGE: f"The language model sent nothing readable, {_SO}",
    Failure.EMPTY: f"The language model wrote nothing, {_SO}",
    Failure.TOO_LONG: f"This was too long for the language model, {_SO}",
    Failure.BROKE_OFF: f"The language model broke off, {_SO}",
    Failure.ENDLESS: f"The language model did not come to an end, {_SO}",
    Failure.REFUSED: f"The language model would not take this, {_SO}",
    Failure.RESTING: f"The language model failed a moment ago, {_SO}",
    Failure.NO_RUNTIME: f"The language model could not be started, {_SO}",
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


def said_of(failure: Failure) -> str:
    """One plain sentence for readers, who have the quotes before them."""
    return _SAID[failure]


def remedy_for(failure: Failure) -> str:
    """What the operator can do about it."""
    return _REMEDIES[failure]
