"""The page that shows a run in a browser, whole in one file."""
