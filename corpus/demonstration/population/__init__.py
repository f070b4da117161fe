"""The region's children: placements, searches, offers and what is bought."""

from corpus.demonstration.population.tables import populate

__all__ = ["populate"]
