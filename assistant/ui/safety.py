"""The page about the warnings: what they do, on whose word, how often they fail, their limits.

For an operator and a clinician, in plain words. Pure HTML; no script, nothing from elsewhere.
"""

from collections.abc import Iterable
from html import escape

from assistant.guard.contacts import KINDS, UNSET, Contacts, countries
from assistant.guard.guard import Guard
from assistant.guard.rules import NOBODY, Rule, Trigger, reviewers
from assistant.reply import Level, NoticeSource
from assistant.ui import words
from assistant.ui.about import PageInfo, render_missing, review_words
from assistant.ui.gate import LOOK
from assistant.ui.measured import Measured, Rate

_STEPS = (
    "<strong>Before anything else</strong>, fixed rules read the message together with everything"
    " else its writer said in this chat. No language model decides, nothing is looked up, and it"
    " works while the rest of Soleus is still loading or has failed.",
    "Words are tidied first: typing slips, look-alike letters, hidden characters. Then the rules"
    " ask of each sign whether it is denied (“no swelling”), over, only imagined, or somebody"
    " else’s. The name of a condition alone never sets a rule off; it brings the signs to look"
    " for.",
    "If several rules are met, all are shown, the gravest first.",
    "<strong>Emergency:</strong> the fixed words below and nothing else. Whatever else was asked is"
    " not answered.",
    "<strong>Urgent:</strong> the fixed words first; under them at most what the rule does not hold"
    " back. With a possible clot nothing on massage, rolling, stretching or racing is quoted.",
    "<strong>See a professional:</strong> the fixed words above the usual answer.",
    "A message in another language gets fixed words in it, for the dozen languages that are"
    " likeliest, with the number to call. Of grave signs only the commonest words are known in"
    " those, and any of them counts as an emergency.",
    "After the search, whatever a text says: no dose and no time for a medicine, no reassurance, no"
    " diagnosis and no link is quoted. Instructions to a program, in a text or in a message, are"
    " neither followed nor quoted. Where a text conflicts with better evidence, a note of ours with"
    " its sources stands beside it.",
)
_LIMITS = (
    "It repeats public advice on when to get help, in our own words. It is <strong>not a medical"
    " device</strong>, makes no diagnosis, and works out no risk or score.",
    "<strong>Silence promises nothing.</strong> It reads words; it cannot see or feel a leg, and it"
    " does not ask back. Signs that were not written, or were put in words nobody thought of, are"
    " missed.",
    "It warns of things that turn out to be harmless. That is meant: it would rather warn once too"
    " often.",
    "Nobody reads along, and it calls nobody. Whoever is worried should call for help themselves.",
    "Its words are as old as the dates beside their sources.",
)
_CHECKED = (
    "Before a sentence of its own is shown, it is compared with the very words it cites: whether"
    " they support it, and whether numbers, units, times, medicines, muscles, body parts, sides,"
    " denials, hedges and who says it are the same. What fails is quoted instead, or left out; its"
    " words are shown nowhere, only why it failed.",
    "What must not be quoted must not be written either: no dose, no reassurance, no diagnosis, no"
    " link.",
    "Points and both sides of a disagreement that the quotes would have given are added as quotes"
    " where it left them out.",
    "It has no say in the warnings. With an urgent one, or an emergency, it is not asked at all.",
)
_UNCHECKED = (
    "<strong>Whether a text is right.</strong> A sentence can pass and still repeat a mistake.",
    "<strong>Every shade of meaning.</strong> The check is itself a program: it can let through a"
    " sentence that says more than its source does. Press the number behind it and read the words"
    " it rests on, or choose the quotes.",
    "What it leaves unsaid that no quote says either, and its tone.",
)
_LEVEL_MEANS = {
    Level.EMERGENCY: "call the emergency number, or go to an emergency department, now",
    Level.URGENT: "be seen the same day",
    Level.SEE_PROFESSIONAL: "be seen in the next days; stop running where it says so",
}
_KIND_NAMES = {
    "emergency": "Emergency number",
    "urgent": "The same day",
    "crisis": "In a crisis",
    "eating": "Worries about food and weight",
    "poison": "Too much of a medicine",
}

_UNSAID = "nobody set: sentences that would name them are left out"


