"""The local interface as OpenAPI 3.1 tells of it, from the very types that requests are read by."""

from functools import cache
from typing import Any

import msgspec

from app import __version__
from app.interface.limits import PASSAGES
from app.interface.requests import Completion, Embeddings, Search
from app.interface.wire import ROUTES, Route

_BODIES = {"chat": Completion, "embeddings": Embeddings, "search": Search}
_TOLD = {
    "chat": "Ask the documents. `model` is an assistant's name, or `larets`. The answer's sources "
    "stand below it as text, and with quotations in the field `larets` of the answer or of its "
    "last piece.",
    "models": "The assistants that may be asked, and the embedding model.",
    "embeddings": "Vectors of the embedding model in use.",
    "search": "The passages that fit a query best.",
    "passages": "Passages of a document that follow each other: `count` from number `first` on.",
    "documents": "The documents that may be searched.",
    "add": "Add files to a collection.",
    "collections": "The collections that may be searched.",
}
_TEXT = {"type": "string", "maxLength": 200}
_QUERIES: dict[str, dict[str, dict[str, Any]]] = {
    "documents": {"collection": _TEXT},
    "add": {"collection": _TEXT},
    "passages": {
        "document": _TEXT,
        "first": {"type": "integer", "minimum": 0, "maximum": 999_999_999},
        "count": {"type": "integer", "minimum": 1, "maximum": PASSAGES},
    },
}
_REQUIRED = {("passages", "document")}
_REFUSALS = (400, 401, 403, 404, 405, 408, 413, 421, 422, 429, 500, 503)


@cache
def described() -> bytes:
    bodies = tuple(_BODIES.values())
    _, parts = msgspec.json.schema_components(bodies, ref_template="#/components/schemas/{name}")
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {"title": "Larets", "version": __version__},
            "security": [{"key": []}],
            "paths": paths,
            "components": {
                "schemas": {**parts, "Error": _error()},
                "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            },
        }
    )


def _operation(route: Route) -> dict[str, Any]:
    refused = {"description": "Refused", "content": _json({"$ref": "#/components/schemas/Error"})}
    answers: dict[str, Any] = {str(status): refused for status in _REFUSALS}
    answers["200"] = {"description": "Done", "content": _json({"type": "object"})}
    if route.name == "chat":
        answers["200"]["content"]["text/event-stream"] = {"schema": {"type": "string"}}
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": _TOLD[route.name],
        "parameters": [
            {
                "name": name,
                "in": "query",
                "schema": schema,
                "required": (route.name, name) in _REQUIRED,
            }
            for name, schema in _QUERIES.get(route.name, {}).items()
        ],
        "responses": dict(sorted(answers.items())),
    }
    if body := _body(route):
        operation["requestBody"] = {"required": True, "content": body}
    return operation


def _body(route: Route) -> dict[str, Any]:
    if route.sends_files:
        file = {"type": "string", "format": "binary"}
        files = {"type": "array", "items": file, "minItems": 1}
        form = {"type": "object", "properties": {"file": files}, "required": ["file"]}
        return {"multipart/form-data": {"schema": form}}
    if route.name in _BODIES:
        return _json({"$ref": f"#/components/schemas/{_BODIES[route.name].__name__}"})
    return {}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _error() -> dict[str, Any]:
    named = {name: {"type": "string"} for name in ("message", "type", "code")}
    error = {"type": "object", "properties": named, "required": sorted(named)}
    return {"type": "object", "properties": {"error": error}, "required": ["error"]}
