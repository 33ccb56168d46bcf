"""What may stand in an address: `<number:person_id>`, for the numbers of records."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class RecordNumber(IntConverter):
    """A number that a bigint can hold; with a longer one the address leads nowhere."""

    regex = "[0-9]{1,18}"


register_converter(RecordNumber, "number")
