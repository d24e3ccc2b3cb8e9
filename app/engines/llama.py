"""ChatModel on llama.cpp: a thin decode loop over the low-level calls, prefix reuse, abort.

The binding's own completion path costs 8 % (facts); this loop samples and decodes directly. It
knows tokens and turns, nothing of documents.
"""

import ctypes
import os
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.conversation import AnswerPiece, PromptRead
from app.domain.errors import DamagedModel, PromptTooLong
from app.domain.progress import Control
from app.domain.settings import Sampling
from app.engines import chat_format
from app.engines.base import Finish, Generated, ModelFacts, Slot, Turn
from app.engines.sampler import Sampler
from app.engines.spoken import Spoken

_SEQUENCES = {Slot.CHAT: 0, Slot.ASIDE: 1}
#: Tokens a call of llama_decode while a prompt is read: large enough for full speed on a CPU
#: (512 gains under 2 % over 256), small enough to show progress.
_PROMPT_STEP = 256
#: Room kept for the answer when the prompt nearly fills the context.
_LEAST_ANSWER = 16
_REMEMBERED_ANSWERS = 64


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """`context` in tokens (0: the model's own, at most 8192); `gpu_layers` -1 puts all there."""

    context: int = 0
    gpu_layers: int = -1
    threads: int = 0


