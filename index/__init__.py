"""Passages made searchable.

The public face: `index.search.Searcher` with the values of `index.models`, and
`index.building.build_index`.
"""
