"""Writes the model that ships with the program: `python -m assistant.intents`."""

from __future__ import annotations

from importlib.resources import as_file

from assistant.intents.examples import examples
from assistant.intents.keeping import SHIPPED
from assistant.intents.learning import learn, lesson
from corpus.geography import Gazetteer

if __name__ == "__main__":
    with as_file(SHIPPED) as file:
        learn(lesson(examples(), Gazetteer.load(), None)).save(file)
