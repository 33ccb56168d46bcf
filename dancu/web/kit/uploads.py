"""A file of rows that somebody sends: what cannot be read at all is the field's error, rows that cannot be
used are told one by one (kit/rejects.html), and the rest is taken.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dancu.errors import DancuError


class RowsField(forms.FileField):
    """Cleans to what `read` makes of the file's bytes; what it raises is said at the field. The form is
    “multipart/form-data”, its view `@takes_files`.
    """

    default_error_messages = {"required": _("Choose a file"), "empty": _("The file is empty")}

    def __init__(self, read: Callable[[bytes], Any], **options: Any) -> None:
        super().__init__(**options)
        self._read = read

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return self._read(file.read())
        except DancuError as refused:
            raise ValidationError(str(refused)) from refused
