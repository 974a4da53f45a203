"""Whose machine reads the questions is told from the address; in doubt readers are asked."""

from pathlib import Path

import pytest

from assistant.models.card import ModelCard, card_of
from assistant.models.place import Place, host_of, place_of
from assistant.settings import LlmSettings

HERE = """http://localhost:11434/v1 http://LOCALHOST/v1 http://localhost./v1 http://a.localhost/v1
http://127.0.0.1:8080/v1 http://127.9.9.9/v1 http://[::1]:1/v1 http://0.0.0.0:1/v1
http://[::ffff:127.0.0.1]/v1""".split()
NEAR = """http://10.1.2.3/v1 http://172.16.0.1/v1 http://172.31.255.255/v1 http://192.168.1.7:1234/v1
http://169.254.3.4/v1 http://[fd00::1]/v1 http://[fe80::1]/v1 http://[fe80::1%25eth0]/v1
http://[::ffff:192.168.0.1]/v1 http://gpu/v1 http://llama_server:8000/v1 http://big.local/v1
http://big.lan/v1 http://llm.club.internal/v1 https://big.local./v1""".split()
FAR = """https://api.example.org/v1 http://8.8.8.8/v1 http://172.32.0.1/v1 http://11.0.0.1/v1
http://192.0.2.1/v1 http://198.18.0.1/v1 http://100.64.0.1/v1 http://[2001:db8::1]/v1
http://[::ffff:8.8.8.8]/v1 http://134744072/v1 http://0x08080808/v1 http://0x8.8/v1 http://8.8/v1
http://1.2.3.4.local.example/v1 http://localhost.example.org/v1 http://evil\u3002com/v1
http://\uff47\uff50\uff55/v1 http://mylocal.localx/v1 http://[::1/v1 http:// http:///v1
http://a\\.local/v1 http://.local/v1 http://-/v1""".split()


@pytest.mark.parametrize("address", HERE)
def test_it_is_this_machine(address: str) -> None:
    assert place_of(address) is Place.HERE


@pytest.mark.parametrize("address", NEAR)
def test_it_is_the_local_network(address: str) -> None:
    assert place_of(address) is Place.NEAR


@pytest.mark.parametrize("address", FAR)
def test_it_is_somebody_elses(address: str) -> None:
    assert place_of(address) is Place.FAR


def test_a_host_is_named_without_the_rest() -> None:
    assert host_of("https://API.Example.org.:8443/v1?a=b") == "api.example.org"


def card(**said: object) -> ModelCard | None:
    return card_of(LlmSettings.model_validate(said))


def test_no_model_has_no_card() -> None:
    assert card() is None


def test_readers_are_asked_before_somebody_else_reads() -> None:
    far = card(base_url="https://api.example.org/v1", model="m")
    assert far == ModelCard("m", "api.example.org", asks_consent=True)


def test_who_runs_the_server_is_said_as_the_operator_says_it() -> None:
    far = card(base_url="https://api.example.org/v1", model="m", served_by="Example Ltd, Berlin")
    assert far == ModelCard("m", "Example Ltd, Berlin", asks_consent=True)


def test_nobody_is_asked_about_the_clubs_own_machines() -> None:
    assert card(base_url="http://127.0.0.1:1/v1", model="m") == ModelCard("m")
    assert card(base_url="http://gpu.lan/v1", model="m") == ModelCard("m", "gpu.lan")


@pytest.mark.parametrize("where", [{"base_url": "http://127.0.0.1:1/v1"}, {"gguf": "m.gguf"}])
def test_everybody_is_asked_where_the_operator_wants_it(where: dict[str, str]) -> None:
    asked = card(**where, model="m", consent="always")
    assert asked == ModelCard("m", asks_consent=True)


def test_a_file_goes_by_its_name_unless_it_is_given_one() -> None:
    path = Path("models") / "calf-1.5b.Q4.gguf"
    assert card(gguf=path) == ModelCard("calf-1.5b.Q4")
    assert card(gguf=path, model="Calf") == ModelCard("Calf")
