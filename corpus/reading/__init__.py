"""From a file to text: formats, layout, sections, and what a document is about."""