class Llama:
    """An open GGUF model with one context. Use from one thread."""

    def __init__(self, path: str, options: LoadOptions | None = None) -> None:
        """`DamagedModel` when the file does not load."""
        _prepare()
        import llama_cpp

        self._c = llama_cpp
        options = options or LoadOptions()
        _silence(llama_cpp)
        self._model = _load(llama_cpp, path, options)
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self.threads = options.threads or _physical_cores()
        self._context = self._new_context(path, options)
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._abort = _AbortFlag(llama_cpp, self._context)
        self._cached: dict[Slot, list[int]] = {slot: [] for slot in Slot}
        self._spoken: OrderedDict[str, list[int]] = OrderedDict()
        self._piece_buffer = ctypes.create_string_buffer(256)
        self._format = chat_format.choose(self._is_special)
        self._batch = _Batch(llama_cpp)

    @property
    def context_length(self) -> int:
        return int(self._c.llama_n_ctx_seq(self._context))

    def count(self, text: str) -> int:
        return len(self._tokenize(text, special=False))

    def stream(
        self, turns: Sequence[Turn], sampling: Sampling, control: Control, slot: Slot = Slot.CHAT
    ) -> Generated:
        began = time.perf_counter()
        prompt = self.tokens(turns)
        room = self.context_length - len(prompt)
        if room < _LEAST_ANSWER:
            raise PromptTooLong(tokens=len(prompt), limit=self.context_length)
        self._abort.lower()
        control.on_cancel(self._abort.raise_)
        reused = self._reuse(prompt, slot)
        if not self._read(prompt, reused, slot, control):
            seconds = time.perf_counter() - began
            return Generated("", Finish.STOPPED, len(prompt), reused, 0, seconds, 0.0)
        read = time.perf_counter()
        spoken = Spoken(sampling.stop)
        tokens, finish = self._speak(
            sampling, min(room, sampling.max_tokens), spoken, slot, control
        )
        text = spoken.text
        if finish == Finish.END and not spoken.cut:
            self._remember(text, tokens)
        written = time.perf_counter()
        return Generated(
            text, finish, len(prompt), reused, len(tokens), read - began, written - read
        )

    def read_ahead(self, turns: Sequence[Turn], control: Control) -> None:
        prompt = self.tokens(turns)
        self._abort.lower()
        control.on_cancel(self._abort.raise_)
        self._read(prompt, self._reuse(prompt, Slot.CHAT), Slot.CHAT, control)

    def prove(self) -> None:
        """Decode one token: a file whose weights do not fit its architecture fails here."""
        token = self._c.llama_vocab_bos(self._vocab)
        if not self._decode([max(token, 0)], Slot.ASIDE, last=True):
            raise DamagedModel(name="")
        self._made_room(Slot.CHAT)

    def close(self) -> None:
        self._batch.free()
        self._c.llama_free(self._context)
        self._c.llama_model_free(self._model)

    # -- prompt -----------------------------------------------------------------------------------

    def tokens(self, turns: Sequence[Turn]) -> list[int]:
        """The prompt for these turns, up to where the model answers."""
        tokens: list[int] = []
        marks = self._format.marks(turns)
        if self._c.llama_vocab_get_add_bos(self._vocab) and not self._format.begin:
            tokens.append(self._c.llama_vocab_bos(self._vocab))
        for mark in marks:
            # An answer goes back in with the very tokens that it was generated as: tokenising its
            # text can give others, and the cache would be lost from there on.
            spoken = None if mark.special else self._spoken.get(mark.text)
            tokens += spoken or self._tokenize(mark.text, special=mark.special)
        return tokens

    def _remember(self, text: str, tokens: list[int]) -> None:
        self._spoken[text] = tokens
        if len(self._spoken) > _REMEMBERED_ANSWERS:
            self._spoken.popitem(last=False)

    def _reuse(self, prompt: list[int], slot: Slot) -> int:
        """Keep the cached prefix that the prompt shares, drop the rest; tokens kept."""
        cached = self._cached[slot]
        shared = 0
        # The last prompt token is always read again: its logits choose the first word.
        for ours, theirs in zip(prompt[:-1], cached, strict=False):
            if ours != theirs:
                break
            shared += 1
        if not self._c.llama_memory_seq_rm(self._memory, _SEQUENCES[slot], shared, -1):
            self._c.llama_memory_seq_rm(self._memory, _SEQUENCES[slot], -1, -1)
            shared = 0  # recurrent models cannot forget a part
        del cached[shared:]
        return shared

    def _read(self, prompt: list[int], start: int, slot: Slot, control: Control) -> bool:
        """Decode the prompt from `start` on; False when it was stopped."""
        total = len(prompt)
        for begin in range(start, total, _PROMPT_STEP):
            step = prompt[begin : begin + _PROMPT_STEP]
            if control.cancelled or not self._decode(step, slot, last=begin + len(step) == total):
                return False
            control.report(PromptRead(min(begin + len(step), total), total))
        return True

    def _decode(self, tokens: Sequence[int], slot: Slot, last: bool) -> bool:
        """Run the model over `tokens` after what is cached; False when it was aborted."""
        cached = self._cached[slot]
        position, sequence = len(cached), _SEQUENCES[slot]
        status = self._c.llama_decode(
            self._context, self._batch.filled(tokens, position, sequence, last=last)
        )
        if status == 0:
            cached.extend(tokens)
            return True
        self._c.llama_memory_seq_rm(self._memory, sequence, position, -1)
        kept = self._c.llama_memory_seq_pos_max(self._memory, sequence) + 1
        del cached[max(kept, 0) :]
        if status == 2:
            return False
        if status == 1 and self._made_room(slot):
            return self._decode(tokens, slot, last)
        raise PromptTooLong(tokens=position + len(tokens), limit=self.context_length)

    def _made_room(self, slot: Slot) -> bool:
        """No free cells: the sequences share one cache, so the others give theirs up, if they have
        any."""
        others = [other for other in Slot if other != slot and self._cached[other]]
        for other in others:
            self._c.llama_memory_seq_rm(self._memory, _SEQUENCES[other], -1, -1)
            self._cached[other].clear()
        return bool(others)

    # -- answer -----------------------------------------------------------------------------------

    def _speak(
        self, sampling: Sampling, budget: int, spoken: Spoken, slot: Slot, control: Control
    ) -> tuple[list[int], Finish]:
        tokens: list[int] = []
        with Sampler(self._c, self._vocab, sampling) as sampler:
            while len(tokens) < budget:
                if control.cancelled:
                    return tokens, Finish.STOPPED
                token = sampler.sample(self._context)
                if self._c.llama_vocab_is_eog(self._vocab, token):
                    self._report(spoken.finish(), control)
                    return tokens, Finish.END
                tokens.append(token)
                self._report(spoken.add(self._piece(token)), control)
                if spoken.cut:
                    return tokens, Finish.END
                if not self._decode([token], slot, last=True):
                    return tokens, Finish.STOPPED
        self._report(spoken.finish(), control)
        return tokens, Finish.LENGTH

    @staticmethod
    def _report(text: str, control: Control) -> None:
        if text:
            control.report(AnswerPiece(text))

    # -- vocabulary -------------------------------------------------------------------------------

    def _tokenize(self, text: str, special: bool) -> list[int]:
        raw = text.encode("utf-8", "replace")
        room = len(raw) + 8
        buffer = (ctypes.c_int * room)()
        count = self._c.llama_tokenize(self._vocab, raw, len(raw), buffer, room, False, special)
        return list(buffer[:count])

    def _piece(self, token: int) -> bytes:
        buffer = self._piece_buffer
        size = self._c.llama_token_to_piece(self._vocab, token, buffer, 256, 0, False)
        if size < 0:
            buffer = ctypes.create_string_buffer(-size)
            size = self._c.llama_token_to_piece(self._vocab, token, buffer, -size, 0, False)
        return buffer.raw[:size]

    def _is_special(self, text: str) -> bool:
        tokens = self._tokenize(text, special=True)
        return len(tokens) == 1 and bool(
            self._c.llama_vocab_is_control(self._vocab, tokens[0])
            or self._c.llama_vocab_is_eog(self._vocab, tokens[0])
        )

    def _new_context(self, path: str, options: LoadOptions) -> Any:
        trained = int(self._c.llama_model_n_ctx_train(self._model))
        parameters = self._c.llama_context_default_params()
        parameters.n_ctx = options.context or min(trained, 8192)
        parameters.n_batch = parameters.n_ubatch = _PROMPT_STEP
        parameters.n_seq_max = len(_SEQUENCES)
        parameters.kv_unified = True
        parameters.n_threads = parameters.n_threads_batch = self.threads
        context = self._c.llama_init_from_model(self._model, parameters)
        if not context:
            self._c.llama_model_free(self._model)
            raise DamagedModel(name=os.path.basename(path))
        return context


