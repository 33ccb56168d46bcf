"""Accounts, roles, proposals that wait for four eyes, and the audit."""
