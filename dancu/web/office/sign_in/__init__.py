"""Officials sign in, and keep their own account."""
