"""Tables of the three kinds of database, as they are after the newest migration."""

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

workspace = MetaData()
profile = MetaData()
collection = MetaData()

members = Table(
    "members",
    workspace,
    Column("profile", String, primary_key=True),
    Column("role", String, nullable=False),
)
collections = Table(
    "collections",
    workspace,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("created", Float, nullable=False),
    Column("conversation", String, nullable=False, server_default=""),
    Column("owner", String, nullable=False, server_default=""),
    Column("private", Integer, nullable=False, server_default="0"),
)
#: A collection's key, sealed to a profile; `adds` whether it may add documents too.
grants = Table(
    "grants",
    workspace,
    Column("profile", String, primary_key=True),
    Column("collection", String, ForeignKey("collections.id"), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("by", Text, nullable=False, server_default=""),
    Column("signature", Text, nullable=False, server_default=""),
    Column("adds", Integer, nullable=False, server_default="1"),
)
#: Keys that stay when the workspace's own key changes.
secrets = Table(
    "secrets",
    workspace,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
#: What an administrator decided for everybody, signed by him.
policies = Table(
    "policies",
    workspace,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("signature", Text, nullable=False),
)
models = Table(
    "models",
    workspace,
    Column("name", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("path", Text, nullable=False),
    Column("architecture", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("stamp", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("layers", Integer, nullable=False),
    Column("kv_bytes", Integer, nullable=False),
    Column("embedding", Integer, nullable=False),
    Column("vocabulary", Integer, nullable=False),
    Column("context_length", Integer, nullable=False),
    Column("quantisation", String, nullable=False),
    Column("licence", String, nullable=False),
    Column("chat_format", Text, nullable=False),
    Column("in_use", Integer, nullable=False),
)
speeds = Table(
    "speeds",
    workspace,
    Column("sha256", String, primary_key=True),
    Column("machine", String, primary_key=True),
    Column("prompt", Float, nullable=False),
    Column("answer", Float, nullable=False),
)
adapters = Table(
    "adapters",
    workspace,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("base", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("created", Float, nullable=False),
    Column("scale", Float, nullable=False),
    Column("lineage", String, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("signer", String, nullable=False, server_default=""),
    Column("card", Text, nullable=False, server_default=""),
)
#: Whose signatures on adapter files are known; `secret` of the workspace's own key alone.
signers = Table(
    "signers",
    workspace,
    Column("public", String, primary_key=True),
    Column("since", Float, nullable=False),
    Column("secret", LargeBinary),
)
#: `value` is the training as JSON; `key` encrypts its checkpoint and result.
trainings = Table(
    "trainings",
    workspace,
    Column("id", String, primary_key=True),
    Column("created", Float, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("value", Text, nullable=False),
)
#: `value` is the row as JSON.
training_rows = Table(
    "training_rows",
    workspace,
    Column("id", Integer, primary_key=True),
    Column("training", String, ForeignKey("trainings.id"), nullable=False),
    Column("used", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Index("training_rows_of", "training"),
)
#: `value` is the assistant as JSON.
assistants = Table(
    "assistants",
    workspace,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("removed", Float),
)
shared_templates = Table(
    "shared_templates",
    workspace,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
)
audit = Table(
    "audit",
    workspace,
    Column("number", Integer, primary_key=True),
    Column("moment", Float, nullable=False),
    Column("profile", String, nullable=False),
    Column("act", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("seal", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False, server_default=""),
)

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

facts = Table(
    "facts",
    collection,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
documents = Table(
    "documents",
    collection,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("pages", Integer),
    Column("passages", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("added", Float, nullable=False),
    Column("error", String, nullable=False),
    Column("error_facts", LargeBinary, nullable=False),
    Column("modified", Float),
    Column("content", String, nullable=False, server_default=""),
    Column("pending", Float),
    Column("language", String, nullable=False, server_default=""),
    Column("reading", Text, nullable=False, server_default=""),
    Column("container", String, nullable=False, server_default=""),
    Column("inside", Integer, nullable=False, server_default="0"),
    Index("documents_by_content", "sha256"),
    Index("documents_by_path", "path"),
    Index("documents_pending", "pending"),
)
#: Documents that have been read and not yet embedded; `facts` as JSON.
staged = Table(
    "staged",
    collection,
    Column("document", String, ForeignKey("documents.id"), primary_key=True),
    Column("sha256", String, nullable=False),
    Column("facts", Text, nullable=False),
    Index("staged_by_content", "sha256"),
)
#: Their passages with the words that FTS5 is to index; `data` is NULL until the vector is there,
#: empty where none is wanted.
staged_passages = Table(
    "staged_passages",
    collection,
    Column("id", Integer, primary_key=True),
    Column("document", String, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("header", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("locator", LargeBinary, nullable=False),
    Column("boxes", LargeBinary, nullable=False),
    Column("exact", Text, nullable=False),
    Column("stems", Text, nullable=False),
    Column("data", LargeBinary),
    Index("staged_of_document", "document", "ordinal", unique=True),
    Index("staged_wanting", "document", sqlite_where=text("data IS NULL")),
)
#: Where a document's content was found on the disk, as it was then.
places = Table(
    "places",
    collection,
    Column("path", Text, primary_key=True),
    Column("document", String, ForeignKey("documents.id"), nullable=False),
    Column("size", Integer, nullable=False),
    Column("modified", Float),
    Column("device", String, nullable=False, server_default=""),
    Column("missing", Integer, nullable=False, server_default="0"),
    Index("places_of_document", "document"),
)
watched = Table(
    "watched",
    collection,
    Column("path", Text, primary_key=True),
    Column("include", Text, nullable=False),
    Column("exclude", Text, nullable=False),
    Column("removal", String, nullable=False),
    Column("scanned", Float),
    Column("problem", String, nullable=False, server_default=""),
)
tags = Table(
    "tags",
    collection,
    Column("document", String, ForeignKey("documents.id"), primary_key=True),
    Column("tag", String, primary_key=True),
)
passages = Table(
    "passages",
    collection,
    Column("id", Integer, primary_key=True),
    Column("document", String, ForeignKey("documents.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("header", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("locator", LargeBinary, nullable=False),
    Column("boxes", LargeBinary, nullable=False),
    Index("passages_of_document", "document", "ordinal", unique=True),
    sqlite_autoincrement=True,  # ids are never used again, so a stale index cannot name a new row
)
vectors = Table(
    "vectors",
    collection,
    Column("passage", Integer, ForeignKey("passages.id"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
