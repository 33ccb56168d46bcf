"""What the register's own weights are learnt from, and how well they do."""
