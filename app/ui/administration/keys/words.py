"""What a key may, in the window's language."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from app.domain.access_keys import AccessKey, KeyAct
from app.ui.language import filled


class KeyWords:
    def act(self, act: KeyAct) -> str:
        names = {
            KeyAct.SEARCH: self.tr("Search"),
            KeyAct.ASK: self.tr("Ask"),
            KeyAct.DOCUMENTS: self.tr("List documents"),
            KeyAct.MODELS: self.tr("List assistants"),
            KeyAct.EMBEDDINGS: self.tr("Compute embeddings"),
            KeyAct.ADD: self.tr("Add documents"),
        }
        return names[act]

    def scope(self, key: AccessKey, names: Mapping[str, str]) -> str:
        """Acts, then where; `names` of collections and assistants by their ids."""
        acts = ", ".join(self.act(act) for act in KeyAct if act in key.acts)
        places = [names.get(each, "?") for each in (*key.collections, *key.assistants)]
        if not places:
            return acts
        return filled(self.tr("%1 · only %2"), acts, ", ".join(places))

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("KeyWords", text)
