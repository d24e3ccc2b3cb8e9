"""Templates in the chat: offered to its composer, and their dialog."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.chat.templates import Template
from app.domain.events import TemplatesChanged
from app.ui.chat.composer.composer import Composer
from app.ui.chat.composer.template_dialog import TemplateDialog
from app.ui.chat.composer.template_popup import TemplatePopup
from app.ui.chat.services import ChatServices
from app.ui.language import Language
from app.ui.theme import Theme


class ChatTemplates(QObject):
    """They are loaded and counted on `reading`."""

    def __init__(
        self,
        page: QWidget,
        services: ChatServices,
        composer: Composer,
        theme: Theme,
        language: Language,
    ) -> None:
        super().__init__(page)
        self._page, self._composer = page, composer
        self._templates, self._reading = services.templates, services.reading
        self._theme, self._language = theme, language
        self.dialog: TemplateDialog | None = None
        self.popup = TemplatePopup(page, composer, theme)
        self.popup.chosen.connect(self._take)
        self.popup.managed.connect(self.manage)
        services.events.subscribe(TemplatesChanged, lambda _: self._load())
        self._load()

    def manage(self) -> None:
        """Open the dialog."""
        self.dialog = dialog = TemplateDialog(
            self._page, self._templates, self._reading, self._theme, self._language
        )

        def closed() -> None:
            self.dialog = None
            dialog.deleteLater()
            self._composer.text.setFocus()
            self.popup.go_on()

        dialog.finished.connect(closed)
        dialog.open()

    def _take(self, template: Template) -> None:
        self._composer.take_template(template.text)
        self._reading.begin(self, lambda _: self._templates.use(template))

    def _load(self) -> None:
        self._reading.begin(self, lambda _: self._templates.all(), self.popup.offer)
