"""Small readers, one a slot: each finds its own kind of statement in a question."""