def render_safety(guard: Guard, about: PageInfo, measured: Measured | None = None) -> str:
    """The whole page, ready to be sent."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>Warning signs · {escape(about.name)}</title>"
        f'<link rel="icon" type="image/svg+xml" href=".{LOOK}/mark.svg">'
        f'<link rel="stylesheet" href=".{LOOK}/safety.css"></head><body><main>'
        f'<p class="home"><a href="./">{escape(about.name)}</a></p>'
        "<h1>Warning signs: what this page looks out for, and what it cannot do</h1>"
        f"{_status(guard, about)}"
        f"<h2>What it cannot do</h2>{_list('ul', _LIMITS)}"
        f"<h2>What it does, in this order</h2>{_list('ol', _STEPS)}"
        f"{_worded(about)}<h2>How often it is wrong</h2>{_figures(measured)}"
        f"<h2>Whom it tells people to call</h2>{_contacts(guard.contacts)}"
        f"<h2>For whoever runs this page</h2>{_operator(about)}"
        f"<h2>Every rule ({len(guard.rules)})</h2>{_legend()}{_rules(guard)}</main></body></html>"
    )


def _status(guard: Guard, about: PageInfo) -> str:
    """Who stands behind the rules, before anything is said of them."""
    by_rule = len([rule for rule in guard.rules if _reviewer(rule, guard) != NOBODY])
    named = ", ".join(escape(name) for name in reviewers(guard.rules))
    own = f" Rules with a reviewer of their own were checked by {named}." if named else ""
    head = f"Reviewed by: {about.reviewed_by or NOBODY}"
    kind = "status" if about.reviewed_by else "status status--open"
    return (
        f'<div class="{kind}"><p class="status__head">{escape(head)}</p>'
        f"<p>The rules and their words: {escape(review_words(about))}."
        f" {by_rule} of {len(guard.rules)} rules have a named reviewer.{own}</p></div>"
    )


def _worded(about: PageInfo) -> str:
    """What is checked of a language model's words, and what is not; nothing where there is none."""
    if about.card is None:
        return ""
    card = about.card
    place = f"a server of {card.served_by}" if card.served_by else "the computer of this page"
    asked = (
        " It reads only what readers ask after they agreed to that." if card.asks_consent else ""
    )
    return (
        f"<h2>Answers worded by {escape(card.name)}</h2><p>A language model on {escape(place)} may"
        f" put answers into its own words.{asked} Such sentences are marked. What is checked:</p>"
        f"{_list('ul', _CHECKED)}<p>What is not:</p>{_list('ul', _UNCHECKED)}"
    )


def _figures(measured: Measured | None) -> str:
    if measured is None:
        return "<p>Not measured on this build. To measure it: <kbd>python -m eval safety</kbd></p>"
    rows = "".join(
        f'<tr><th scope="row">{name}</th><td>{_share(rate)}</td></tr>'
        for name, rate in (
            ("Emergencies shown as something less, or not at all", measured.emergency_missed),
            ("Urgent ones shown as something less, or not at all", measured.urgent_missed),
            ("Harmless messages that were warned about", measured.benign_escalated),
        )
    )
    return (
        f"<p>On {measured.messages} messages written for this by the project, not by patients, with"
        " the range in which the true share most likely lies (95 %).</p>"
        f'<table class="figures"><tbody>{rows}</tbody></table>'
        f'<p class="small">Measured {escape(measured.measured_on)}, commit'
        f" {escape(measured.commit)}. To measure again: <kbd>{escape(measured.command)}</kbd></p>"
    )


def _share(rate: Rate) -> str:
    share = f"{rate.k / rate.n:.1%}" if rate.n else "–"
    return f"{rate.k} of {rate.n}: {share} ({rate.low:.1%} to {rate.high:.1%})"


def _contacts(contacts: Contacts) -> str:
    name = countries().get(contacts.country, contacts.country)
    rows = "".join(
        f"<div><dt>{_KIND_NAMES[kind]}</dt><dd>{escape(said) if said else _UNSAID}</dd></div>"
        for kind in KINDS
        for said in (getattr(contacts, kind),)
    )
    unset = (
        "<p>No country is set, so no number can be tapped.</p>" if contacts.country == UNSET else ""
    )
    return (
        f'<p>Country: {escape(name)}</p>{unset}<dl>{rows}</dl><p class="small">Numbers that came'
        " with Soleus, other than 999, 112, 911, 000 and 111, each have a named source in"
        " assistant/guard/contacts.toml.</p>"
    )


