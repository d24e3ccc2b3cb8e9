"""What an assistant changes: the prompt, its tone, sampling, adapter, where answers come from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from app.domain.chat.assistants import (
    HOTTEST,
    MOST_TOKENS,
    STRONGEST,
    AdapterStrength,
    AnswerLanguage,
    Assistant,
    Tone,
)
from app.domain.chat.conversation import SentPrompt
from app.domain.chat.variables import Variable
from app.domain.chat.versions import Field, changed_fields
from app.domain.errors import (
    AccessDenied,
    AssistantMissing,
    NameTaken,
    PlacesWithoutValue,
    VersionMissing,
)
from app.domain.events import AssistantsChanged
from app.domain.library.documents import Scope
from app.domain.progress import NoControl
from app.engines.fake import FakeChat
from app.services.assistants.prompts import Prompts
from app.services.chat.context import AnswerRequest
from tests.services.conftest import RESOURCES, House, add_model

QUESTION = "When is the oil filter changed?"
TEXT = "The pump delivers 120 litres a minute. Change the oil filter every 500 hours."


@pytest.fixture
def filled(house: House) -> House:
    house.services.library.add([house.file("pump.txt", TEXT)])
    return house


def _made(house: House, name: str = "Manuals", **values: object) -> Assistant:
    return house.services.assistants.create(Assistant("", name, **values))  # type: ignore[arg-type]


def _sent(house: House, assistant: str, conversation: str = "") -> SentPrompt:
    """What was sent to the model for a question to that assistant."""
    conversations = house.services.conversations
    conversation = conversation or conversations.begin(QUESTION, assistant)
    sent = conversations.prompt(house.ask(QUESTION, conversation).id)
    assert sent is not None
    return sent


def _adapter(house: House, name: str) -> str:
    return house.services.adapters.add(house.file(f"{name}.gguf", b"GGUF adapter")).id


# -- making them ----------------------------------------------------------------------------------


def test_one_is_made_changed_doubled_deleted_and_taken_back(house: House) -> None:
    assistants, told = house.services.assistants, list[AssistantsChanged]()
    house.services.events.subscribe(AssistantsChanged, told.append)
    made = _made(house, "  Staff   questions ", tone=Tone.FORMAL)
    assert made.name == "Staff questions"
    assistants.change(Assistant(made.id, "HR", instruction="Be exact."))
    assert assistants.get(made.id) == Assistant(made.id, "HR", instruction="Be exact.")
    copy = assistants.duplicate(assistants.named("hr"))
    assert (copy.name, copy.instruction) == ("HR 2", "Be exact.")
    assert copy.id != made.id
    assistants.remove(made.id)
    assert assistants.all() == [copy]
    with pytest.raises(AssistantMissing):
        assistants.named("HR")
    assistants.restore(made.id)
    assert [each.name for each in assistants.all()] == ["HR", "HR 2"]
    assert len(told) == 5


@pytest.mark.parametrize("name", ["MANUALS", " manuals  ", "", "   "])
def test_a_name_is_needed_and_is_anybodys_only_once(house: House, name: str) -> None:
    _made(house)
    with pytest.raises(NameTaken):
        _made(house, name)
    assert len(house.services.assistants.all()) == 1


def test_one_that_comes_back_gives_way_to_its_name(house: House) -> None:
    first = _made(house)
    house.services.assistants.remove(first.id)
    second = _made(house)
    house.services.assistants.restore(first.id)
    names = {each.id: each.name for each in house.services.assistants.all()}
    assert names == {first.id: "Manuals 2", second.id: "Manuals"}


def test_numbers_stay_within_what_can_be_chosen(house: House) -> None:
    made = _made(house, temperature=9.0, max_tokens=10**6, adapters=(AdapterStrength("a", -1.0),))
    assert (made.temperature, made.max_tokens, made.strength("a")) == (HOTTEST, MOST_TOKENS, 0.0)
    assert _made(house, "Strong", adapters=(AdapterStrength("a", 7.0),)).strength("a") == STRONGEST


def test_a_reader_sees_assistants_and_changes_none(open_house: Callable[..., House]) -> None:
    made = _made(open_house())
    reader = open_house("Rita").services.assistants
    assert reader.all() == [made]
    assert not reader.may_change
    for act in (reader.create, reader.change, reader.duplicate):
        with pytest.raises(AccessDenied):
            act(made)
    with pytest.raises(AccessDenied):
        reader.roll_back(made, 1)
    for act_by_id in (reader.remove, reader.restore, reader.archive):
        with pytest.raises(AccessDenied):
            act_by_id(made.id)
    assert open_house("Egor").services.assistants.may_change


def test_every_change_is_a_version_and_a_roll_back_is_one_more(house: House) -> None:
    assistants = house.services.assistants
    made = _made(house, instruction="Be exact.")
    assistants.change(made)
    assistants.change(replace(made, name="Pumps", instruction="Be kind."))
    versions = assistants.versions(made.id)
    told = [(each.number, each.assistant.instruction, each.by) for each in versions]
    assert told == [(2, "Be kind.", "Anna"), (1, "Be exact.", "Anna")], "saving unchanged is none"
    back = assistants.roll_back(assistants.named("Pumps"), 1)
    assert back == made == assistants.get(made.id)
    assert [each.number for each in assistants.versions(made.id)] == [3, 2, 1]
    with pytest.raises(VersionMissing):
        assistants.roll_back(made, 4)
    _made(house, "Pumps")
    with pytest.raises(NameTaken):
        assistants.roll_back(made, 2)
    assert assistants.get(made.id) == made


def test_one_that_is_put_away_is_no_choice_and_still_answers(filled: House) -> None:
    assistants = filled.services.assistants
    made = _made(filled, instruction="Be exact.")
    conversation = filled.services.conversations.begin(QUESTION, made.id)
    assistants.archive(made.id)
    assert (assistants.all(), assistants.archived(), assistants.every()) == ([], [made], [made])
    assert "Be exact." in _sent(filled, "", conversation).turns[0].text
    with pytest.raises(NameTaken):
        _made(filled)
    assistants.archive(made.id, away=False)
    assert (assistants.all(), assistants.archived()) == ([made], [])


# -- what they change -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "spoken"), [(QUESTION, "en"), ("Когда меняют масляный фильтр?", "ru")]
)
def test_the_instruction_and_the_tone_stand_in_the_prompt(
    filled: House, question: str, spoken: str
) -> None:
    made = _made(filled, instruction="Name the paragraph. ", tone=Tone.BRIEF)
    conversation = filled.services.conversations.begin(question, made.id)
    filled.services.library.add([filled.file("фильтр.txt", "Масляный фильтр меняют раз в год.")])
    filled.ask(question, conversation)
    prompts = Prompts(RESOURCES)
    parts = (
        prompts.get("answer", spoken),
        "Name the paragraph.",
        prompts.get("tone-brief", spoken),
    )
    assert filled.chat.asked[-1][0].text == "\n".join(parts)


@pytest.mark.parametrize(
    ("language", "spoken"), [(AnswerLanguage.RUSSIAN, "ru"), (AnswerLanguage.ENGLISH, "en")]
)
def test_a_language_of_its_own_is_that_of_the_whole_prompt(
    filled: House, language: AnswerLanguage, spoken: str
) -> None:
    made = _made(filled, tone=Tone.BRIEF, language=language)
    _sent(filled, made.id)
    prompts = Prompts(RESOURCES)
    parts = [prompts.get(use, spoken) for use in ("answer", "tone-brief", "language")]
    opening = filled.chat.asked[-1]
    assert opening[0].text == "\n".join(parts)
    assert opening[1].text == prompts.get("example-question", spoken)
    assert opening[-1].text.endswith(prompts.get("language", spoken)), "and is said last"


def test_places_of_the_instruction_are_filled_for_whoever_asks(
    filled: House, open_house: Callable[..., House]
) -> None:
    services = filled.services
    told = "You serve {company}. {User name} asks you on {date}, {дата}."
    made = Assistant("", "Staff", instruction=told)
    with pytest.raises(PlacesWithoutValue) as refused:
        services.assistants.create(made)
    assert refused.value.facts["places"] == "{company}"
    made = services.assistants.create(replace(made, variables=(Variable("Company", " Larets "),)))
    assert made.variables == (Variable("company", "Larets"),)
    house = open_house("Rita", FakeChat())
    house.ask(QUESTION, house.services.conversations.begin(QUESTION, made.id))
    today = datetime.now().astimezone().strftime("%Y-%m-%d")
    assert f"You serve Larets. Rita asks you on {today}, {today}." in house.chat.asked[0][0].text


def test_values_are_part_of_a_version(house: House) -> None:
    assistants = house.services.assistants
    first = Assistant("", "Staff", instruction="{company}", variables=(Variable("company", "One"),))
    made = assistants.create(first)
    assistants.change(replace(made, variables=(Variable("company", "Two"),)))
    now, before = assistants.versions(made.id)
    assert changed_fields(now.assistant, before.assistant) == (Field.VARIABLES,)
    assert assistants.roll_back(made, 1).variables == (Variable("company", "One"),)
    with pytest.raises(PlacesWithoutValue):
        assistants.change(replace(made, instruction="{company}, {street}"))


def test_temperature_and_length_are_used(filled: House) -> None:
    made = _made(filled, temperature=0.8, max_tokens=64)
    sent = _sent(filled, made.id)
    assert (sent.temperature, sent.max_tokens) == (0.8, 64)
    usual = _sent(filled, "")
    assert (usual.temperature, usual.max_tokens) == (0.0, 512)


def test_each_speaks_with_its_own_adapter(filled: House) -> None:
    adapters = filled.services.adapters
    first, second, third = (_adapter(filled, name) for name in ("manner", "law", "always on"))
    adapters.use("always on", 0.3)
    polite = _made(
        filled, "Polite", adapters=(AdapterStrength(first, 0.5), AdapterStrength(third, 0.2))
    )
    lawyer = _made(filled, "Lawyer", adapters=(AdapterStrength(second, 1.5),))
    usual = _made(filled, "Usual")
    assert third not in (first, second)
    for each in (polite, lawyer, usual):
        _sent(filled, each.id)
    adapted = [[(each.name, each.scale) for each in some] for some in filled.chat.adapted]
    assert adapted == [[("always on", 0.2), ("manner", 0.5)], [("law", 1.5)], [("always on", 0.3)]]


def test_an_adapter_that_was_removed_leaves_the_model_alone(filled: House) -> None:
    made = _made(filled, adapters=(AdapterStrength(_adapter(filled, "manner")),))
    assert _sent(filled, made.id).adapters == (("manner", 1.0),)
    filled.services.adapters.remove("manner")
    assert _sent(filled, made.id).adapters == ()


def test_it_answers_from_its_collections_alone(filled: House) -> None:
    library = filled.services.library
    other = library.create("Other")
    text = "The oil filter of the other pump is changed every 200 hours."
    library.add([filled.file("other.txt", text)], collection=other.id)
    made = _made(filled, collections=(other.id,))
    conversation = filled.services.conversations.begin(QUESTION, made.id)
    found = {each.segment.name for each in filled.ask(QUESTION, conversation).sources}
    assert found == {"other.txt"}
    (first,) = (each for each in library.collections() if each.id != other.id)
    narrowed = AnswerRequest(Scope(collections=frozenset({first.id})))
    chat = filled.services.chat
    answer = chat.answer(conversation, QUESTION, NoControl(), narrowed)
    assert {each.segment.name for each in answer.sources} == {"pump.txt"}, "the user's word wins"
    library.delete(other.id)
    assert filled.ask(QUESTION, conversation).sources == (), "and never all of them instead"


def test_another_takes_over_within_a_conversation(filled: House) -> None:
    first = _made(filled, "First", instruction="Speak as the first.")
    second = _made(
        filled,
        "Second",
        instruction="Speak as the second.",
        adapters=(AdapterStrength(_adapter(filled, "manner")),),
    )
    conversations = filled.services.conversations
    conversation = conversations.begin(QUESTION, first.id)
    assert "Speak as the first." in _sent(filled, "", conversation).turns[0].text
    conversations.choose_assistant(conversation, second.id)
    sent = _sent(filled, "", conversation)
    assert "Speak as the second." in sent.turns[0].text
    assert "Speak as the first." not in sent.turns[0].text
    assert sent.adapters == (("manner", 1.0),)
    asked = [each for each in sent.turns if QUESTION in each.text]
    assert len(asked) == 2, "what was said before is still known"
    conversations.choose_assistant(conversation, "")
    assert _sent(filled, "", conversation).adapters == ()


def test_a_change_and_a_deletion_reach_open_conversations(filled: House) -> None:
    assistants = filled.services.assistants
    made = _made(filled, instruction="Be exact.")
    conversation = filled.services.conversations.begin(QUESTION, made.id)
    assistants.change(Assistant(made.id, made.name, instruction="Be kind."))
    assert "Be kind." in _sent(filled, "", conversation).turns[0].text
    assistants.remove(made.id)
    assert "Be kind." not in _sent(filled, "", conversation).turns[0].text
    assistants.restore(made.id)
    assert "Be kind." in _sent(filled, "", conversation).turns[0].text


def test_a_conversation_knows_its_assistant_after_a_lock(open_house: Callable[..., House]) -> None:
    house = open_house()
    made = _made(house, instruction="Be exact.")
    conversation = house.services.conversations.begin(QUESTION, made.id)
    again = open_house()
    assert again.services.conversations.one(conversation).assistant == made.id
    assert again.services.assistants.get(made.id) == made


def test_it_answers_by_its_own_model_while_that_is_there(
    filled: House, open_house: Callable[..., House]
) -> None:
    add_model(filled.paths.kit, "second-chat", "chat", b"GGUF and other weights")
    house = open_house()
    made = _made(house, model="second-chat")
    plain = house.services.conversations.begin(QUESTION)
    assert house.ask(QUESTION, plain).model == "fake-chat"
    own = house.services.conversations.begin(QUESTION, made.id)
    assert house.ask(QUESTION, own).model == "second-chat"
    assert house.services.inference.open()[1].name == "second-chat", "a title loads nothing anew"
    assert house.ask(QUESTION, plain).model == "fake-chat"
    house.services.models.remove("second-chat")
    assert house.ask(QUESTION, own).model == "fake-chat"


def test_a_strict_one_shows_nothing_that_no_passage_confirms(
    open_house: Callable[..., House],
) -> None:
    house = open_house(chat=FakeChat(lambda _: "The filter lasts 900 days."))
    house.services.library.add([house.file("pump.txt", TEXT)])
    usual, strict = _made(house, "Usual"), _made(house, "Strict", strict=True)
    begin = house.services.conversations.begin
    told = house.ask(QUESTION, begin(QUESTION, usual.id))
    assert "900 days" in told.text
    kept = house.ask(QUESTION, begin(QUESTION, strict.id))
    assert "900 days" not in kept.text
    assert kept.sources, "the passages are shown"
