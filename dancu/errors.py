"""What this house refuses. An exception's docstring is its message, its arguments stand where the
docstring says {0}, {1} …
"""


class DancuError(Exception):
    """This was refused."""

    def __str__(self) -> str:
        return self.message().format(*self.args)

    def message(self) -> str:
        """The docstring as it is told."""
        return self.__doc__ or ""


class TranslatedError(DancuError):
    """This was refused, in the reader's language."""

    def message(self) -> str:
        from django.utils.translation import gettext  # here: linkage and its files do without Django

        return gettext(self.__doc__ or "")
