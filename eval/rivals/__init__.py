"""Others on the same questions: what they are, asked in processes of their own, and compared."""
