import multiprocessing
import re
import signal
import sys
from collections.abc import Callable

import pytest

from app import log
from tests.log import children

Lines = Callable[[], list[str]]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="standard error is not read there")


def line_of(act: str, lines: Lines) -> str:
    """What the log says of a child that did `act`; never anything of what it was about."""
    context = multiprocessing.get_context("spawn")
    stderr = log.ChildStderr(context, log.Code("test"))
    process = context.Process(target=children.run, args=(act, stderr.theirs))
    process.start()
    stderr.started()
    process.join(30)
    assert process.exitcode is not None, "it waits for a pipe that nobody reads"
    stderr.end(process.exitcode)
    process.close()
    (line,) = lines()
    assert "canary" not in line.lower()
    return line


def test_an_error_leaves_its_class_and_its_places(lines: Lines) -> None:
    line = line_of("fail", lines)
    kinds, place = "kinds=FileNotFoundError,ValueError", r"at=app/services/wording\.py:\d+"
    assert re.fullmatch(rf"child name=test lines=\d+ status=1 {kinds} {place}", line)


def test_a_child_that_says_too_much_is_not_held_up(lines: Lines) -> None:
    assert re.fullmatch(r"child name=test lines=[1-9]\d*", line_of("flood", lines))


def test_a_crash_leaves_its_signal(lines: Lines) -> None:
    assert f"status={-signal.SIGSEGV}" in line_of("crash", lines)


def test_names_that_only_look_like_ours_are_dropped(lines: Lines) -> None:
    assert re.fullmatch(r"child name=test lines=4", line_of("speak", lines))


def test_a_models_complaint_reaches_the_parent_in_known_words(lines: Lines) -> None:
    line = line_of("model", lines)
    assert line.endswith("said=error-loading-model-tensor-is-not-within-file")


def test_a_quiet_child_leaves_no_line(lines: Lines) -> None:
    context = multiprocessing.get_context("spawn")
    stderr = log.ChildStderr(context, log.Code("test"))
    stderr.started()
    stderr.end(0)
    assert lines() == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("llama_model_load_from_file_impl: failed to load model '/canary/a.gguf'\n",
         "failed-to-load-model"),
        ("llama_model_load: error loading model: \"canary\" of `canary` canary\n",
         "error-loading-model-of"),
        ("ggml_backend_cuda_buffer_type_alloc_buffer: C:\\canary\\x failed: out of memory\n",
         "failed-out-of-memory"),
        ("load: special_eos_id canary is not in vocabulary", ""),
        ("canary", ""),
    ],
)  # fmt: skip
def test_llamas_words_are_kept_where_they_are_known(lines: Lines, line: str, words: str) -> None:
    log.native(line)
    assert lines() == ([f"native said={words}"] if words else [])
