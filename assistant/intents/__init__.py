"""What a question wants, learned from labelled examples."""

from assistant.intents.classifying import Intents, Part, classify
from assistant.intents.clauses import clauses
from assistant.intents.labels import Label

__all__ = ["Intents", "Label", "Part", "classify", "clauses"]
