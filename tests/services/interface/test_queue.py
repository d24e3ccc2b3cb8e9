from app.services.interface.queue import FairQueue


def test_keys_take_turns_however_much_one_of_them_asks() -> None:
    queue: FairQueue[str] = FairQueue(100, 50)
    for number in range(4):
        queue.put("busy", f"busy {number}")
    queue.put("quiet", "quiet 0")
    queue.put("other", "other 0")
    queue.put("quiet", "quiet 1")
    assert [queue.take() for _ in range(8)] == [
        "busy 0", "quiet 0", "other 0", "busy 1", "quiet 1", "busy 2", "busy 3", None,
    ]  # fmt: skip


def test_there_is_room_for_so_many_in_all_and_of_each() -> None:
    queue: FairQueue[int] = FairQueue(3, 2)
    assert [queue.put("a", number) for number in range(3)] == [True, True, False]
    assert queue.put("b", 0)
    assert not queue.put("c", 0)
    assert queue.take() == 0
    assert queue.put("c", 0)


def test_what_nobody_waits_for_is_taken_out() -> None:
    queue: FairQueue[str] = FairQueue(10, 10)
    queue.put("a", "first")
    queue.put("a", "second")
    queue.put("b", "third")
    assert queue.drop("first")
    assert queue.drop("third")
    assert not queue.drop("first")
    assert [queue.take(), queue.take()] == ["second", None]
