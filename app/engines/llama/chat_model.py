"""ChatModel on llama.cpp: a thin decode loop over the low-level calls, prefix reuse, abort.

The binding's own completion path costs 8 % (results/generation.md); this loop samples and decodes
directly. It knows tokens and turns, nothing of documents.
"""

import ctypes
import os
import time
from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from app.domain.chat.conversation import AnswerPiece, PromptRead
from app.domain.errors import (
    Cancelled,
    DamagedModel,
    ModelChanged,
    OutOfMemory,
    PromptTooLong,
)
from app.domain.models.model import parts
from app.domain.models.placement import KvType, Placement
from app.domain.progress import Control, NoControl, Progress
from app.domain.settings import Sampling
from app.engines import hardware, native
from app.engines.base import AdapterAtScale, CacheSequence, ChatFormat, Finish, Generated
from app.engines.inspection import chat_format
from app.engines.inspection.chat_template import ChatTemplate
from app.engines.llama.adapter import AdapterSet
from app.engines.llama.held_files import HeldFiles
from app.engines.llama.kv_cache import SEQUENCES, ExportedState, KvCache
from app.engines.llama.prompt_lookup import GUESSED, PromptLookup
from app.engines.llama.sampler import Sampler
from app.engines.llama.stream_decoder import StreamDecoder
from app.engines.turns import Turn

#: Room kept for the answer when the prompt nearly fills the context.
_LEAST_ANSWER = 16
_REMEMBERED_ANSWERS = 64
#: Seconds that reading may go on after a stop on a graphics device, and tokens a step at least.
_STEP_SECONDS, _LEAST_STEP = 0.1, 32
#: ggml_type of the KV cache.
_KV_TYPES = {KvType.F16: 1, KvType.Q8_0: 8}
#: Share of the free memory, and bytes, that conversations beside the open one may take.
_PARKED_SHARE, _PARKED_MOST = 8, 2**31


class _Saved(msgspec.Struct, array_like=True):
    """A conversation's cache as it is stored: i32 tokens, the tokens of its answers by their text,
    and llama.cpp's own form of the sequence."""

    tokens: bytes
    spoken: dict[str, list[int]]
    data: bytes


