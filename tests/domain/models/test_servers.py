"""Where a model server may lie."""

import pytest

from app.domain.errors import ModelServerAddress
from app.domain.models.servers import ModelServer, ServerPlace


@pytest.mark.parametrize(
    ("url", "shown", "path", "protected"),
    [
        ("https://llm.firm.example:8443/v1", "llm.firm.example:8443", "/v1", True),
        ("https://llm.firm.example", "llm.firm.example:443", "/v1", True),
        ("https://10.0.0.7/openai/v1/", "10.0.0.7:443", "/openai/v1", True),
        ("http://127.0.0.1:8080/v1", "127.0.0.1:8080", "/v1", False),
        ("http://localhost:8080", "localhost:8080", "/v1", False),
    ],
)
def test_an_address(url: str, shown: str, path: str, protected: bool) -> None:
    place = ServerPlace.of(url)
    assert (place.shown, place.path, place.protected) == (shown, path, protected)


@pytest.mark.parametrize(
    "url",
    [
        "http://llm.firm.example:8080/v1",
        "ftp://llm.firm.example",
        "llm.firm.example:8080",
        "https://",
        "https://user:word@llm.firm.example",
        "https://llm.firm.example/v1?key=secret",
        "https://llm.firm.example:port",
        "",
    ],
)
def test_what_would_go_through_a_network_unprotected_is_none(url: str) -> None:
    with pytest.raises(ModelServerAddress):
        ServerPlace.of(url)


def test_the_mark_tells_models_apart_whatever_the_order_of_servers() -> None:
    one = ModelServer(("https://a", "https://b"), "m")
    assert one.mark == ModelServer(("https://b", "https://a"), "m", key="k").mark
    assert one.mark != ModelServer(("https://a",), "m").mark
    assert one.mark != ModelServer(("https://a", "https://b"), "n").mark
