"""Where a user's own data lies: outside the program, which an update may replace."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from assistant.settings_part import ROOT


def own_folder() -> Path:
    """Where a user's own data belongs, by the convention of the system (XDG base directories)."""
    data = os.environ.get("XDG_DATA_HOME", "")
    # The convention itself says that a relative path there is to be passed over.
    home = Path(data) if data.startswith("/") else Path.home() / ".local" / "share"
    return home / "soleus"


def _of_the_user(folder: object) -> object:
    return own_folder() if folder in ("", Path()) else folder


def _outside(folder: Path) -> Path:
    place = ROOT / folder.expanduser()
    if place.resolve().is_relative_to(ROOT):
        raise ValueError("must lie outside the folder of the program")
    return place


OwnFolder = Annotated[Path, BeforeValidator(_of_the_user), AfterValidator(_outside)]
"""A folder of the user's; empty: $XDG_DATA_HOME/soleus or ~/.local/share/soleus."""
