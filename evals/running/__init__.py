"""One run of a question benchmark: answers in parallel, logged by inspect_ai."""
