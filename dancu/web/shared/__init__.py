"""What pages of several audiences share: fields of forms, places, countries, the page between a form and
its deed.
"""
