"""Own and shared templates, and who may change which."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.chat.templates import Template
from app.domain.errors import AccessDenied, NameTaken
from app.domain.events import TemplatesChanged
from tests.services.conftest import House

WEEK = Template("", "  Weekly  report ", "What happened at {{plant}}?")


def test_a_template_is_kept_changed_removed_and_taken_back(house: House) -> None:
    templates = house.services.templates
    told: list[TemplatesChanged] = []
    house.services.events.subscribe(TemplatesChanged, told.append)
    kept = templates.keep(WEEK)
    assert kept.name == "Weekly report"
    assert templates.all() == [kept]
    changed = templates.keep(replace(kept, text="And {{plant}}?"))
    assert templates.all() == [changed]
    templates.remove(changed)
    assert templates.all() == []
    templates.restore(changed)
    assert templates.all() == [changed]
    assert len(told) == 4


def test_a_name_is_given_once_a_kind(house: House) -> None:
    templates = house.services.templates
    own = templates.keep(WEEK)
    with pytest.raises(NameTaken):
        templates.keep(replace(WEEK, name="weekly REPORT"))
    shared = templates.keep(replace(WEEK, shared=True))
    with pytest.raises(NameTaken):
        templates.share(own, shared=True)
    assert templates.all() == [own, shared]


def test_a_shared_one_is_everybodys_and_no_longer_ones_own(
    open_house: Callable[..., House],
) -> None:
    templates = open_house("Egor").services.templates
    kept = templates.keep(WEEK)
    shared = templates.share(kept, shared=True)
    assert templates.all() == [shared]
    reader = open_house("Rita").services.templates
    assert reader.all() == [shared]
    assert not reader.may_share
    for act in (
        lambda: reader.keep(replace(shared, text="mine")),
        lambda: reader.share(shared, shared=False),
        lambda: reader.remove(shared),
    ):
        with pytest.raises(AccessDenied):
            act()
    own = reader.keep(replace(WEEK, name="Mine"))
    with pytest.raises(AccessDenied):
        reader.share(own, shared=True)
    assert reader.all() == [own, shared]
    templates = open_house("Egor").services.templates
    back = templates.share(shared, shared=False)
    assert templates.all() == [back]
    assert not back.shared


def test_what_is_used_most_is_offered_first(house: House) -> None:
    templates = house.services.templates
    first, second = (templates.keep(replace(WEEK, name=name)) for name in ("A", "B"))
    templates.use(second)
    assert templates.all() == [second, first]
