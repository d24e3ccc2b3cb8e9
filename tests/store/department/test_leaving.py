"""Somebody leaves a department: his rights go, what he gave others stays theirs."""

import pytest

from app.domain.errors import DepartmentDenied, NoDepartment
from tests.store.department.conftest import Department
from tests.store.department.test_rights import Fill


def test_all_rights_of_a_person_go_at_once_and_those_he_gave_stay(
    department: Department, filled: Fill
) -> None:
    anna = department.member("Anna", administrator=True)
    rules = filled("Boris", "rules", 10)
    department.share(rules, "Boris", "Anna", adds=True, manages=True)
    department.share(rules, "Boris", "Clara")
    boris, clara = department.member("Boris"), department.member("Clara")
    role = boris.people.oneself().role
    library = boris.library(rules)
    assert anna.people.only_managed(role) == []
    assert not anna.people.dismiss(role), "the role was made by the superuser, who drops it"
    assert library.counts() == (0, 0)
    with pytest.raises(NoDepartment):
        boris.people.oneself()
    with pytest.raises(DepartmentDenied):
        boris.people.create("more", "More", "m", 16, words=True)
    assert clara.library(rules).counts() == (1, 10), "he gave it while he belonged"
    assert "Boris" not in [each.name for each in anna.people.all()]


def test_only_an_administrator_dismisses_and_not_himself(
    department: Department, filled: Fill
) -> None:
    anna = department.member("Anna", administrator=True)
    filled("Boris", "rules", 10)
    boris = department.member("Boris")
    with pytest.raises(DepartmentDenied):
        boris.people.dismiss(anna.people.oneself().role)
    with pytest.raises(DepartmentDenied):
        anna.people.dismiss(anna.people.oneself().role)
    assert boris.people.only_managed(boris.people.oneself().role) == []
    assert anna.people.only_managed(boris.people.oneself().role) == ["rules"]
    with pytest.raises(DepartmentDenied):
        anna.people.dismiss(boris.people.oneself().role)


def test_his_name_is_free_again(department: Department) -> None:
    anna = department.member("Anna", administrator=True)
    boris = department.member("Boris")
    anna.people.dismiss(boris.people.oneself().role)
    del department.members["Boris"]
    again = department.member("Boris")
    assert again.people.oneself().name == "Boris"
    boris.server.close()