class Llama:
    """An open GGUF model with one context. Use from one thread."""

    def __init__(
        self,
        path: str,
        placement: Placement | None = None,
        *,
        derived_format: ChatFormat | None = None,
        control: Control | None = None,
    ) -> None:
        """`DamagedModel` when the file does not load, `ModelChanged` when it changes meanwhile,
        `OutOfMemory` when its context does not fit, `Cancelled`. `derived_format` serves a family
        that is not known."""
        self._c = c = native.library()
        self._name = os.path.basename(path)
        self.placement = placement or Placement(threads=hardware.cores())
        self._files = _held(path)
        try:
            with native.listening(c) as lines:
                self._model = _load(c, path, self.placement, control or NoControl(), self._files)
                self._context = _context(c, self._model, path, self.placement)
        except BaseException:
            self._files.close()
            raise
        self.memory = native.memory_use(lines)
        self.vocabulary = native.Vocabulary(c, self._model)
        self._recurrent = bool(
            c.llama_model_is_recurrent(self._model) or c.llama_model_is_hybrid(self._model)
        )  # such a model cannot take back what was guessed wrong
        self.cache = KvCache(c, self._context, _parked_bytes())
        self._abort = native.AbortFlag(c, self._context)
        self._adapters = AdapterSet(c, self._model, self._context)
        self._spoken: OrderedDict[str, list[int]] = OrderedDict()
        own = native.chat_template(c, self._model)
        self._format = chat_format.choose(self.vocabulary.is_special, own, derived_format)
        self._batch = native.Batch(c, self.placement.batch)
        self._step = self.placement.batch

    @property
    def template(self) -> ChatTemplate:
        """The file's own chat template, "" without one. Nothing in this process renders it."""
        text = native.chat_template(self._c, self._model)
        return ChatTemplate(text, *self.vocabulary.borders())

    @property
    def native(self) -> Any:
        """The binding, for what measures beside this model."""
        return self._c

    @property
    def weights(self) -> Any:
        """llama.cpp's model, valid until `close`."""
        return self._model

    @property
    def is_whole(self) -> bool:
        return self._files.are_whole

    @property
    def context_length(self) -> int:
        return int(self._c.llama_n_ctx_seq(self._context))

    def count(self, text: str) -> int:
        return len(self.vocabulary.tokens(text, special=False))

    def pending(self, turns: Sequence[Turn]) -> int:
        prompt = self.tokens(turns)
        return len(prompt) - self.cache.shared(prompt, CacheSequence.CHAT)

    def stream(
        self,
        turns: Sequence[Turn],
        sampling: Sampling,
        control: Control,
        slot: CacheSequence = CacheSequence.CHAT,
        begun: str = "",
    ) -> Generated:
        began = time.perf_counter()
        said = self._tokens_of(begun) if begun else []
        prompt = self.tokens(turns) + said
        room = self.context_length - len(prompt)
        if room < _LEAST_ANSWER:
            raise PromptTooLong(tokens=len(prompt), limit=self.context_length)
        self._abort.lower()
        control.on_cancel(self._abort.raise_)
        reused = self.cache.reuse(prompt, slot)
        if not self._read(prompt, reused, slot, control):
            seconds = time.perf_counter() - began
            return Generated(begun, Finish.STOPPED, len(prompt), reused, 0, seconds, 0.0)
        read = time.perf_counter()
        spoken = StreamDecoder(sampling.stop)
        tokens, finish = self._speak(
            sampling, min(room, sampling.max_tokens), spoken, slot, control
        )
        text = begun + spoken.text
        if not spoken.cut:
            self._remember(text, said + tokens)
        written = time.perf_counter()
        return Generated(
            text, finish, len(prompt), reused, len(tokens), read - began, written - read
        )

    def read_ahead(self, turns: Sequence[Turn], control: Control) -> None:
        prompt = self.tokens(turns)
        self._abort.lower()
        control.on_cancel(self._abort.raise_)
        self._read(
            prompt, self.cache.reuse(prompt, CacheSequence.CHAT), CacheSequence.CHAT, control
        )

    def adapt(self, adapters: Sequence[AdapterAtScale]) -> None:
        if self._adapters.choose(adapters):
            self.cache.clear()  # the old adapter would go on speaking from what it has read

    def export_state(self, turns: Sequence[Turn]) -> bytes | None:
        parked = self.cache.copy_for(self.tokens(turns))
        if parked is None:
            return None
        said = {turn.text: self._spoken[turn.text] for turn in turns if turn.text in self._spoken}
        tokens = array("i", parked.tokens).tobytes()
        return msgspec.msgpack.encode(_Saved(tokens, said, parked.data))

    def restore_state(self, saved: bytes) -> None:
        try:
            state = msgspec.msgpack.decode(saved, type=_Saved)
        except msgspec.DecodeError:
            return
        for text, tokens in state.spoken.items():
            self._remember(text, tokens)
        self.cache.add_exported(ExportedState(tuple(array("i", state.tokens)), state.data))

    @property
    def state_form(self) -> str:
        placed, version = self.placement, self._c.__version__
        return f"{version}/{placed.kv_type}/{bool(placed.gpu_layers)}/{self._adapters.identity}"

    def smoke_test(self) -> None:
        """Decode one token: a file whose weights do not fit its architecture fails here."""
        token = self.vocabulary.begin or 0
        if not self._decode([token], CacheSequence.AUXILIARY, outputs=1):
            raise DamagedModel(name="")
        self.cache.forget(CacheSequence.AUXILIARY)

    def close(self) -> None:
        self._batch.free()
        self._adapters.free()
        self._c.llama_free(self._context)
        self._c.llama_model_free(self._model)
        self._files.close()

    # -- prompt -----------------------------------------------------------------------------------

    def tokens(self, turns: Sequence[Turn]) -> list[int]:
        """The prompt for these turns, up to where the model answers."""
        tokens: list[int] = []
        for mark in self._format.marks(turns):
            # An answer goes back in with the very tokens that it was generated as: tokenising its
            # text can give others, and the cache would be lost from there on.
            if not mark.special:
                tokens += self._tokens_of(mark.text)
                continue
            text = mark.text
            if self.vocabulary.spaces:  # the space before a content comes with it
                text = text.removesuffix(" ")
            tokens += self.vocabulary.tokens(text, special=True)
        begin = self.vocabulary.begin
        if begin is not None and not self._format.begin and tokens[:1] != [begin]:
            tokens.insert(0, begin)
        return tokens

    def answer_tokens(self, text: str) -> list[int]:
        """An answer as the model writes it, with the mark that ends it."""
        after = self.vocabulary.tokens(self._format.assistant[1], special=True)
        ends = [token for token in after if self.vocabulary.ends(token)][:1]
        return self.vocabulary.tokens(text, special=False) + (ends or self.vocabulary.end)

    def _tokens_of(self, text: str) -> list[int]:
        return self._spoken.get(text) or self.vocabulary.tokens(text, special=False)

    def _remember(self, text: str, tokens: list[int]) -> None:
        self._spoken[text] = tokens
        if len(self._spoken) > _REMEMBERED_ANSWERS:
            self._spoken.popitem(last=False)

    def _read(self, prompt: list[int], start: int, slot: CacheSequence, control: Control) -> bool:
        """Decode the prompt from `start` on; False when it was stopped."""
        total, done = len(prompt), start
        while done < total:
            step = prompt[done : done + self._step]
            began = time.perf_counter()
            if control.cancelled or not self._decode(
                step, slot, outputs=int(done + len(step) == total)
            ):
                return False
            self._pace(len(step), began)
            done += len(step)
            control.report(PromptRead(done, total))
        return True

    def _pace(self, tokens: int, began: float) -> None:
        """A graphics device cannot be stopped within a step, so its steps are kept short."""
        if not self.placement.gpu_layers:
            return
        self._c.llama_synchronize(self._context)
        speed = tokens / max(time.perf_counter() - began, 1e-6)
        self._step = min(max(int(speed * _STEP_SECONDS), _LEAST_STEP), self.placement.batch)

    def _decode(self, tokens: Sequence[int], slot: CacheSequence, outputs: int) -> bool:
        """Run the model over `tokens` after what is cached, with logits after the last `outputs` of
        them; False when it was aborted. `ModelChanged` before anything is read from a file that is
        not whole any more."""
        if not self._files.are_whole:
            raise ModelChanged(name=self._name)
        cached = self.cache.tokens(slot)
        position = len(cached)
        batch = self._batch.filled(tokens, position, SEQUENCES[slot], outputs)
        status = self._c.llama_decode(self._context, batch)
        if status == 0:
            cached.extend(tokens)
            return True
        self.cache.undo(slot, position)
        if status == 2:
            return False
        # No free cells: the sequences share one cache, so the other gives its own up.
        other = CacheSequence.AUXILIARY if slot == CacheSequence.CHAT else CacheSequence.CHAT
        if status == 1 and self.cache.forget(other):
            return self._decode(tokens, slot, outputs)
        raise PromptTooLong(tokens=position + len(tokens), limit=self.context_length)

    # -- answer -----------------------------------------------------------------------------------

    def _speak(
        self,
        sampling: Sampling,
        budget: int,
        spoken: StreamDecoder,
        slot: CacheSequence,
        control: Control,
    ) -> tuple[list[int], Finish]:
        tokens: list[int] = []
        with Sampler(self._c, self.vocabulary.native, sampling) as sampler:
            for token in self._chosen(sampler, budget, slot):
                if control.cancelled:
                    return tokens, Finish.STOPPED
                if self.vocabulary.ends(token):
                    self._report(spoken.finish(), control)
                    return tokens, Finish.END
                tokens.append(token)
                self._report(spoken.add(self.vocabulary.piece(token)), control)
                if spoken.cut:
                    return tokens, Finish.END
        if len(tokens) < budget:
            return tokens, Finish.STOPPED
        self._report(spoken.finish(), control)
        return tokens, Finish.LENGTH

    def _chosen(self, sampler: Sampler, budget: int, slot: CacheSequence) -> Iterator[int]:
        """At most `budget` tokens, fewer when a decode was stopped. What the prompt lookup guesses
        is decoded along with a token, and kept as far as the sampler chooses the same."""
        lookup = PromptLookup(self.cache.tokens(slot))
        token = sampler.sample(self._context)
        while budget > 0:
            yield token
            lookup.add(token)
            budget -= 1
            guessed = [] if self._recurrent else lookup.guess()[:budget]
            if not self._decode([token, *guessed], slot, outputs=len(guessed) + 1):
                return
            right = 0
            try:
                token = sampler.sample(self._context, right)
                while right < len(guessed) and token == guessed[right]:
                    right += 1
                    budget -= 1
                    yield token
                    lookup.add(token)
                    token = sampler.sample(self._context, right)
            finally:
                if right < len(guessed):
                    self.cache.undo(slot, len(self.cache.tokens(slot)) - len(guessed) + right)

    @staticmethod
    def _report(text: str, control: Control) -> None:
        if text:
            control.report(AnswerPiece(text))


