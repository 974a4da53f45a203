"""Pages of the web: what their readers see of them, as Markdown or as posts."""
