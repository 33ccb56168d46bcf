"""CertLogic 1.3.3, the language that rules of passage are written in, evaluated as it was published
(ehn-dcc-development/eu-dcc-business-rules, certlogic/specification), without Django and without the register.

evaluating.py: `compiled` and `evaluate`; parts.py, paths.py and operations.py what expressions are made into;
values.py what is true, equal and an integer; instants.py dates and times; writing.py: `as_json`; errors.py.

What the specification calls undefined is an error here: dates that no calendar has, instants beyond the range
of JavaScript's. What JavaScript's prototypes bring, such as `length`, and the letters of a text by their
number are not data: null. tests/test_as_the_reference.py holds all else against the reference implementation.
"""
