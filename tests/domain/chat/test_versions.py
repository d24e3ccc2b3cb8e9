from dataclasses import replace

from app.domain.chat.assistants import Assistant, Tone
from app.domain.chat.versions import Field, LineKind, changed_fields, compared_lines

OLD = Assistant("1", "Law", instruction="Quote.\nBe brief.")


def test_fields_that_differ_are_named_in_their_order() -> None:
    new = replace(OLD, name="Laws", tone=Tone.FORMAL, collections=("a",))
    assert changed_fields(OLD, new) == (Field.NAME, Field.TONE, Field.COLLECTIONS)
    assert changed_fields(OLD, OLD) == ()


def test_every_field_of_an_assistant_but_its_id_can_differ() -> None:
    assert {field.value for field in Field} == set(Assistant.__dataclass_fields__) - {"id"}


def test_the_instruction_is_compared_line_by_line() -> None:
    lines = compared_lines(OLD.instruction, "Quote.\nBe kind.\nBe brief.")
    assert [(line.kind, line.text) for line in lines] == [
        (LineKind.KEPT, "Quote."), (LineKind.ADDED, "Be kind."), (LineKind.KEPT, "Be brief."),
    ]  # fmt: skip
    assert [line.kind for line in compared_lines("One.", "Two.")] == [
        LineKind.REMOVED, LineKind.ADDED,
    ]  # fmt: skip
