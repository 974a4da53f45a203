"""The real thing: the folder of the settings, the real readers, the real index."""

from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.shelving.shelving import Shelving
from corpus.library.library import Library
from index.build import BuildSummary
from index.encode import Progress

if TYPE_CHECKING:
    from index.choosing import AnyEncoder


def shelving_of(settings: Settings, encoder: "AnyEncoder | None" = None) -> Shelving:
    """Looks after the documents that the settings name. `encoder`: one that is loaded already."""
    from assistant.wire import rebuild_index

    def follow(own: Library, progress: Progress) -> BuildSummary:
        return rebuild_index(settings, own=own, progress=progress, encoder=encoder)

    return Shelving(settings.shelf.folder, follow)
