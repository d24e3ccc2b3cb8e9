from app.domain.roles import Act, Role, may


def allowed(role: Role) -> set[Act]:
    return {act for act in Act if may(role, act)}


def test_each_role_may_more_than_the_one_below() -> None:
    assert allowed(Role.READER) < allowed(Role.EDITOR) < allowed(Role.ADMINISTRATOR) == set(Act)


def test_what_a_reader_may() -> None:
    assert allowed(Role.READER) == {
        Act.ASK, Act.EXPORT, Act.ATTACH, Act.OPEN_ELSEWHERE, Act.CONNECT_PROGRAMS,
        Act.USE_DEPARTMENT, Act.KEEP,
    }  # fmt: skip


def test_an_editor_changes_neither_models_nor_profiles_nor_names_servers() -> None:
    denied = set(Act) - allowed(Role.EDITOR)
    assert denied == {
        Act.CONNECT_DATABASES, Act.CHANGE_MODELS, Act.CHANGE_PROFILES, Act.SHARE_COLLECTIONS,
        Act.READ_LOG, Act.CHANGE_POLICIES, Act.ACKNOWLEDGE_LOSSES, Act.BACK_UP,
    }  # fmt: skip
