"""Tables of a workspace: who and what is there for every profile of it."""

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
)

workspace = MetaData()

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
#: A model that lies on servers; `urls` parted by spaces.
model_servers = Table(
    "model_servers",
    workspace,
    Column("name", String, ForeignKey("models.name", ondelete="CASCADE"), primary_key=True),
    Column("urls", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("root", Text, nullable=False),
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
    Column("archived", Float),
)
#: `value` is the question as JSON.
exam_questions = Table(
    "exam_questions",
    workspace,
    Column("id", String, primary_key=True),
    Column("assistant", String, ForeignKey("assistants.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("removed", Float),
    Index("exam_questions_of", "assistant", "position"),
)
#: `value` is the assistant as JSON, as `by`, a profile, left it.
assistant_versions = Table(
    "assistant_versions",
    workspace,
    Column("assistant", String, ForeignKey("assistants.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("created", Float, nullable=False),
    Column("by", String, nullable=False),
    Column("value", Text, nullable=False),
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
