"""Values, each defined once: how it is read (`parse_…`, one error), how a whole column of it is read
(`…_column`), how it is shown.

numbers.py personal numbers and old cards, passports.py, phones.py, sexes.py, birth_dates.py, days.py,
plates.py, emails.py; masking.py what of a number may be shown. tests/test_columns.py holds one and many
together; tests/test_each_value_once.py that no other room defines one anew.
"""
