"""The guarded door: what page, widget and programs may ask for, who may, and how much."""
