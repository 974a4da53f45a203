import pytest

from eval.external.names import NAMES, module_of
from eval.external.report import ExternalError


@pytest.mark.parametrize("name", NAMES)
def test_every_name_has_code_that_runs(name: str) -> None:
    assert callable(module_of(name).run)


def test_another_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(ExternalError, match="xquad_en"):
        module_of("files")