def _held(path: str) -> HeldFiles:
    try:
        return HeldFiles(parts(path))
    except OSError as error:
        raise DamagedModel(name=os.path.basename(path)) from error


def _load(c: Any, path: str, placement: Placement, control: Control, files: HeldFiles) -> Any:
    name = os.path.basename(path)
    parameters = c.llama_model_default_params()
    parameters.n_gpu_layers = placement.gpu_layers
    parameters.use_extra_bufts = placement.repack
    devices = (ctypes.c_void_p * 2)()
    if placement.device:
        devices[0] = hardware.handle_of(placement.device)
    if placement.device or c.llama_supports_gpu_offload():  # an empty list: the processor alone
        parameters.devices = ctypes.cast(devices, ctypes.c_void_p)

    def report(share: float) -> bool:
        control.report(Progress(round(share * 100), 100, name))
        return not control.cancelled and files.are_whole

    parameters.progress_callback = native.progress_callback(c, report)
    model = c.llama_model_load_from_file(os.fsencode(path), parameters)
    if not model:
        if control.cancelled:
            raise Cancelled
        raise DamagedModel(name=name) if files.are_whole else ModelChanged(name=name)
    return model


def _context(c: Any, model: Any, path: str, placement: Placement) -> Any:
    parameters = c.llama_context_default_params()
    trained = int(c.llama_model_n_ctx_train(model)) or placement.context
    parameters.n_ctx = min(placement.context, trained)
    parameters.n_batch = parameters.n_ubatch = placement.batch
    parameters.n_seq_max = len(SEQUENCES)
    parameters.n_outputs_max = GUESSED + 1
    parameters.kv_unified = True
    parameters.n_threads = parameters.n_threads_batch = placement.threads
    parameters.type_k = parameters.type_v = _KV_TYPES[placement.kv_type]
    context = c.llama_init_from_model(model, parameters)
    if not context:
        c.llama_model_free(model)
        raise OutOfMemory(name=os.path.basename(path))
    return context


def _parked_bytes() -> int:
    import psutil

    return min(int(psutil.virtual_memory().available) // _PARKED_SHARE, _PARKED_MOST)
