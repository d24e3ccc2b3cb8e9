"""Roles and acts of the log in the window's language."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app.domain.roles import Role
from app.ui.language import Language


class AdministrationWords:
    def __init__(self, language: Language) -> None:
        self._language = language

    def role(self, role: Role) -> str:
        names = {
            Role.ADMINISTRATOR: self.tr("Administrator"),
            Role.EDITOR: self.tr("Editor"),
            Role.READER: self.tr("Reader"),
        }
        return names[role]

    def act(self, act: str) -> str:
        """What happened; an act without words of its own as the log has it."""
        return self._acts().get(act, act)

    def moment(self, seconds: float) -> str:
        """A day and a time as this language writes them."""
        at = QDateTime.fromSecsSinceEpoch(int(seconds))
        return QLocale(self._language.code).toString(at, QLocale.FormatType.ShortFormat)

    def day(self, seconds: float) -> str:
        at = QDateTime.fromSecsSinceEpoch(int(seconds))
        return QLocale(self._language.code).toString(at.date(), QLocale.FormatType.ShortFormat)

    def _acts(self) -> dict[str, str]:
        return {
            "unlock": self.tr("Logged in"),
            "wrong-passwords": self.tr("Wrong passwords before"),
            "refused": self.tr("Refused"),
            "create-profile": self.tr("Profile created"),
            "delete-profile": self.tr("Profile deleted"),
            "change-role": self.tr("Role changed"),
            "change-password": self.tr("Password changed"),
            "recover": self.tr("Recovery key used"),
            "new-recovery-key": self.tr("New recovery key"),
            "create-collection": self.tr("Collection created"),
            "rename-collection": self.tr("Collection renamed"),
            "delete-collection": self.tr("Collection deleted"),
            "share-collection": self.tr("Access given"),
            "unshare-collection": self.tr("Access taken away"),
            "add-document": self.tr("Document added"),
            "remove-document": self.tr("Document removed"),
            "export-document": self.tr("Document exported"),
            "print-document": self.tr("Document printed"),
            "move-document": self.tr("Document moved"),
            "answer": self.tr("Question answered"),
            "export-conversation": self.tr("Conversation exported"),
            "import-conversation": self.tr("Conversation imported"),
            "export-summaries": self.tr("Summaries exported"),
            "export-log": self.tr("Audit log exported"),
            "export-statistics": self.tr("Statistics exported"),
            "policy": self.tr("Policy set"),
            "retention": self.tr("Old conversations deleted"),
            "training-started": self.tr("Training started"),
            "training-done": self.tr("Training finished"),
            "training-removed": self.tr("Training removed"),
            "adapter-exported": self.tr("Adapter exported"),
            "adapter-imported": self.tr("Adapter imported"),
            "signer-accepted": self.tr("Signature accepted"),
            "model-server-added": self.tr("Model server added"),
            "found-department": self.tr("Department founded"),
            "join-department": self.tr("Department joined"),
            "leave-department": self.tr("Department left"),
            "invite": self.tr("Invited into the department"),
            "create-key": self.tr("Key of another program made"),
            "use-key": self.tr("Key of another program used"),
            "revoke-key": self.tr("Key of another program revoked"),
            "open-original": self.tr("Original opened by another program"),
            "read-database": self.tr("Database read"),
            "export-assistant": self.tr("Assistant exported"),
            "backup": self.tr("Backup written"),
            "restore": self.tr("Backup restored"),
            "clean-up": self.tr("Room made"),
            "repair": self.tr("Repaired"),
            "export-collection": self.tr("Collection exported"),
            "import-collection": self.tr("Collection taken in"),
        }

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("AdministrationWords", text)
