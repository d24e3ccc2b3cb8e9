"""Models that lie on servers of one's own network: added, opened."""

from collections.abc import Callable

from app.domain.errors import ForbiddenByPolicy, NameTaken
from app.domain.events import ModelsChanged
from app.domain.models.model import Model, ModelKind, ModelShape
from app.domain.models.servers import ModelServer
from app.domain.policies import Policy
from app.domain.roles import Act
from app.engines.base import ChatModel, Engines, Ways
from app.services.events import Events
from app.services.profiles.access import Access
from app.store.models.models import ModelStore
from app.store.models.servers import ModelServerStore

_ARCHITECTURE = "server"


class ModelServers:
    """`ways` counts towards what the proof page tells; `record` writes into the log of acts."""

    def __init__(
        self,
        models: ModelStore,
        servers: ModelServerStore,
        engines: Engines,
        access: Access,
        events: Events,
        ways: Ways,
        record: Callable[[str, str], None],
    ) -> None:
        self._models, self._servers = models, servers
        self._engines, self._access, self._events = engines, access, events
        self._ways, self._record = ways, record

    @property
    def allowed(self) -> bool:
        """Whether the policy `department` lets anything out of this computer."""
        return self._access.allows(Act.USE_DEPARTMENT)

    def add(self, name: str, server: ModelServer) -> Model:
        """Know a model that lies on servers, once one of them answered. It is not in use yet.
        `NameTaken`, `ModelServerAddress`, `ModelServerAway`, `ModelServerRefused`,
        `ForbiddenByPolicy`, `AccessDenied`."""
        self._access.require(Act.CHANGE_MODELS)
        self._access.require(Act.USE_DEPARTMENT)
        if any(model.name == name for model in self._models.all()):
            raise NameTaken(name=name)
        opened = self._engines.open_served(name, server, self._ways)
        context = opened.context_length
        opened.close()
        model = Model(
            name, ModelKind.CHAT, " ".join(server.urls), _ARCHITECTURE, server.mark,
            ModelShape(size=0, context_length=context),
        )  # fmt: skip
        self._models.keep(model, stamp="")
        self._servers.keep(name, server)
        self._record("model-server-added", f"{name}: {server.shown}")
        self._events.publish(ModelsChanged())
        return model

    def open(self, model: Model) -> ChatModel:
        """`ModelServerAway`, `ModelServerRefused`, `ForbiddenByPolicy`."""
        if not self.allowed:
            raise ForbiddenByPolicy(policy=Policy.DEPARTMENT.value)
        return self._engines.open_served(model.name, self._servers.of(model.name), self._ways)

    def shown(self, model: Model) -> str:
        """Where it lies, as it may stand in a window."""
        return self._servers.of(model.name).shown

    def in_use(self) -> str:
        """Where the chat model in use lies; "" for one of this computer, and where the policy
        forbids to ask it."""
        model = self._models.in_use(ModelKind.CHAT)
        return self.shown(model) if model and model.is_served and self.allowed else ""

    def all(self) -> list[str]:
        """Where models lie that may be asked, in use or not."""
        known = [model for model in self._models.all() if model.is_served]
        return [self.shown(model) for model in known] if self.allowed else []
