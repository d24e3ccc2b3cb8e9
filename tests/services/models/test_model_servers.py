"""A model on a server of the department: the real way there, a real model behind it."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.domain.chat.conversation import AnswerState
from app.domain.errors import (
    ForbiddenByPolicy,
    ModelOnServer,
    ModelServerAway,
    ModelServerRefused,
    NameTaken,
)
from app.domain.models.model import Model
from app.domain.models.servers import ModelServer
from app.domain.progress import NoControl
from app.engines import fake
from app.engines.base import Engines
from app.engines.served.chat_model import ServedChat, open_served
from app.services.jobs import Job
from tests import model_server
from tests.certificates import HOST, certificate
from tests.model_server import KEY, NAME
from tests.services import conftest
from tests.services.conftest import House

pytestmark = pytest.mark.model
RULES = "The canteen of the plant is open from 11:30 to 15:00 on every working day."
ASKED = "When is the canteen of the plant open?"


@dataclass(frozen=True)
class Begun:
    """A server that was begun: its address, its process, its certificate, "" for none."""

    url: str
    process: "subprocess.Popen[bytes]"
    pem: str = ""

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def begun(chat_model: Path, pem: str = "") -> Begun:
    words = [sys.executable, model_server.__file__, str(chat_model), *([pem] if pem else [])]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3])
    assert process.stdout is not None
    port = int(process.stdout.readline())
    return Begun(f"{'https' if pem else 'http'}://{HOST}:{port}/v1", process, pem)


@pytest.fixture(scope="module")
def protected(chat_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Begun]:
    """One with a certificate."""
    one = begun(chat_model, certificate(tmp_path_factory.mktemp("certificate")))
    yield one
    one.end()


@pytest.fixture(scope="module")
def plain(chat_model: Path) -> Iterator[Begun]:
    """One without, on this very computer."""
    one = begun(chat_model)
    yield one
    one.end()


@pytest.fixture
def mortal(chat_model: Path) -> Iterator[Begun]:
    """One for a test that ends it."""
    one = begun(chat_model)
    yield one
    one.end()


@pytest.fixture
def member(monkeypatch: pytest.MonkeyPatch, open_house: Callable[..., House]) -> House:
    """With the real way to servers; the department is allowed, one document is there."""
    made = fake.fake_engines

    def engines(chat: fake.FakeChat) -> Engines:
        return replace(made(chat), open_served=open_served)

    monkeypatch.setattr(conftest, "fake_engines", engines)
    house = open_house()
    house.services.administration.policies.decide("department", "on")
    house.services.library.add([house.file("Rules.txt", RULES)], NoControl())
    return house


def added(house: House, url: str, *more: str, root: str = "", name: str = "strong") -> Model:
    server = ModelServer((url, *more), NAME, KEY, root)
    model = house.services.model_servers.add(name, server)
    house.services.models.use(name)
    return model


def test_it_answers_from_the_server_under_a_checked_certificate(
    member: House, protected: Begun
) -> None:
    model = added(member, protected.url, root=protected.pem)
    assert model.is_served
    assert model.context_length > 0
    answer = member.ask(ASKED)
    assert answer.model == "strong"
    assert answer.timings is not None
    assert answer.timings.prompt_tokens > 50
    assert not member.chat.asked, "the model of this computer was not asked"
    running = member.services.inference.running
    assert running is not None
    assert running.device == protected.url.removeprefix("https://").removesuffix("/v1")
    assert member.services.department.ways() == 1


@pytest.mark.parametrize("wrong", ["key", "model", "certificate", "nobody"])
def test_what_is_not_as_told_is_refused_in_words(
    member: House, protected: Begun, tmp_path: Path, wrong: str
) -> None:
    server = ModelServer(
        (f"https://{HOST}:1/v1" if wrong == "nobody" else protected.url,),
        "another" if wrong == "model" else NAME,
        "no key" if wrong == "key" else KEY,
        certificate(tmp_path) if wrong == "certificate" else protected.pem,
    )
    kind = ModelServerRefused if wrong in ("key", "model") else ModelServerAway
    with pytest.raises(kind) as told:
        member.services.model_servers.add("strong", server)
    if wrong == "model":
        assert NAME in str(told.value.facts["reason"])
    assert [each.name for each in member.services.models.all() if each.is_served] == []


def test_a_model_of_this_computer_answers_while_the_server_is_away(
    member: House, mortal: Begun
) -> None:
    added(member, mortal.url)
    assert member.ask(ASKED).model == "strong"
    mortal.end()
    answer = member.ask(ASKED)
    assert answer.model == "fake-chat"
    assert answer.state is AnswerState.DONE
    running = member.services.inference.running
    assert running is not None
    assert running.stands_in
    assert member.services.inference.is_away


def test_an_answer_that_breaks_off_is_written_by_this_computer(
    member: House, mortal: Begun
) -> None:
    added(member, mortal.url)
    answer = member.ask(f"{ASKED} BREAK")
    assert answer.model == "fake-chat"
    assert answer.state is AnswerState.DONE


def test_without_a_model_of_this_computer_the_error_says_who_is_away(
    member: House, mortal: Begun
) -> None:
    added(member, mortal.url)
    member.services.models.remove("fake-chat")
    mortal.end()
    with pytest.raises(ModelServerAway) as told:
        member.ask(ASKED)
    assert told.value.facts["name"] == "strong"


@pytest.mark.parametrize("manner", ["SLOWLY", "SILENT"])
def test_stop_ends_the_waiting_for_a_server(member: House, mortal: Begun, manner: str) -> None:
    added(member, mortal.url)
    member.services.inference.chat()
    job: Job = Job("ask", lambda _: None)
    threading.Timer(2.0, job.cancel).start()
    began = time.monotonic()
    conversation = member.services.conversations.begin(ASKED)
    answer = member.services.chat.answer(conversation, f"{ASKED} {manner}", job)
    assert time.monotonic() - began < 20, "a minute would pass, or a word a second"
    assert answer.state in (AnswerState.STOPPED, AnswerState.QUOTED)


def test_of_two_servers_the_less_busy_one_answers(
    member: House, plain: Begun, protected: Begun
) -> None:
    """Each of these counts every answer it ever gave as busy."""
    added(member, plain.url, protected.url, root=protected.pem)
    model, _ = member.services.inference.chat()
    assert isinstance(model, ServedChat)
    waiting = {each.place.port: each.waiting() for each in model.endpoints}
    member.ask(ASKED)
    later = {each.place.port: each.waiting() for each in model.endpoints}
    (answered,) = [port for port, count in later.items() if count > waiting[port]]
    assert waiting[answered] == min(waiting.values())


def test_the_policy_forbids_it_and_training_wants_a_file(member: House, plain: Begun) -> None:
    added(member, plain.url)
    with pytest.raises(ModelOnServer):
        member.services.adapters.base()
    with pytest.raises(NameTaken):
        member.services.model_servers.add("strong", ModelServer((plain.url,), NAME, KEY))
    member.services.administration.policies.decide("department", "off")
    with pytest.raises(ForbiddenByPolicy):
        member.ask(ASKED)
    assert member.services.model_servers.in_use() == ""


def test_it_is_there_after_a_lock_with_its_key(
    member: House, plain: Begun, open_house: Callable[..., House]
) -> None:
    added(member, plain.url)
    again = open_house()
    assert again.ask(ASKED).model == "strong"
    again.services.models.use("fake-chat")
    again.services.models.remove("strong")
    assert not any(each.is_served for each in again.services.models.all())
