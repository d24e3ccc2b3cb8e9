"""What the documents do not hold is refused before a model is asked; what they hold is not."""

from collections.abc import Callable

import pytest

from app.domain.chat.conversation import AnswerState
from app.domain.models.model import Calibration
from app.engines.fake import FakeChat, FakeEmbedder
from app.services.models.known_models import KnownModels
from app.services.models.service import ModelService
from tests.services.conftest import RESOURCES, House

#: For the test embedder, whose cosine is the share of common words.
CALIBRATION = Calibration(least_evidence=0.5, least_evidence_across=0.5)
NOTICE = "The boiler is inspected by foreman Guseva every second Monday.\n\n"
CANTEEN = "The canteen opens at noon and closes at three.\n\n"


@pytest.fixture
def house(open_house: Callable[..., House]) -> House:
    opened = open_house(chat=FakeChat(lambda _: "Foreman Guseva [1]."), calibration=CALIBRATION)
    opened.services.library.add([opened.file("notice.txt", NOTICE), opened.file("c.txt", CANTEEN)])
    return opened


def test_a_question_that_the_documents_answer_is_answered(house: House) -> None:
    question = "Who inspects the boiler every second Monday?"
    assert house.services.retrieval.find(question).sufficient
    answer = house.ask(question)
    assert (answer.state, answer.text) == (AnswerState.DONE, "Foreman Guseva [1].")


@pytest.mark.parametrize(
    "question",
    ["What is the capital of Peru?", "Which salary does a port director get?", "Кто поёт в опере?"],
)
def test_a_question_that_they_do_not_answer_is_refused(house: House, question: str) -> None:
    found = house.services.retrieval.find(question)
    assert found.segments  # the nearest passages are shown all the same
    assert not found.sufficient
    answer = house.ask(question)
    assert answer.state == AnswerState.ABSTAINED
    assert house.chat.asked == []


def test_a_model_that_nobody_calibrated_refuses_nothing(open_house: Callable[..., House]) -> None:
    house = open_house()
    house.services.library.add([house.file("notice.txt", NOTICE)])
    assert house.services.retrieval.find("What is the capital of Peru?").sufficient


def test_calibration_goes_by_the_weights_and_not_by_the_name(house: House) -> None:
    (model,) = (each for each in house.services.models.all() if each.name == "fake-embedder")
    known = KnownModels(RESOURCES)
    assert known.calibration(model) == Calibration()
    assert isinstance(house.services.models, ModelService)
    assert isinstance(house.services.models.embedder(), FakeEmbedder)


def test_the_default_model_is_calibrated() -> None:
    import tomllib
    from dataclasses import replace

    from app.domain.models.model import Model, ModelKind, ModelShape

    entries = tomllib.loads((RESOURCES / "models.toml").read_text("utf-8"))["model"]
    (default,) = (each for each in entries if each.get("default"))
    model = Model("my own name", ModelKind.EMBEDDING, "", "bert", default["sha256"], ModelShape(1))
    assert KnownModels(RESOURCES).calibration(model).least_evidence > 0
    unknown = replace(model, name=default["name"], sha256="0" * 64)
    assert KnownModels(RESOURCES).calibration(unknown) == Calibration()
