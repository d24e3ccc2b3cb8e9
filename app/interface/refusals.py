"""An error as another program sees it: a status, and OpenAI's shape with the product's words."""

import msgspec

from app.domain.errors import (
    AccessDenied,
    AssistantMissing,
    CollectionMissing,
    DocumentError,
    DocumentMissing,
    FileTooLarge,
    ForbiddenByPolicy,
    ForeignHost,
    ForeignOrigin,
    KeyRefused,
    LaretsError,
    ModelError,
    NoSuchRoute,
    OutOfScope,
    PromptTooLong,
    ReadOnlyCollection,
    RequestTooLarge,
    RequestTooSlow,
    TooManyRequests,
    UnreadableRequest,
)
from app.services.wording import Wording

#: The first that fits.
_STATUS: tuple[tuple[type[LaretsError], int, str], ...] = (
    (KeyRefused, 401, "authentication_error"),
    (OutOfScope, 403, "permission_error"),
    (AccessDenied, 403, "permission_error"),
    (ForbiddenByPolicy, 403, "permission_error"),
    (ReadOnlyCollection, 403, "permission_error"),
    (ForeignHost, 421, "permission_error"),
    (ForeignOrigin, 403, "permission_error"),
    (AssistantMissing, 404, "not_found_error"),
    (CollectionMissing, 404, "not_found_error"),
    (DocumentMissing, 404, "not_found_error"),
    (NoSuchRoute, 404, "not_found_error"),
    (RequestTooSlow, 408, "timeout_error"),
    (RequestTooLarge, 413, "invalid_request_error"),
    (FileTooLarge, 413, "invalid_request_error"),
    (TooManyRequests, 429, "rate_limit_error"),
    (UnreadableRequest, 400, "invalid_request_error"),
    (PromptTooLong, 400, "invalid_request_error"),
    (DocumentError, 422, "invalid_request_error"),
    (ModelError, 503, "server_error"),
)


def status_of(error: BaseException) -> int:
    return _kind(error)[0]


def body_of(error: BaseException, wording: Wording) -> bytes:
    sentence = wording.of(error)
    code = error.code if isinstance(error, LaretsError) else "unexpected"
    message = f"{sentence.what} {sentence.hint}".strip()
    return msgspec.json.encode(
        {"error": {"message": message, "type": _kind(error)[1], "param": None, "code": code}}
    )


def again_after(error: BaseException) -> int:
    """Seconds after which to ask again, 0 for none."""
    return int(error.facts["seconds"]) if isinstance(error, TooManyRequests) else 0


def _kind(error: BaseException) -> tuple[int, str]:
    for kind, status, name in _STATUS:
        if isinstance(error, kind):
            return status, name
    return 500, "server_error"
