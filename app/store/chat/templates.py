"""Question templates: a profile's own, and those that a workspace shares."""

from sqlalchemy import delete, func, insert, select, update

from app.domain.chat.templates import Template
from app.store.database import Database
from app.store.schema import shared_templates, templates


class TemplateStore:
    """A profile's own."""

    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def all(self) -> list[Template]:
        """Every template, in the order of their names."""
        columns = templates.c.id, templates.c.name, templates.c.text
        query = select(*columns).order_by(templates.c.used.desc(), func.lower(templates.c.name))
        with self._profile.transaction() as connection:
            return [Template(*row) for row in connection.execute(query)]

    def keep(self, template: Template) -> None:
        """A new one, or a known one's new name and text."""
        own = templates.c.id == template.id
        values = {"name": template.name, "text": template.text}
        with self._profile.change() as connection:
            if not connection.execute(update(templates).where(own).values(**values)).rowcount:
                connection.execute(insert(templates).values(id=template.id, **values))

    def remove(self, template: str) -> None:
        with self._profile.transaction() as connection:
            connection.execute(delete(templates).where(templates.c.id == template))

    def count_use(self, template: str) -> None:
        own = templates.c.id == template
        with self._profile.transaction() as connection:
            connection.execute(update(templates).where(own).values(used=templates.c.used + 1))


class SharedTemplateStore:
    """Those of a workspace."""

    def __init__(self, workspace: Database) -> None:
        self._workspace = workspace

    def all(self) -> list[Template]:
        """Every template, in the order of their names."""
        query = select(shared_templates).order_by(func.lower(shared_templates.c.name))
        with self._workspace.transaction() as connection:
            rows = connection.execute(query)
            return [Template(row.id, row.name, row.text, shared=True) for row in rows]

    def keep(self, template: Template) -> None:
        """A new one, or a known one's new name and text."""
        values = {"id": template.id, "name": template.name, "text": template.text}
        with self._workspace.transaction() as connection:
            connection.execute(insert(shared_templates).prefix_with("OR REPLACE").values(**values))

    def remove(self, template: str) -> None:
        with self._workspace.transaction() as connection:
            own = shared_templates.c.id == template
            connection.execute(delete(shared_templates).where(own))
