"""The terminal UI: folds the assistant's events into a plain state, and draws it.

`tui.command` holds the `chat` command, `tui.app` the app and `tui.state` its state.
"""
