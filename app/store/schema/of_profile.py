"""Tables of one profile: its conversations, what is kept of them, its settings."""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

#: What an index over answers holds, so that nothing else need be read to count them.
_SERVED = (
    "day", "assistant", "outcome", "feedback", "first_ms", "total_ms", "read_tokens",
    "written_tokens", "conversation", "cited",
)  # fmt: skip

profile = MetaData()

conversations = Table(
    "conversations",
    profile,
    Column("id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("created", Float, nullable=False),
    Column("changed", Float, nullable=False),
    Column("named_by", String, nullable=False, server_default="question"),
    Column("pinned", Integer, nullable=False, server_default="0"),
    Column("archived", Integer, nullable=False, server_default="0"),
    Column("removed", Float),
    Column("assistant", String, nullable=False, server_default=""),
    Column("leaf", Integer),
    Column("numbers", Integer, nullable=False, server_default="0"),
    Column("covered", Integer, nullable=False, server_default="0"),
)
#: `size` in characters of the text; one index has all that a conversation's outline needs, the
#: other all that statistics do. Of an answer only: `outcome` ("" of a question); `day` since 1970,
#: where the user was; `assistant` that gave it; `first_ms` until something useful stood there, NULL
#: where that was not measured; `cited`, ids of documents, separated by spaces.
messages = Table(
    "messages",
    profile,
    Column("id", Integer, primary_key=True),
    Column("conversation", String, ForeignKey("conversations.id"), nullable=False),
    Column("parent", Integer, ForeignKey("messages.id")),
    Column("speaker", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("created", Float, nullable=False),
    Column("state", String, nullable=False),
    Column("model", String, nullable=False),
    Column("sources", LargeBinary, nullable=False),
    Column("citations", LargeBinary, nullable=False),
    Column("timings", LargeBinary, nullable=False),
    Column("searched", Text, nullable=False, server_default=""),
    Column("computed", Text, nullable=False, server_default="null"),
    Column("feedback", String, nullable=False, server_default=""),
    Column("correction", Text, nullable=False, server_default=""),
    Column("kind", String, nullable=False, server_default="lookup"),
    Column("quotation", Text, nullable=False, server_default="null"),
    Column("looked_at", Text, nullable=False, server_default="null"),
    Column("size", Integer, nullable=False, server_default="0"),
    Column("outcome", String, nullable=False, server_default=""),
    Column("day", Integer, nullable=False, server_default="0"),
    Column("assistant", String, nullable=False, server_default=""),
    Column("first_ms", Integer),
    Column("total_ms", Integer),
    Column("read_tokens", Integer, nullable=False, server_default="0"),
    Column("written_tokens", Integer, nullable=False, server_default="0"),
    Column("cited", Text, nullable=False, server_default=""),
    Index("messages_outline", "conversation", "id", "parent", "speaker", "size"),
    Index("messages_served", *_SERVED, sqlite_where=text("outcome <> ''")),
)
#: What was sent to the model for an answer, JSON deflated.
sent_prompts = Table(
    "sent_prompts",
    profile,
    Column("message", Integer, ForeignKey("messages.id"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
#: Messages whose words FTS5 has.
searchable_messages = Table(
    "searchable_messages",
    profile,
    Column("message", Integer, ForeignKey("messages.id"), primary_key=True),
)
#: Passages that were kept together; `question` with its vector is what they answered.
passage_sets = Table(
    "passage_sets",
    profile,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("embedding_model", String, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Column("created", Float, nullable=False),
    Column("message", Integer),
    Column("used", Integer, nullable=False),
    Column("last_used", Float),
    Column("passages", Text, nullable=False),
)
#: `value` is the summary as JSON.
summaries = Table(
    "summaries",
    profile,
    Column("id", String, primary_key=True),
    Column("conversation", String, nullable=False),
    Column("created", Float, nullable=False),
    Column("removed", Float),
    Column("value", Text, nullable=False),
    Index("summaries_of_conversation", "conversation"),
)
#: `value` is the note as JSON.
notes = Table(
    "notes",
    profile,
    Column("id", String, primary_key=True),
    Column("created", Float, nullable=False),
    Column("removed", Float),
    Column("value", Text, nullable=False),
)
#: The texts of a summary or note, as JSON, with their vectors by an embedding model.
memory_vectors = Table(
    "memory_vectors",
    profile,
    Column("owner", String, primary_key=True),
    Column("embedding_model", String, primary_key=True),
    Column("texts", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
templates = Table(
    "templates",
    profile,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("used", Integer, nullable=False, server_default="0"),
)
settings = Table(
    "settings",
    profile,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
#: `value` is the run as JSON, deflated; `assistant` the id of one of the workspace's.
exam_runs = Table(
    "exam_runs",
    profile,
    Column("id", String, primary_key=True),
    Column("assistant", String, nullable=False),
    Column("moment", Float, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Index("exam_runs_of", "assistant", "moment"),
)
