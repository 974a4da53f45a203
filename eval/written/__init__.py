"""How well written answers are checked, and what checking costs."""
