"""What can go wrong with administrative units."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


class UnknownArea(LookupError):
    """There is no administrative unit with this id."""

    def __init__(self, area_id: int) -> None:
        super().__init__(f"{self.__doc__} ({area_id})")


@dataclass(frozen=True)
class Rejection:
    """One thing wrong with one row: its line in the file, the field, what stood there, and what would be
    right.
    """

    line: int
    field: str
    value: str
    reason: str

    def __str__(self) -> str:
        named = {"line": self.line, "field": self.field, "value": self.value, "reason": self.reason}
        return _("line %(line)d, %(field)s “%(value)s”: %(reason)s") % named


class Rejected(Exception):
    """Nothing was loaded, because some rows of the list cannot be used."""

    def __init__(self, rejections: list[Rejection]) -> None:
        super().__init__("\n".join([str(self.__doc__), *map(str, rejections)]))
        self.rejections = rejections