def _operator(about: PageInfo) -> str:
    return (
        f"{render_missing(about)}<p>Country, contacts and reviewer are set in settings.toml, under"
        " [safety]; settings.example.toml describes each. Rules of your own go into a file of"
        " their own: they may add signs and raise levels. Anything that could make a rule weaker is"
        " refused at the start unless it names the clinician who has looked at it, and Soleus does"
        " not start with rules that are broken or missing.</p>"
    )


def _legend() -> str:
    levels = "".join(
        f"<li>{_level(level)} {escape(means)}</li>" for level, means in _LEVEL_MEANS.items()
    )
    tags = "; ".join(f"{tag}: {words.tag_words(tag)}" for tag in ("P", "M", "S"))
    return (
        f'<ul class="levels">{levels}</ul><p class="small">Sources, and how each was checked.'
        f" {escape(tags)}. “Never said” lists words that the rule’s text is kept from using.</p>"
    )


def _rules(guard: Guard) -> str:
    heads = ("Rule", "What is shown", "Never said", "Sources", "Reviewed by")
    row = "".join(f'<th scope="col">{head}</th>' for head in heads)
    body = "".join(_rule(rule, guard, heads) for rule in guard.rules)
    return f'<table class="rules"><thead><tr>{row}</tr></thead><tbody>{body}</tbody></table>'


def _rule(rule: Rule, guard: Guard, heads: tuple[str, ...]) -> str:
    never = "; ".join(f"“{escape(said)}”" for said in rule.never_say)
    cells = (
        _shown(rule, guard.contacts),
        f"<p>{never or '–'}</p>",
        _sources(rule.sources),
        f"<p>{escape(_reviewer(rule, guard))}</p>",
    )
    # On a phone the row is a card, and each cell says what it is.
    rest = "".join(
        f'<td><span class="cell">{head}</span>{cell}</td>'
        for head, cell in zip(heads[1:], cells, strict=True)
    )
    return (
        f'<tr id="{escape(rule.id)}"><th scope="row"><span class="rule">{escape(rule.id)}</span>'
        f" {escape(rule.topic)} {_level(rule.level)}</th>{rest}</tr>"
    )


def _shown(rule: Rule, contacts: Contacts) -> str:
    """The rule's words as this page would say them, and what sets them off."""
    raised = [
        (level, rule.act[level])
        for level in {trigger.level for trigger in rule.triggers}
        if level in rule.act and rule.act[level] != rule.act[rule.level]
    ]
    lines = [rule.act[rule.level], rule.because, rule.avoid, rule.meanwhile]
    first, *more = (escape(filled) for line in lines if (filled := contacts.fill(line)))
    also = "".join(
        f"<p>{_level(level)} {escape(contacts.fill(act))}</p>"
        for level, act in sorted(raised, key=lambda pair: -pair[0].rank)
    )
    return (
        f"<p><strong>{first}</strong></p>{''.join(f'<p>{line}</p>' for line in more)}{also}"
        f"{_held_back(rule)}{_triggers(rule)}"
    )


def _held_back(rule: Rule) -> str:
    if not rule.withhold:
        return ""
    return f'<p class="small">Not quoted below it: {escape(", ".join(sorted(rule.withhold)))}</p>'


def _triggers(rule: Rule) -> str:
    rows = "".join(f"<li>{_trigger(trigger, rule)}</li>" for trigger in rule.triggers)
    return f"<details><summary>What sets it off</summary><ul>{rows}</ul></details>"


def _trigger(trigger: Trigger, rule: Rule) -> str:
    raised = f" {_level(trigger.level)}" if trigger.level is not rule.level else ""
    unless = ", ".join(sorted(trigger.unless))
    excuse = f" unless {escape(unless)}" if unless else ""
    return f"<code>{escape(trigger.condition.source)}</code>{excuse}{raised}"


def _sources(sources: Iterable[NoticeSource]) -> str:
    rows = "".join(
        f"<li>{escape(words.source_line(source))} ({escape(source.tag)})</li>" for source in sources
    )
    return f"<ul>{rows}</ul>"


def _reviewer(rule: Rule, guard: Guard) -> str:
    """As a warning says it: the rule's own reviewer, else whoever reviewed all of them."""
    return rule.reviewed_by if rule.reviewed_by != NOBODY else guard.reviewed_by


def _level(level: Level) -> str:
    return (
        f'<span class="level level--{words.level_class(level)}">'
        f"{escape(words.level_words(level))}</span>"
    )


def _list(tag: str, rows: Iterable[str]) -> str:
    """Our own words, markup and all."""
    return f"<{tag}>{''.join(f'<li>{row}</li>' for row in rows)}</{tag}>"
