"""What a command is to search: its options, as a value."""

import argparse
from datetime import timedelta

from app.domain.errors import DocumentMissing
from app.domain.library.documents import Scope
from app.services.session import Services


def scope_of(arguments: argparse.Namespace, services: Services) -> Scope:
    """`DocumentMissing`, `CollectionMissing` when none has that id or name."""
    documents = services.library.documents() if arguments.document else []
    chosen: set[str] = set()
    for wanted in arguments.document:
        found = {
            document.id
            for document in documents
            if wanted in (document.id, document.name, document.path)
        }
        if not found:
            raise DocumentMissing(name=wanted)
        chosen |= found
    until = arguments.until and arguments.until + timedelta(days=1)
    name = arguments.collection
    collections = {services.library.collection_named(name)} if name else set()
    return Scope(
        collections=frozenset(collections),
        documents=frozenset(chosen),
        tags=frozenset(arguments.tag),
        types=frozenset(each.lower().lstrip(".") for each in arguments.type),
        since=arguments.since and arguments.since.timestamp(),
        until=until and until.timestamp(),
    )
