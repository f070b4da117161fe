"""The actions of `placements eval`; importing them is cheap."""
