"""A model file that llama.cpp runs on this machine, in a process of its own (docs/models.md)."""

from assistant.models.local.opening import open_local

__all__ = ["open_local"]
