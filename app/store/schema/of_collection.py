"""Tables of a collection: its documents and what is searched in them."""

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

collection = MetaData()

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
