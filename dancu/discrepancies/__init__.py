"""Discrepancies: records of a site that disagree with the register. The site reports them, the police resolve
each, and the site applies the verdict.

In March 2022 a quarter of all vaccination records disagreed, and were corrected in this way on paper and by
telephone. The tables were made in `matching/migrations`, where the room began.
"""
