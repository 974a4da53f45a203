"""Word documents and books: packages of XML, opened without trusting them."""