class _Batch:
    """llama.cpp's batch, its columns kept at hand: going through the structure for every token
    costs more than all else that Python does between two decodes."""

    def __init__(self, c: Any) -> None:
        self._c = c
        self._batch = c.llama_batch_init(_PROMPT_STEP, 0, 1)
        self._tokens, self._positions = self._batch.token, self._batch.pos
        self._logits = self._batch.logits
        self._sequences = [self._batch.seq_id[place] for place in range(_PROMPT_STEP)]
        for place in range(_PROMPT_STEP):
            self._batch.n_seq_id[place] = 1

    def filled(self, tokens: Sequence[int], position: int, sequence: int, *, last: bool) -> Any:
        """The batch with these tokens from `position` on; logits only after the last."""
        for place, token in enumerate(tokens):
            self._tokens[place] = token
            self._positions[place] = position + place
            self._sequences[place][0] = sequence
            self._logits[place] = 0
        self._logits[len(tokens) - 1] = int(last)
        self._batch.n_tokens = len(tokens)
        return self._batch

    def free(self) -> None:
        self._c.llama_batch_free(self._batch)


class _AbortFlag:
    """Stops llama_decode from another thread within one graph node.

    The callback that llama.cpp polls is the C library's own strlen over a one-byte string: 0 while
    the string is empty, 1 once a byte stands in it. It needs no GIL, so polling costs nothing.
    """

    def __init__(self, c: Any, context: Any) -> None:
        self._byte = ctypes.create_string_buffer(2)
        library = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
        address = ctypes.cast(library.strlen, ctypes.c_void_p).value
        self._callback = c.ggml_abort_callback(address)
        c.llama_set_abort_callback(
            context, self._callback, ctypes.cast(self._byte, ctypes.c_void_p)
        )

    def raise_(self) -> None:
        self._byte[0] = b"x"

    def lower(self) -> None:
        self._byte[0] = b"\0"


def inspect(path: str) -> ModelFacts:
    """Read a GGUF's header and vocabulary without its weights. `DamagedModel`.

    llama.cpp checks that every tensor lies within the file, so one cut short is found here.
    """
    _prepare()
    import llama_cpp

    _silence(llama_cpp)
    parameters = llama_cpp.llama_model_default_params()
    parameters.vocab_only = True
    model = llama_cpp.llama_model_load_from_file(os.fsencode(path), parameters)
    if not model:
        raise DamagedModel(name=os.path.basename(path))
    try:
        meta = dict(_metadata(llama_cpp, model))
        architecture = meta.get("general.architecture", "")
        return ModelFacts(
            architecture=architecture,
            name=meta.get("general.name", ""),
            context_length=int(meta.get(f"{architecture}.context_length", "0")),
            size=os.path.getsize(path),
        )
    finally:
        llama_cpp.llama_model_free(model)


def _metadata(c: Any, model: Any) -> Iterator[tuple[str, str]]:
    key, value = ctypes.create_string_buffer(256), ctypes.create_string_buffer(4096)
    for index in range(c.llama_model_meta_count(model)):
        c.llama_model_meta_key_by_index(model, index, key, len(key))
        c.llama_model_meta_val_str_by_index(model, index, value, len(value))
        yield key.value.decode("utf-8", "replace"), value.value.decode("utf-8", "replace")


def _load(c: Any, path: str, options: LoadOptions) -> Any:
    parameters = c.llama_model_default_params()
    parameters.n_gpu_layers = options.gpu_layers if c.llama_supports_gpu_offload() else 0
    model = c.llama_model_load_from_file(os.fsencode(path), parameters)
    if not model:
        raise DamagedModel(name=os.path.basename(path))
    return model


def _prepare() -> None:
    """What the native libraries read from the environment when they are loaded."""
    os.environ["GGML_NO_BACKTRACE"] = "1"  # an assertion must not start a debugger
    # Threads that wait for each other without end come to a crawl when another program takes a
    # core: 1 token a second instead of 90 (SmolLM2, 2 threads on 2 cores); so it is 11, and with
    # idle cores still 80.
    os.environ.setdefault("GOMP_SPINCOUNT", "10000")


def _physical_cores() -> int:
    import psutil

    return int(psutil.cpu_count(logical=False) or 1)


def _silence(c: Any) -> None:
    """llama.cpp logs to standard error; abs() takes the level, ignores the text, needs no GIL."""
    library = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
    quiet = c.llama_log_callback(ctypes.cast(library.abs, ctypes.c_void_p).value)
    c.llama_log_set(quiet, None)
