"""The page: how a reply looks, sounds and unfolds in the browser. Only `page` knows Gradio."""
