"""Where browsers find styles and scripts: built files bear a hash of their content in their name, and are
kept for ever.
"""

from functools import cached_property

from django.contrib.staticfiles.storage import StaticFilesStorage

from dancu.web import build

_BUILT = "built/"


class NotBuilt(Exception):
    """The pages' styles and scripts are not built: python -m dancu.web.build"""


class BuiltFiles(StaticFilesStorage):
    """`{% static "built/citizen.css" %}` is the address of the file that was built last. Raises NotBuilt."""

    @cached_property
    def _names(self) -> dict[str, str]:
        return build.names()

    def url(self, name: str) -> str:
        if name.startswith(_BUILT):
            try:
                name = _BUILT + self._names[name.removeprefix(_BUILT)]
            except KeyError:
                raise NotBuilt(f"{NotBuilt.__doc__} ({name})") from None
        return super().url(name)
