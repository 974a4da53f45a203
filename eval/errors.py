"""Why something could not be measured. Messages say what is wrong and what to run."""


class EvalError(Exception):
    """Base of everything the evaluation raises on purpose."""
