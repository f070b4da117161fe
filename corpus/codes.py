"""Closed sets of the field: needs, placement types, grades, routes, document kinds."""

from __future__ import annotations

from enum import StrEnum


class Gender(StrEnum):
    """Gender as asked for and as a setting admits it."""

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"


class PlacementType(StrEnum):
    """Kinds of placement, as the questions name them."""

    RESIDENTIAL = "residential"
    FOSTERING = "fostering"
    SUPPORTED_ACCOMMODATION = "supported_accommodation"
    SECURE = "secure"
    RESIDENTIAL_SCHOOL = "residential_school"
    PARENT_AND_CHILD = "parent_and_child"
    KINSHIP = "kinship"
    UNREGISTERED = "unregistered"


class Need(StrEnum):
    """Needs and risks of a child that a provider may claim to meet."""

    CSE = "cse"
    CCE = "cce"
    GANGS = "gangs"
    MISSING = "missing"
    SELF_HARM = "self_harm"
    SUICIDE_RISK = "suicide_risk"
    MENTAL_HEALTH = "mental_health"
    EATING_DISORDER = "eating_disorder"
    VIOLENCE = "violence"
    FIRE_SETTING = "fire_setting"
    HARMFUL_SEXUAL_BEHAVIOUR = "harmful_sexual_behaviour"
    SUBSTANCE_MISUSE = "substance_misuse"
    OFFENDING = "offending"
    HARM_TO_ANIMALS = "harm_to_animals"
    SEMH = "semh"
    ATTACHMENT_TRAUMA = "attachment_trauma"
    LEARNING_DISABILITY = "learning_disability"
    AUTISM = "autism"
    ADHD = "adhd"
    PHYSICAL_DISABILITY = "physical_disability"
    SENSORY_IMPAIRMENT = "sensory_impairment"
    COMPLEX_HEALTH = "complex_health"
    UASC = "uasc"
    DOLS = "dols"


class OfstedRating(StrEnum):
    """Overall effectiveness under the social care common inspection framework."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"

    @property
    def rank(self) -> int:
        """0 for the best grade, 3 for the worst."""
        return list(OfstedRating).index(self)


class SupportedOutcome(StrEnum):
    """Outcome of a supported accommodation inspection: a scale of its own, no grade."""

    CONSISTENTLY_STRONG = "consistently_strong"
    INCONSISTENT_QUALITY = "inconsistent_quality"
    SERIOUS_WEAKNESSES = "serious_weaknesses"

    @property
    def label(self) -> str:
        """The outcome in Ofsted's words."""
        labels = {
            "consistently_strong": "consistently strong service delivery",
            "inconsistent_quality": "inconsistent quality of service delivery",
            "serious_weaknesses": "serious or widespread weaknesses",
        }
        return labels[self]


class RegistrationStatus(StrEnum):
    """A setting's registration with Ofsted."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class Sector(StrEnum):
    """Who owns a provider, as Ofsted lists it."""

    PRIVATE = "private"
    VOLUNTARY = "voluntary"
    LOCAL_AUTHORITY = "local_authority"
    ACADEMY = "academy"
    HEALTH_AUTHORITY = "health_authority"


class Route(StrEnum):
    """How a placement is bought."""

    SPOT = "spot"
    FRAMEWORK = "framework"
    BLOCK = "block"
    IN_HOUSE = "in_house"


class DocumentKind(StrEnum):
    """What a document is."""

    REG44 = "reg44"
    SUFFICIENCY_STATEMENT = "sufficiency_statement"
    REPORT = "report"
    STATEMENT_OF_PURPOSE = "statement_of_purpose"
    INSPECTION = "inspection"
    OTHER = "other"


class PersonalKind(StrEnum):
    """Personal details that are masked; of two that overlap, the first here counts."""

    EMAIL = "email"
    DATE_OF_BIRTH = "date_of_birth"
    NHS_NUMBER = "nhs_number"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    NAME = "name"


class Stance(StrEnum):
    """What a setting says of a need in its admission criteria."""

    ACCEPTS = "accepts"
    EXCLUDES = "excludes"
