"""Clerical review: questions that people answer, and the loop by which what a site holds wrongly is put right."""
