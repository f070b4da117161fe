"""The parts into which a dataset's questions fall: by tag, author, tool, argument."""

from __future__ import annotations

from evals.dataset import Sample


def facets(sample: Sample) -> list[str]:
    """Every part that a question belongs to, such as "tag price", "argument needs".

    Tools and arguments are those that the question expects, so a fault in one reader
    shows in the part of its argument whatever the authors' tags.
    """
    found = [f"tag {tag}" for tag in sample.tags]
    found += [f"author {sample.author}"] if sample.author else []
    found += [f"difficulty {sample.difficulty}"] if sample.difficulty else []
    found += ["conversation"] if len(sample.turns) > 1 else []
    for call in sample.expect.tool_calls or ():
        found.append(f"tool {call.name}")
        found += [f"argument {name}" for name in call.arguments if name != "query"]
    return list(dict.fromkeys(found))
