import pytest

from app.domain.access_keys import READING, KeyAct, id_in, scope_of
from app.domain.errors import (
    AccessKeyMissing,
    AssistantMissing,
    CollectionMissing,
    ForbiddenByPolicy,
    KeyRefused,
    LaretsError,
    NameTaken,
    OutOfScope,
    UnknownScope,
)
from app.services.interface.keys import AccessKeyService
from tests.services.conftest import House


@pytest.fixture
def keys(house: House) -> AccessKeyService:
    house.services.administration.policies.decide("local-interface", "on")
    return house.services.interface.keys


def test_a_secret_opens_its_key_until_it_is_revoked(keys: AccessKeyService) -> None:
    made = keys.create("reports")
    assert keys.authorise(made.secret, KeyAct.ASK).name == "reports"
    keys.revoke("reports")
    with pytest.raises(KeyRefused):
        keys.authorise(made.secret, KeyAct.ASK)
    assert keys.create("reports").secret != made.secret
    assert [each.revoked is None for each in keys.all()] == [False, True]


def test_no_secret_is_kept(keys: AccessKeyService) -> None:
    made = keys.create("reports")
    assert made.secret not in repr(keys.all())
    assert made.secret.split("-", 2)[2] not in repr(keys.all())
    assert id_in(made.secret) == made.key.id


def test_a_secret_of_one_key_with_the_name_of_another_opens_nothing(
    keys: AccessKeyService,
) -> None:
    one, other = keys.create("one"), keys.create("other")
    mixed = one.secret.replace(one.key.id, other.key.id)
    with pytest.raises(KeyRefused):
        keys.authorise(mixed, KeyAct.ASK)


@pytest.mark.parametrize(
    ("scopes", "error"),
    [
        (["collection:None"], CollectionMissing),
        (["assistant:Nobody"], AssistantMissing),
        (["act:remove"], UnknownScope),
        (["collection:"], UnknownScope),
        (["search"], UnknownScope),
        ([""], UnknownScope),
    ],
)
def test_a_scope_has_to_name_something(
    keys: AccessKeyService, scopes: list[str], error: type[LaretsError]
) -> None:
    with pytest.raises(error):
        keys.create("reports", scopes)
    assert keys.all() == ()


def test_a_name_is_given_once(keys: AccessKeyService) -> None:
    keys.create("reports")
    for name in ("reports", "  reports ", ""):
        with pytest.raises(NameTaken):
            keys.create(name)
    with pytest.raises(AccessKeyMissing):
        keys.revoke("others")


def test_without_an_act_a_key_reads_and_adds_nothing(keys: AccessKeyService) -> None:
    made = keys.create("reports")
    assert set(made.key.acts) == READING
    with pytest.raises(OutOfScope):
        keys.authorise(made.secret, KeyAct.ADD)
    assert scope_of(["act:add"]).acts == {KeyAct.ADD}


def test_a_policy_that_is_off_again_closes_every_key(house: House, keys: AccessKeyService) -> None:
    made = keys.create("reports")
    house.services.administration.policies.decide("local-interface", "off")
    with pytest.raises(ForbiddenByPolicy):
        keys.authorise(made.secret, KeyAct.ASK)
    with pytest.raises(ForbiddenByPolicy):
        keys.create("late")
    keys.revoke("reports")


def test_making_using_and_revoking_stand_in_the_log_of_acts(
    house: House, keys: AccessKeyService
) -> None:
    made = keys.create("reports")
    for _ in range(3):
        keys.authorise(made.secret, KeyAct.ASK)
    keys.revoke("reports")
    rows = [(row.act, row.subject) for row in house.services.administration.log.rows("reports")]
    assert rows == [("create-key", "reports"), ("use-key", "reports"), ("revoke-key", "reports")]
