"""Tables of any layout, read through a mapping from their columns to fields."""
