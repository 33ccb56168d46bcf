"""Serving the pages and endpoints: what granian calls, what is taken of a request, and what keeps it all
running.
"""
