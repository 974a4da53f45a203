"""Which encoder runs, by the settings and by what the index was made with."""

from collections.abc import Callable

from assistant.settings import Settings
from index.choosing import KEPT, AnyEncoder, EncoderChoice, encoder_to_ask, encoder_to_build
from index.encoder_paths import EncoderPath
from index.engine import Engine, Label
from index.errors import DamagedIndexError, StaleIndexError

Told = Callable[[EncoderPath], None]
"""Told which path is being measured."""


def choice_of(settings: Settings) -> EncoderChoice:
    """What the settings say."""
    return EncoderChoice(
        settings.index.folder / KEPT,
        settings.encoder.model,
        settings.encoder.allow_download,
        settings.encoder.path,
    )


def asking_encoder(settings: Settings, engine: Engine) -> AnyEncoder:
    """The encoder for questions to the index as it is, not loaded yet. Raises EncoderError."""
    label = _label(engine)
    return encoder_to_ask(choice_of(settings), label.spec if label else None)


def building_encoder(
    settings: Settings, engine: Engine, *, force: bool = False, told: Told | None = None
) -> AnyEncoder:
    """The encoder to bring the index up to date with: the one it was made with, if that can run.

    Where there is no index, or `force`, the paths this machine has are measured first and `told`
    hears of each. Raises EncoderError, IndexWriteError.
    """
    label = _label(engine)
    recorded = label.spec if label else None
    return encoder_to_build(choice_of(settings), recorded, afresh=force, told=told)


def still_fits(encoder: AnyEncoder, engine: Engine) -> bool:
    """Whether an encoder is on the path that the index was made on."""
    label = _label(engine)
    return label is None or label.spec.path == encoder.path


def _label(engine: Engine) -> Label | None:
    try:
        return engine.label()
    except (DamagedIndexError, StaleIndexError):  # it will be made anew, and opening says so
        return None
