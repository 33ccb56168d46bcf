"""People who do not exist: a population, and declarations of it with the faults that people make."""
