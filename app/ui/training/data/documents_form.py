"""From which documents examples are written, and how many."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame

from app.domain.library.documents import Collection, Document
from app.ui.assistants.fields import SteadyComboBox
from app.ui.library.collections import collection_name
from app.ui.theme import Theme
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.number import WholeField
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.ticked import TickedList

_LEAST, _MOST, _USUAL = 10, 2000, 200
#: `(collection, show)`: has its documents read, "" for all.
Load = Callable[[str, Callable[[Sequence[Document]], None]], None]


class DocumentsForm(Retranslating, QFrame):
    """`asked` gives the ids of the documents and how many examples are wanted."""

    asked, left = Signal(list, int), Signal()

    def __init__(self, theme: Theme, load: Load) -> None:
        super().__init__()
        self.setObjectName("hollow")
        self._load = load
        self._title, self._told = label("strong"), label("small", wrap=True)
        self.collection, self.list = SteadyComboBox(theme), TickedList()
        self.collection.currentIndexChanged.connect(lambda _: self._reload())
        self.list.setUniformItemSizes(True)
        self.list.turned.connect(lambda *_: self._tell())
        self._many = label()
        self.count = WholeField()
        self.count.setRange(_LEAST, _MOST)
        self.count.setSingleStep(50)
        self.count.setValue(_USUAL)
        self.begin = button("primary", self._ask)
        self.cancel = button("", self.left.emit)
        self._build()
        self._retranslate()
        self.hide()

    def _build(self) -> None:
        head = in_row(wide(self._title), self.collection)
        foot = in_row(self._many, self.count, STRETCH, self.cancel, self.begin, spacing=8)
        in_column(head, self.list, self._told, foot, on=self, margins=(14, 12, 14, 12), spacing=8)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Examples from documents"))
        self.collection.setAccessibleName(self.tr("Collection"))
        self.collection.setToolTip(self.tr("Collection"))
        self.list.setAccessibleName(self.tr("Documents"))
        self._many.setText(self.tr("How many examples"))
        self.count.setAccessibleName(self._many.text())
        self.count.setToolTip(
            self.tr("300 to 1,000 teach how to answer from documents; some may be rejected")
        )
        self.begin.setText(self.tr("Write examples"))
        self.begin.setToolTip(
            self.tr("The model writes questions and answers and checks each against its quote")
        )
        self.cancel.setText(self.tr("Cancel"))
        if self.collection.count():
            self.collection.setItemText(0, self.tr("All collections"))
        self._tell()

    def offer(self, collections: Sequence[Collection]) -> None:
        """Open it."""
        with QSignalBlocker(self.collection):
            self.collection.clear()
            self.collection.addItem(self.tr("All collections"), "")
            for collection in collections:
                self.collection.addItem(collection_name(collection.name), collection.id)
        self.show()
        self.begin.setFocus()
        self._reload()

    def _reload(self) -> None:
        self._load(str(self.collection.currentData() or ""), self._show)

    def _show(self, documents: Sequence[Document]) -> None:
        self.list.offer((document.id, document.name, False) for document in documents)
        self.list.fit()
        self.list.setVisible(bool(documents))
        self._tell()

    @property
    def chosen(self) -> list[str]:
        """Ids of those that are ticked; of all, when none is."""
        return self.list.chosen or self.list.keys

    def _tell(self) -> None:
        count, ticked = self.list.count(), len(self.list.chosen)
        self.begin.setEnabled(count > 0)
        if not count:
            text = self.tr("There are no documents here. Add some in the library first.")
        elif ticked:
            text = self.tr("%n document(s) chosen.", "", ticked)
        else:
            text = self.tr("None is ticked: all %n document(s) are used.", "", count)
        self._told.setText(text)

    def _ask(self) -> None:
        self.asked.emit(self.chosen, self.count.value())
