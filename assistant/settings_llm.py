"""The settings of the language model."""

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from assistant.settings_part import ROOT, Part


class LlmSettings(Part):
    """The language model that words answers; none is asked while neither `base_url` nor `gguf` is
    set.

    Whatever it writes is checked sentence by sentence against the texts (assistant/writing).
    """

    base_url: str = ""
    """A server that speaks OpenAI's API, e.g. http://127.0.0.1:11434/v1. Its key comes from the
    environment alone: SOLEUS_LLM_KEY."""
    gguf: Path | None = None
    """Instead of a server: a model file that llama.cpp runs on this machine (docs/models.md)."""
    model: str = ""
    """What the server calls the model; readers are shown it. With `gguf`, the name shown."""
    served_by: str = ""
    """Who runs the server, as readers are told before they consent; empty: its host name."""
    consent: Literal["auto", "always"] = "auto"
    """Whether readers are asked before a server reads their question. "auto": unless the server
    is this machine or one of the local network."""
    form: Literal["auto", "json", "tagged"] = "auto"
    """How drafts are asked for; "auto": JSON held to a schema, until the server refuses that."""
    context: int = Field(default=4096, ge=1024, le=1_000_000)
    """Tokens the model can read and write at once; what does not fit is not sent."""
    max_tokens: int = Field(default=400, ge=50, le=4000)
    """Tokens a draft may have."""
    temperature: float = Field(default=0.0, ge=0.0, le=2.0)
    """0: the same question gets the same draft, as far as the server can."""
    seed: int = 7
    """For servers that draw lots all the same."""
    connect_timeout: float = Field(default=3.0, gt=0.0, le=60.0)
    """Seconds until a server must have taken the call."""
    silence_timeout: float = Field(default=60.0, gt=0.0, le=600.0)
    """Seconds without a word from the server after which it counts as slow."""
    total_timeout: float = Field(default=120.0, gt=0.0, le=1200.0)
    """Seconds after which a draft is broken off."""
    deadline: float = Field(default=8.0, ge=0.0, le=120.0)
    """Seconds a reader waits for the first checked sentence before the quotes are shown."""
    rest: float = Field(default=30.0, ge=0.0, le=3600.0)
    """Seconds a server that failed is left alone, so that the next reader need not wait for it."""
    at_once: int = Field(default=4, ge=1, le=100)
    """Drafts written at the same time; who comes then gets the quotes."""
    rewrite: bool = True
    """Whether the model may reword a follow-up that finds nothing by itself."""
    threads: int = Field(default=0, ge=0, le=256)
    """Processor threads for `gguf`; 0: as many as there are cores."""
    price_in: float = Field(default=0.0, ge=0.0)
    """Price of a million tokens read, in `currency`; likewise of tokens written."""
    price_out: float = Field(default=0.0, ge=0.0)
    """And of a million tokens written."""
    currency: str = "USD"
    """In which the prices are."""

    @field_validator("gguf", mode="before")
    @classmethod
    def _none_named(cls, gguf: object) -> object:
        return None if gguf == "" else gguf

    @field_validator("gguf")
    @classmethod
    def _from_root(cls, gguf: Path | None) -> Path | None:
        return None if gguf is None else ROOT / gguf.expanduser()

    @field_validator("base_url")
    @classmethod
    def _an_address(cls, base_url: str) -> str:
        address = base_url.strip().rstrip("/")
        if address and not address.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        if "@" in address:
            raise ValueError("must hold no user or password; the key goes into SOLEUS_LLM_KEY")
        return address

    @model_validator(mode="after")
    def _one_of_two(self) -> "LlmSettings":
        if self.base_url and self.gguf:
            raise ValueError("set base_url or gguf, not both")
        if self.base_url and not self.model.strip():
            raise ValueError("base_url needs model: what the server calls the model")
        return self

    @property
    def wanted(self) -> bool:
        """Whether a model is to word answers."""
        return bool(self.base_url or self.gguf)
