"""The model hub: what it says of a file, and its bytes from anywhere on."""

from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from assistant.errors import kind_and_place
from assistant.models.local.offers import Offer, PullError

_PATIENCE = 10.0
"""Seconds the hub gets to say something."""
_BY_HAND = (
    "What to do instead: download the file on another machine, copy it here, and set [llm] gguf to"
    " its path"
)


@dataclass(frozen=True, slots=True)
class Published:
    """A file as its publisher states it."""

    repository: str
    file: str
    revision: str
    """The commit these facts are from, so that what arrives is what was described."""
    size: int
    """In bytes."""
    sha256: str


class Hub:
    """The Hugging Face hub, or a server that speaks as it does."""

    def __init__(self, endpoint: str | None = None) -> None:
        """`endpoint`: another server's address; None: the hub, or what HF_ENDPOINT names."""
        self._endpoint = endpoint

    def published(self, offer: Offer) -> Published:
        """What the publisher states of an offer's file. Raises PullError."""
        from huggingface_hub import HfApi

        try:
            # No account is needed, so none that may be on this machine is told of it.
            info = HfApi(self._endpoint, token=False).model_info(
                offer.repository, files_metadata=True, timeout=_PATIENCE
            )
        except Exception as error:  # its HTTP library's own kinds cannot be named here
            raise _plain(error, offer) from None
        files = [each for each in info.siblings or () if offer.fits(each.rfilename)]
        if len(files) != 1 or not info.sha:
            raise PullError(
                f"{offer.repository} on the hub has {len(files)} files like {offer.file}, so it is"
                f" not as it was when the list of models was written. {_BY_HAND}."
            )
        file = files[0]
        if file.lfs is None or not file.lfs.sha256:
            raise PullError(
                f"The hub states no SHA-256 for {file.rfilename}, so nothing could be verified."
                f" {_BY_HAND}, if you trust it."
            )
        return Published(
            offer.repository, file.rfilename, info.sha, file.lfs.size, file.lfs.sha256.lower()
        )

    def fetch(self, wanted: Published, into: BinaryIO, have: int) -> None:
        """Write a file's bytes from `have` on; `into` stands there already.

        A connection that breaks is tried again a few times. Raises PullError, and OSError where
        the disk is the trouble.
        """
        from huggingface_hub import hf_hub_url
        from huggingface_hub.file_download import http_get
        from huggingface_hub.utils._headers import build_hf_headers

        url = hf_hub_url(
            wanted.repository, wanted.file, revision=wanted.revision, endpoint=self._endpoint
        )
        try:
            http_get(
                url,
                into,
                resume_size=have,
                expected_size=wanted.size,
                headers=build_hf_headers(token=False),
                tqdm_class=cast(Any, _NoBar),
            )
        except OSError as error:
            if error.errno is not None:  # the disk's, which the caller puts into words
                raise
            raise _broken(error, wanted) from None
        except Exception as error:
            raise _broken(error, wanted) from None


def _plain(error: Exception, offer: Offer) -> PullError:
    """Why the hub said nothing of an offer."""
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

    if isinstance(error, OfflineModeIsEnabled):
        return PullError(f"HF_HUB_OFFLINE is set, so nothing is downloaded. {_BY_HAND}.")
    if isinstance(error, HfHubHTTPError):
        status = error.response.status_code
        return PullError(
            f"The hub answered {status} when asked for {offer.repository}. Try again later, or:"
            f" {_BY_HAND}."
        )
    return PullError(
        f"The hub cannot be reached from this machine ({type(error).__name__}). {_BY_HAND}"
        f" (repository {offer.repository}, the file like {offer.file})."
    )


def _broken(error: Exception, wanted: Published) -> PullError:
    return PullError(
        f"The download of {wanted.file} broke off ({kind_and_place(error)}). Run the same command"
        " again: it goes on from there."
    )


class _NoBar:
    """Takes the place of the hub's own bar of progress; ours is drawn from what is written."""

    def __init__(self, *_: object, **__: object) -> None:
        return

    def __enter__(self) -> "_NoBar":
        return self

    def __exit__(self, *_: object) -> None:
        return

    def update(self, _: float = 1) -> None:
        """Draws nothing."""

    def close(self) -> None:
        """Nothing to close."""
