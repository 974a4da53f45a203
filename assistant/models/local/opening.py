"""A model file on this machine, from the settings."""

from assistant.models.address import Server
from assistant.models.local.local_model import LocalModel
from assistant.models.local.server import LocalServer, Served
from assistant.models.model import FORMS
from assistant.models.openai_server import OpenAIServer
from assistant.settings import LlmSettings


def open_local(llm: LlmSettings) -> LocalModel:
    """The model that `gguf` names; nothing is started or looked at yet.

    Raises ValueError where the settings name no file.
    """
    if llm.gguf is None:
        raise ValueError("the settings name no model file")
    name = llm.model.strip() or llm.gguf.stem

    def connect(served: Served) -> OpenAIServer:
        return OpenAIServer(
            Server(
                served.base_url,
                "local",
                llm.context,
                key=served.key,
                temperature=llm.temperature,
                seed=llm.seed,
                connect_timeout=llm.connect_timeout,
                silence_timeout=llm.silence_timeout,
                total_timeout=llm.total_timeout,
                tells_progress=True,
                proxies=False,
            ),
            form=llm.form,
            name=name,
        )

    server = LocalServer(llm.gguf, context=llm.context, threads=llm.threads, seed=llm.seed)
    return LocalModel(name, FORMS[llm.form], server, connect)
