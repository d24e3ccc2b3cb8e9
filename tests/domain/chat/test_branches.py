"""Trees of turns: paths, neighbours, what is left when turns go."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.chat.branches import Branches, Node
from app.domain.chat.conversation import Speaker


def node(key: int, parent: int | None) -> Node:
    return Node(key, parent, Speaker.USER, key)


#: 1 → 2 → 3 → 4, another answer 5 beside 2 with 6 after it, another first question 7.
TREE = [node(1, None), node(2, 1), node(3, 2), node(4, 3), node(5, 1), node(6, 5), node(7, None)]


def ids(nodes: list[Node]) -> list[int]:
    return [each.id for each in nodes]


def test_paths_and_neighbours() -> None:
    branches = Branches(TREE)
    assert ids(branches.path(4)) == [1, 2, 3, 4]
    assert ids(branches.path(6)) == [1, 5, 6]
    assert ids(branches.path(None)) == ids(branches.path(99)) == [7]
    assert branches.beside(2) == branches.beside(5) == (2, 5)
    assert branches.beside(1) == (1, 7)
    assert branches.beside(4) == (4,)
    assert branches.end_of(2) == 4
    assert branches.end_of(1) == 6
    assert sorted(branches.under(1)) == [1, 2, 3, 4, 5, 6]
    assert branches.children([2, 5]) == [3, 6]
    assert branches.children([1, 2]) == [5, 3]
    assert branches.sizes[4] == 4
    assert branches.crowded() == {1: (1, 7), 7: (1, 7), 2: (2, 5), 5: (2, 5)}
    assert Branches([]).path(None) == []


def test_a_turn_whose_parent_is_gone_begins_a_branch() -> None:
    branches = Branches([node(3, 2), node(4, 3), node(5, None)])
    assert ids(branches.path(4)) == [3, 4]
    assert branches.beside(3) == (3, 5)


@given(st.lists(st.integers(0, 30), max_size=30))
def test_every_turn_is_on_the_branch_that_it_ends(parents: list[int]) -> None:
    nodes = [node(at, parent if 0 < parent < at else None) for at, parent in enumerate(parents, 1)]
    branches = Branches(nodes)
    for each in nodes:
        path = ids(branches.path(each.id))
        assert path[-1] == each.id
        assert path == sorted(path)
        assert each.id in branches.beside(each.id)
        assert each.id in ids(branches.path(branches.end_of(each.id)))
