"""What the operator fills in: the password, what to add, what is said of a document."""

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from assistant.ui.gate import SHELF
from assistant.ui.shelf_door import IDLE, SHORTEST_PASSWORD, Draft, Preview
from assistant.ui.shelf_html import button, choice, field, form, hidden, to
from assistant.ui.shelf_keeper import Details, ShelfDocument
from assistant.ui.shelf_typed import typed_of
from assistant.ui.shelf_upload import LARGEST_FILE, LARGEST_UPLOAD, MOST_FILES
from corpus import DocumentKind, TrustTier

PASSWORD_VARIABLE = "SOLEUS_SHELF_PASSWORD"  # noqa: S105  # a name, not a password
KINDS: Mapping[str, str] = MappingProxyType(
    {DocumentKind.ARTICLE: "Article", DocumentKind.FORUM_THREAD: "Forum thread"}
)
TIERS: Mapping[str, str] = MappingProxyType(
    {
        TrustTier.CLINICIAN: "Clinician or health service",
        TrustTier.PRACTITIONER: "Experience, no credential stated",
        TrustTier.FORUM: "Runners’ own accounts",
    }
)
_MIB = 1024 * 1024


def render_closed(password: str) -> str:
    """Why nothing can be changed here, and how to change that; "" when it can."""
    if password and len(password) >= SHORTEST_PASSWORD:
        return ""
    why = "its password is shorter than that" if password else "no password is set"
    return (
        '<section class="desk"><h2>For whoever runs this page</h2><p>This page is for reading only,'
        f" because {why}. To add documents here, start Soleus with a password of at least"
        f" {SHORTEST_PASSWORD} characters in the environment:</p><p><kbd>{PASSWORD_VARIABLE}="
        "… make run</kbd></p><p>On the machine itself none is needed:"
        " <kbd>python -m assistant add FILE…</kbd></p></section>"
    )


def render_sign_in(wrong: str = "", *, up: str = ".") -> str:
    """The form for the password. `wrong`: why the last try did not work."""
    said = (
        f'<p class="field__wrong" id="password-said" role="alert">{escape(wrong)}</p>'
        if wrong
        else ""
    )
    tied = ' aria-describedby="password-said" aria-invalid="true"' if wrong else ""
    return (
        '<section class="desk" id="signin"><h2>For whoever runs this page</h2>'
        f'<form method="post" action="{up}{SHELF}/enter" class="signin"><div class="field">'
        '<label for="password">The operator’s password</label><input type="password" id="password"'
        f' name="password" autocomplete="current-password" required{tied}>{said}</div>'
        f"{button('Sign in to change the shelf', 'button--main')}</form>"
        f'<p class="small">Signing in sets one cookie, for this page only. It ends after'
        f" {IDLE / 60:.0f} idle minutes.</p></section>"
    )


def render_bar(csrf: str, last_change: str, waiting: Preview | None) -> str:
    """What an operator can do anywhere on the page."""
    undo = (
        form("undo", csrf, button(f"Undo {last_change}"))
        if last_change
        else '<span class="small">Nothing to undo.</span>'
    )
    look = (
        f'<a class="button" href="{to(show="preview")}">Look at what waits'
        f" ({len(waiting.proposals):,})</a>"
        if waiting
        else ""
    )
    return (
        '<section class="bar" aria-label="Changing the shelf"><p><strong>You can change this shelf.'
        f"</strong></p><div class='bar__tools'>{look}{undo}"
        f"{form('leave', csrf, button('Sign out'))}</div></section>"
    )


def render_add(csrf: str) -> str:
    """Files by dragging or choosing, or one address."""
    most = f"{LARGEST_FILE // _MIB} MB a file, {LARGEST_UPLOAD // _MIB} MB and {MOST_FILES} files"
    tiers = {"": "Guess; I will check", **TIERS}
    from_web = field(
        "address",
        "Or the address of a page or a sitemap",
        "",
        hint="Starts with https://",
        kind="url",
    )
    inside = (
        '<div class="drop" id="drop"><label for="files"><strong>Add documents</strong>'
        '<span class="drop__hint">Drag them here, or choose them</span></label>'
        f'<input type="file" id="files" name="files" multiple data-file="{LARGEST_FILE}"'
        f' data-all="{LARGEST_UPLOAD}" data-most="{MOST_FILES}" aria-describedby="files-said">'
        '<p class="field__hint" id="files-said" aria-live="polite">.txt, .md, .html, .pdf, .docx,'
        f" .epub, .csv; up to {most} at a time.</p></div>"
        f'<div class="pair">{from_web}{choice("tier", "Who wrote them?", "", tiers)}</div>'
        f"<p>{button('Look before it goes live', 'button--main')}"
        ' <span class="small">Nothing changes yet.</span></p>'
    )
    return f'<section class="desk">{form("add", csrf, inside, kind="add", files=True)}</section>'


def render_details(details: Details, draft: Draft | None, ending: str = "") -> str:
    """The fields in which an operator says what a document is."""
    typed = dict(typed_of(details, ending))
    wrong: Mapping[str, str] = {}
    if draft is not None:
        typed |= {name: draft.typed.get(name, "") for name in typed}
        wrong = draft.wrong

    def line(name: str, label: str, hint: str = "", kind: str = "text") -> str:
        own = name + ending
        return field(own, label, typed[own], wrong=wrong.get(own, ""), hint=hint, kind=kind)

    def one_of(name: str, label: str, options: Mapping[str, str]) -> str:
        own = name + ending
        return choice(own, label, typed[own], options, wrong=wrong.get(own, ""))

    return (
        f'<div class="fields">{line("title", "Title")}{one_of("kind", "Kind", KINDS)}'
        f"{one_of('tier', 'Who wrote it?', TIERS)}{line('author', 'Author', 'Empty: not known')}"
        f"{line('published', 'Published', 'Empty: not known', 'date')}"
        f"{line('address', 'Address', 'Begins with https://, or empty: not known')}</div>"
    )


def render_edit(document: ShelfDocument, draft: Draft | None, csrf: str) -> str:
    """What is said of a document, to be changed."""
    inside = (
        f"{hidden('document', document.id)}{render_details(document.details, draft)}"
        f'<p class="tools">{button("Save", "button--main")}'
        f'<a class="button" href="{to(document=document.id)}">Leave it as it is</a></p>'
    )
    return f'<section class="desk">{form("edit", csrf, inside)}</section>'


def render_remove(document: ShelfDocument, csrf: str) -> str:
    """Whether it is meant."""
    inside = (
        f"{hidden('document', document.id)}"
        f"<p>“{escape(document.details.title)}” will vanish from the shelf and from every answer at"
        " once. It can be brought back with Undo, as long as it is among the last changes.</p>"
        f'<p class="tools">{button("Remove it", "button--grave")}'
        f'<a class="button" href="{to(document=document.id)}">Keep it</a></p>'
    )
    return f'<section class="desk">{form("remove", csrf, inside)}</section>'
