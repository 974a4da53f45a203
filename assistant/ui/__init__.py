"""The Gradio page: render replies, lay out the page."""
