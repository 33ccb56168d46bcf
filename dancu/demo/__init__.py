"""A running country on one machine, and the main job played through it."""
