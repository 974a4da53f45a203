"""Whatever a club has lying about, read into the Markdown that the shelf is made of."""
