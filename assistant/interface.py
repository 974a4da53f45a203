"""From settings to the interface of the server: who may ask, how much, and what is told of us."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.backstage import Backstage
from assistant.guard.guard import Guard
from assistant.records.opening import records_of
from assistant.records.retention import Retention
from assistant.reply import NearbyTopic
from assistant.server.caller import Door, Keys
from assistant.server.clerk import Clerk
from assistant.server.limits import Limits, shared_storage
from assistant.server.memory import Memory
from assistant.server.origins import Origins
from assistant.server.routes import Interface
from assistant.server.tokens import Tokens
from assistant.server.traces import traces_of
from assistant.server.turn import TurnEvents
from assistant.settings import Settings, api_keys, redis_url, token_secret
from assistant.texts import Texts
from assistant.turns import Turns
from assistant.ui.about import PageInfo, review_words
from assistant.ui.words import STANDING_LINE


def interface_of(
    settings: Settings,
    backstage: Backstage,
    guard: Guard,
    about: PageInfo,
    examples: Sequence[NearbyTopic],
) -> Interface:
    """The interface as it is set up. Raises SettingsError."""
    limits = Limits(settings.server, shared_storage(redis_url()))
    turns = Turns(
        backstage.ask,
        backstage,
        contact=about.contact,
        again=backstage.ask_again if about.card else None,
        write=backstage.write if about.card else None,
        card=about.card,
    )
    return Interface(
        turns=TurnEvents(turns, guard.screen, settings.llm.deadline, limits.may_word),
        readiness=backstage,
        texts=lambda: _texts(backstage),
        about=_told(settings, about, examples),
        door=Door(Origins.of(settings.server), Tokens(token_secret()), Keys.of(api_keys())),
        limits=limits,
        traces=traces_of(wanted=settings.server.traces),
        memory=_memory(settings, guard),
    )


def _memory(settings: Settings, guard: Guard) -> Clerk | None:
    records = settings.records
    if not records.keep:
        return None
    retention = Retention(records.days)
    return Clerk(Memory(records_of(records), guard, retention, with_text=records.questions))


def _texts(backstage: Backstage) -> Texts | None:
    assistant = backstage.assistant()
    return assistant.shelf.texts if assistant else None


def _kept(settings: Settings) -> Mapping[str, Any] | None:
    records = settings.records
    return {"days": records.days, "words": records.questions} if records.keep else None


def _told(
    settings: Settings, about: PageInfo, examples: Sequence[NearbyTopic]
) -> Mapping[str, Any]:
    card = about.card
    model = card and {
        "name": card.name,
        "served_by": card.served_by,
        "asks_consent": card.asks_consent,
    }
    return {
        "version": 1,
        "name": about.name,
        "notice": STANDING_LINE,
        "contact": about.contact,
        "privacy_note": about.privacy_note,
        "model": model,
        "keeps": _kept(settings),
        "review": review_words(about),
        "examples": [{"name": each.name, "question": each.question} for each in examples],
    }
