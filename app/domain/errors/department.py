"""What can go wrong with a department's server."""

from app.domain.errors.base import LaretsError


class DepartmentError(LaretsError):
    code = "department"


class DepartmentUnreachable(DepartmentError):
    """`server`: it does not answer, or the connection was lost."""

    code = "department-unreachable"


class DepartmentRefused(DepartmentError):
    """`server`, `reason`: it answers and lets this profile not in; in its own words."""

    code = "department-refused"


class DepartmentAddress(DepartmentError):
    """`reason`: what is not right about an address."""

    code = "department-address"


class NoDepartment(DepartmentError):
    """This profile belongs to no department."""

    code = "no-department"


class NotADepartment(DepartmentError):
    """`server`: a database in which nobody founded a department."""

    code = "not-a-department"


class DepartmentThere(DepartmentError):
    """`server`: a department was founded there before."""

    code = "department-there"


class UnfitServer(DepartmentError):
    """`server`, `missing`: too old, or without an extension that is needed."""

    code = "unfit-server"


class OtherDepartmentVersion(DepartmentError):
    """`server`, `found`, `known`: versions of the department's tables."""

    code = "other-department-version"


class DepartmentFull(DepartmentError):
    """`server`: its disk is full."""

    code = "department-full"


class DepartmentDenied(DepartmentError):
    """`server`: the rights that this person has there do not allow the act."""

    code = "department-denied"


class CollectionOnServer(DepartmentError):
    """`name`: a collection of the department, of which only local ones are capable."""

    code = "collection-on-server"


class PersonMissing(DepartmentError):
    """`name`, `known`: nobody of that name has joined."""

    code = "person-missing"


class PersonManages(DepartmentError):
    """`name`, `collections`: nobody but that person manages them."""

    code = "person-manages"


class OtherFingerprint(DepartmentError):
    """`name`, `fingerprint`: the keys of the one who joined under that name, which whoever lets
    him in has to compare with what he himself sees."""

    code = "other-fingerprint"


class OtherKey(DepartmentError):
    """`name`: what opens a collection, or a person's keys, are not those that were seen before."""

    code = "other-key"
