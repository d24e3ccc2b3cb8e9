"""What can go wrong between another program and the local interface."""

from app.domain.errors.base import LaretsError


class InterfaceError(LaretsError):
    code = "interface"


class KeyRefused(InterfaceError):
    """No key was given, or one that does not exist or was revoked: nobody is told which."""

    code = "key-refused"


class OutOfScope(InterfaceError):
    """`name`: of the key; `wanted`: the act, collection or assistant that it was not made for."""

    code = "out-of-scope"


class AccessKeyMissing(InterfaceError):
    """`name`."""

    code = "access-key-missing"


class UnknownScope(InterfaceError):
    """`scope`, `known`: the acts that there are."""

    code = "unknown-scope"


class AddressTaken(InterfaceError):
    """`address`: it cannot be listened on."""

    code = "address-taken"


class DoorAtWindow(InterfaceError):
    """`path`: a data folder that another Larets has open, so that no second one can answer."""

    code = "door-at-window"


class ListenerLost(InterfaceError):
    """The process that listens has ended by itself."""

    code = "listener-lost"


class TooManyRequests(InterfaceError):
    """`seconds` after which the program may ask again."""

    code = "too-many-requests"


class UnreadableRequest(InterfaceError):
    """`reason`: what is wrong with a request, as the decoder tells it."""

    code = "unreadable-request"


class ForeignHost(InterfaceError):
    """A request that names another host than this one: it came through a page of the web."""

    code = "foreign-host"


class ForeignOrigin(InterfaceError):
    """A request that a page in a browser made."""

    code = "foreign-origin"


class RequestTooLarge(InterfaceError):
    """`limit`, with its unit."""

    code = "request-too-large"


class RequestTooSlow(InterfaceError):
    """`seconds` within which a request has to have arrived."""

    code = "request-too-slow"


class NoSuchRoute(InterfaceError):
    """`path`, `method`."""

    code = "no-such-route"
