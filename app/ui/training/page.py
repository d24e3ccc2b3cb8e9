"""The Training view: adapters on the left, one of them with its five steps on the right."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.events import AdaptersChanged, AssistantsChanged, TrainingMoved, TrainingsChanged
from app.domain.models.adapters import Adapter
from app.domain.training.training import Training, TrainingState
from app.services.jobs import Job
from app.ui.dialogs.questions import agreed, named
from app.ui.language import Language, filled
from app.ui.pages.dropping import TakesFiles
from app.ui.theme import Theme
from app.ui.training.adapters.adapter_list import AdapterEntry, AdapterList
from app.ui.training.adapters.beginning import NoAdaptersYet
from app.ui.training.adapters.head import AdapterHead, HeadActs
from app.ui.training.adapters.passing import Passing, may_be_adapter
from app.ui.training.run.stop_question import StopQuestion
from app.ui.training.services import TrainingOverview, TrainingServices, look
from app.ui.training.steps import Steps, TrainingStage
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import show_if
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.toast import Toast


class TrainingPage(Retranslating, TakesFiles, QWidget):
    """Databases are asked on `reading`, examples are written and adapters compared on `answers`,
    a run is tried on `background`; the run itself lives in a process of its own."""

    def __init__(self, services: TrainingServices, theme: Theme, language: Language) -> None:
        super().__init__()
        self._reading, self._trainings = services.reading, services.training
        self._services, self._theme = services, theme
        self._words = TrainingWords(language)
        self._overview = TrainingOverview()
        self._chosen = ""
        self._under_way = self._stale = False
        self._publishing: set[str] = set()
        self._build()
        for kind in (TrainingsChanged, TrainingMoved, AdaptersChanged, AssistantsChanged):
            services.events.subscribe(kind, lambda _: self._changed())
        self._retranslate()
        self.reload()

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self._denied = ""
        self.list = AdapterList(self._theme)
        self.list.chosen.connect(self.choose)
        self.list.wanted.connect(self.begin)
        self.list.repeated.connect(self.repeat)
        self.list.renamed.connect(self.rename)
        self.list.exported.connect(self.export)
        self.list.offered.connect(lambda: self.passing.ask_for_file())
        self.list.removed.connect(self.remove)
        acts = HeadActs(
            self.pause,
            self.resume,
            self.stop,
            lambda: self.steps.show_step(TrainingStage.PLAN),
            lambda: self.list.menu(self._chosen),
        )
        self.head, self.beginning = AdapterHead(acts, self._theme), NoAdaptersYet()
        self.steps: Steps = Steps(self._services, self._words, self._theme)
        self.steps.told.connect(lambda text, undo: self.toast.say(text, undo))
        self.steps.asked.connect(self._publish_chosen)
        self.passing: Passing = Passing(self._services, self._words, self._theme)
        self.passing.told.connect(lambda text: self.toast.say(text))
        self.passing.taken.connect(self._show_taken)
        content = self._content()
        self.toast: Toast = Toast(content)
        in_row(self.list, wide(content), on=self, margins=0, spacing=0)
        QShortcut(QKeySequence("Ctrl+N"), self, self.begin)

    def _content(self) -> QWidget:
        content = QFrame()
        head, empty = QHBoxLayout(), QHBoxLayout()
        passing = QHBoxLayout()
        for line in (head, empty, passing):
            line.setContentsMargins(22, 0, 22, 0)
        head.addWidget(self.head)
        empty.addWidget(self.beginning)
        passing.addWidget(self.passing)
        in_column(
            passing, head, empty, wide(self.steps), STRETCH, on=content, margins=(0, 16, 0, 0),
            spacing=14,
        )  # fmt: skip
        for part in (self.head, self.beginning, self.steps):
            part.hide()
        return content

    def _retranslate(self) -> None:
        self._denied = self._words.why_not(may_train=self._services.may_train)
        self.list.forbid(self._denied)
        self.beginning.deny(self._denied)
        self.setAcceptDrops(self._services.may_train)
        self._show_all()

    # -- what is shown ----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.view.setFocus()  # or the first button would look chosen
        if self._stale:
            self.reload()

    def _changed(self) -> None:
        """A run that ended is compared even while another view is shown."""
        self._stale = True
        if not self._under_way:
            self.reload()

    def reload(self) -> None:
        """One reading at a time: news that come meanwhile are read together after it."""
        self._stale, self._under_way = False, True
        self._reading.begin(self, lambda _: look(self._services), ended=self._read, done=self._show)

    def _read(self) -> None:
        self._under_way = False

    def _show(self, overview: TrainingOverview) -> None:
        gone = overview.training(self._chosen) is None
        if gone and self._stale:  # it may be newer than what was read
            self.reload()
            return
        self._overview = overview
        if gone:
            keys = [training.id for training in overview.trainings]
            keys += [guest.training.id for guest in overview.guests]
            self._chosen = keys[0] if keys else ""
        self._show_all()
        self._publish_trained()
        if self._stale:
            self.reload()

    def _show_all(self) -> None:
        overview, training = self._overview, self.training
        entries = [self._entry(each) for each in overview.trainings]
        entries += [self._entry(guest.training) for guest in overview.guests]
        self.list.show_entries(entries, self._chosen)
        self.beginning.setVisible(training is None)
        show_if(training is not None, self.head, self.steps)
        if training is not None:
            self.head.show_training(training, self._denied)
            self.steps.show_training(training, overview)

    def _entry(self, training: Training) -> AdapterEntry:
        overview = self._overview
        adapter = overview.adapter(training)
        state = self._words.state(training, adapter, len(overview.users(training)))
        guest = overview.guest(training.id) is not None
        return AdapterEntry(training.id, training.name, state, guest, adapter is not None)

    @property
    def training(self) -> Training | None:
        """The one that is shown."""
        return self._overview.training(self._chosen)

    def choose(self, key: str) -> None:
        self._chosen = key
        self._show_all()

    def _do(self, act: Callable[[], object]) -> None:
        """A quick act of the service; what it changes comes back as an event."""
        self._reading.begin(self, lambda _: act())

    # -- a training -------------------------------------------------------------------------------

    def begin(self) -> None:
        """A draft for the chat model in use, shown at once."""
        if not self._services.may_train:
            return
        taken = {training.name for training in self._overview.trainings}
        names = (filled(self.tr("Adapter %1"), n) for n in range(1, len(taken) + 2))
        name = next(each for each in names if each not in taken)
        self._make(lambda: self._trainings.create(name))

    def repeat(self, key: str) -> None:
        """A draft of the next version, with the same examples and settings."""
        self._make(lambda: self._trainings.again(key))

    def _make(self, make: Callable[[], Training]) -> None:
        def made(training: Training) -> None:
            self._chosen = training.id
            self._changed()

        self._reading.begin(self, lambda _: make(), made)

    def rename(self, key: str) -> None:
        if (training := self._overview.training(key)) is None:
            return
        title = self.tr("Rename the adapter")
        name = named(self, title, self.tr("Name"), self.tr("Rename"), training.name)
        if name and name != training.name:
            self._do(lambda: self._trainings.rename(key, name))

    def remove(self, key: str) -> None:
        """Say what goes, and let it go when that is wanted."""
        if (training := self._overview.training(key)) is None:
            return
        question = filled(self.tr("Delete “%1”?"), training.name)
        gone = [self.tr("%n example(s)", "", training.rows)]
        if training.state != TrainingState.DRAFT:
            gone.append(self.tr("the checkpoints"))
        if training.adapter:
            gone.append(self.tr("the adapter that came of it"))
        text = filled(self.tr("This goes and cannot be brought back: %1."), ", ".join(gone))
        if self._overview.guest(key):
            text = self.tr("The adapter goes and cannot be brought back, unless you have its file.")
            act = self.tr("Delete")
            if agreed(self, question, text, act=act, final=True):
                self._do(lambda: self._services.adapters.discard(key))
        elif agreed(self, question, text, act=self.tr("Delete"), final=True):
            self._do(lambda: self._trainings.remove(key))

    def export(self, key: str) -> None:
        training = self._overview.training(key)
        adapter = self._overview.adapter(training) if training else None
        if adapter is not None:
            self.passing.export(adapter)

    def _show_taken(self, adapter: Adapter) -> None:
        self._chosen = adapter.id
        self._changed()

    def _is_wanted(self, path: Path) -> bool:
        return may_be_adapter(path)

    def _take_files(self, paths: list[Path]) -> None:
        self.passing.offer(paths[0])

    # -- a run ------------------------------------------------------------------------------------

    def pause(self) -> None:
        key = self._chosen
        self._do(lambda: self._trainings.pause(key))

    def resume(self) -> None:
        """On `answers`: the chat model may have to give its memory."""
        key = self._chosen
        self._services.answers.begin(self, lambda _: self._trainings.start(key))

    def stop(self) -> None:
        """Make the adapter of the best so far, or go back to a draft, as the user wants."""
        key, training = self._chosen, self.training
        if training is None:
            return
        running = training.state == TrainingState.RUNNING
        question = StopQuestion(self, can_keep=running)
        question.exec()
        if question.keeps:
            self._do(lambda: self._trainings.finish(key))
        elif question.drops:
            self._do(lambda: self._trainings.cancel(key))

    def _publish_trained(self) -> None:
        """Each of them once by itself: a failure is shown and may be tried again."""
        if not self._services.may_train:
            return
        for training in self._overview.trainings:
            if training.state == TrainingState.TRAINED and training.id not in self._publishing:
                self._publishing.add(training.id)
                self._publish(training.id)

    def _publish_chosen(self) -> None:
        self._publish(self._chosen)

    def _publish(self, key: str) -> None:
        services, doing = self._services, self.steps.report.doing
        if doing.busy:
            self._publishing.discard(key)
            return

        def work(job: Job) -> object:
            return services.training.publish(key, job)

        training = self._overview.training(key)
        name = training.name if training else ""
        title = filled(self.tr("Comparing “%1” with the base…"), name)
        doing.run(title, services.answers, work, lambda _: self._changed(), self._show_all)
        self._show_all()
