"""PDF: lines at places, mended into paragraphs."""
