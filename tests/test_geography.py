from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnknownPlace
from corpus.geography import Gazetteer, Place, PlaceKind

SHARED = Path(__file__).parents[1].parent / "shared" / "data"
GAZETTEER = Gazetteer.load()
NAMES = [authority.name for authority in GAZETTEER.authorities]
KINDS: tuple[PlaceKind, ...] = ("town", "district", "postcode_district")
PLACES = [
    place
    for name in NAMES
    for kind in KINDS
    for place in GAZETTEER.places_in(name, kind)
]


def miles(place: str, other: str) -> float:
    point = GAZETTEER.resolve(other)
    return GAZETTEER.distance_miles(
        GAZETTEER.resolve(place), point.easting, point.northing
    )


def test_there_are_153_authorities_with_names_and_codes_of_their_own() -> None:
    assert len(NAMES) == len(set(NAMES)) == 153
    assert len({authority.code for authority in GAZETTEER.authorities}) == 153
    south_east = [a for a in GAZETTEER.authorities if a.region == "South East"]
    assert len(south_east) == 19


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("KCC", "Kent"),
        ("Kent County Council", "Kent"),
        ("E10000016", "Kent"),
        ("RBWM", "Windsor and Maidenhead"),
        ("Royal Borough of Windsor & Maidenhead", "Windsor and Maidenhead"),
        ("B&H", "Brighton and Hove"),
        ("LB Bexley", "Bexley"),
        ("London Borough of Bexley", "Bexley"),
        ("MK", "Milton Keynes"),
        ("IoW", "Isle of Wight"),
        ("Bristol, City of", "Bristol"),
        ("Bournemouth, Christchurch & Poole", "Bournemouth, Christchurch and Poole"),
        ("Southend on Sea", "Southend-on-Sea"),
        ("St. Helens", "St Helens"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Durham", "County Durham"),
        ("Hull", "Kingston upon Hull"),
        ("Hants", "Hampshire"),
        ("E08000019", "Sheffield"),
    ],
)
def test_an_authority_is_known_by_every_name_it_goes_by(said: str, meant: str) -> None:
    assert GAZETTEER.authority(said).name == meant
    assert GAZETTEER.resolve(said).kind == "local_authority"


@pytest.mark.parametrize(
    ("said", "meant", "kind"),
    [
        ("Maidstoen", "Maidstone", "town"),
        ("me15 ", "ME15", "postcode_district"),
        ("ME 15", "ME15", "postcode_district"),
        ("me15 6aa", "ME15 6", "postcode_sector"),
        ("ME156AA", "ME15 6", "postcode_sector"),
        ("nr ashford", "Ashford", "town"),
        ("Maidstone Borough Council", "Maidstone", "district"),
        ("Folkestone & Hythe", "Folkestone and Hythe", "district"),
        ("Tunbrige Wells", "Tunbridge Wells", "town"),
        ("Hampshre", "Hampshire", "local_authority"),
        ("East Susex", "East Sussex", "local_authority"),
        ("miltonkeynes", "Milton Keynes", "local_authority"),
        ("Reading", "Reading", "local_authority"),
        ("Portsmouth", "Portsmouth", "local_authority"),
        ("kings lynn", "King's Lynn", "town"),
        ("King's Lynn", "King's Lynn", "town"),
        ("East Hants", "East Hampshire", "district"),
        ("Shepway", "Folkestone and Hythe", "district"),
        ("Bracknell", "Bracknell", "town"),
        ("Gillingham, Kent", "Gillingham", "town"),
        ("Reading, Berkshire", "Reading", "local_authority"),
    ],
)
def test_a_place_is_resolved_to_its_usual_name(
    said: str, meant: str, kind: PlaceKind
) -> None:
    place = GAZETTEER.resolve(said)
    assert (place.name, place.kind) == (meant, kind)


@pytest.mark.parametrize(
    "word",
    "kept sent rent tent kind series working winter home placement residential"
    " Wales London ZZ99 E06000099".split(),
)
def test_ordinary_words_and_regions_are_no_places(word: str) -> None:
    with pytest.raises(UnknownPlace):
        GAZETTEER.resolve(word)


@pytest.mark.parametrize("text", ["", "  ", "South East", "near", "council"])
def test_a_region_or_nothing_is_no_place(text: str) -> None:
    with pytest.raises(UnknownPlace):
        GAZETTEER.resolve(text)


def test_an_unknown_place_names_itself_and_those_most_like_it() -> None:
    with pytest.raises(UnknownPlace) as caught:
        GAZETTEER.resolve("Sussex")
    assert "'Sussex'" in caught.value.message
    assert "East Sussex" in caught.value.remedy
    assert "West Sussex" in caught.value.remedy


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("Bomley", "Bromley"), ("Surry", "Surrey"), ("Wakfield", "Wakefield")],
)
def test_a_slip_as_near_a_village_means_the_authority(slip: str, meant: str) -> None:
    assert GAZETTEER.resolve(slip).name == meant


def test_a_county_of_several_authorities_lists_them() -> None:
    with pytest.raises(UnknownPlace) as caught:
        GAZETTEER.resolve("Berkshire")
    assert "Reading, Slough, West Berkshire" in caught.value.remedy


def test_a_town_is_not_taken_for_an_authority() -> None:
    with pytest.raises(UnknownPlace, match="It lies in Kent"):
        GAZETTEER.authority("Maidstone")


def test_a_shared_name_means_the_one_in_the_home_region() -> None:
    assert GAZETTEER.resolve("Newport").name == "Newport, Isle of Wight"
    assert GAZETTEER.resolve("Gillingham").local_authority == "Medway"
    assert GAZETTEER.resolve("Ashford").local_authority == "Kent"


def test_a_shared_name_needs_its_county_where_no_region_is_preferred() -> None:
    with pytest.raises(UnknownPlace) as caught:
        GAZETTEER.resolve("Newport", near_region=None)
    assert "Newport, Isle of Wight" in caught.value.remedy
    assert "Newport, Shropshire" in caught.value.remedy


@pytest.mark.parametrize(
    ("said", "authority"),
    [
        ("Ashford, Kent", "Kent"),
        ("Ashford (Surrey)", "Surrey"),
        ("Ashford, Surrey", "Surrey"),
        ("Newport, Shropshire", "Telford and Wrekin"),
        ("Newport, Isle of Wight", "Isle of Wight"),
        ("Gillingham, Dorset", "Dorset"),
        ("Richmond, North Yorkshire", "North Yorkshire"),
    ],
)
def test_the_county_picks_among_places_of_one_name(said: str, authority: str) -> None:
    assert GAZETTEER.resolve(said).local_authority == authority


@given(st.sampled_from(PLACES))
def test_resolving_a_resolved_name_changes_nothing(place: Place) -> None:
    found = GAZETTEER.resolve(place.name)
    assert found.name == place.name
    assert GAZETTEER.resolve(found.name) == found
    assert found.local_authority == place.local_authority


CLOSE_TO_ANOTHER = {"Dorchester", "Stocksbridge"}  # Rochester, Stockbridge
LONG_NAMES = [
    place
    for place in PLACES
    if place.kind == "town"
    and len(place.name) > 9
    and ", " not in place.name
    and place.name not in CLOSE_TO_ANOTHER
]


@given(st.sampled_from(LONG_NAMES), st.data())
def test_two_swapped_letters_in_a_long_name_are_mended(
    town: Place, data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(town.name) - 2))
    swapped = town.name[at + 1] + town.name[at]
    slip = town.name[:at] + swapped + town.name[at + 2 :]
    assert GAZETTEER.resolve(slip).name == town.name


@given(st.text(max_size=40))
def test_any_text_is_a_place_or_refused(text: str) -> None:
    try:
        assert GAZETTEER.resolve(text).name
    except UnknownPlace as error:
        assert error.message


def test_kent_is_where_kent_is() -> None:
    assert miles("Kent", "Maidstone") == 0
    assert miles("Kent", "Gravesend") == 0
    assert miles("Kent", "Newham") > 5
    assert 0 < miles("Kent", "Bexleyheath") < 5
    assert miles("Kent", "Southend") > 3
    assert miles("Kent", "Brighton") > 20
    assert 0 < miles("Kent", "Chatham") < 4


@pytest.mark.parametrize(
    "other", ["Medway", "Bexley", "Bromley", "East Sussex", "Surrey"]
)
def test_a_bordering_authority_begins_within_a_mile(other: str) -> None:
    kent = GAZETTEER.resolve("Kent")
    points = GAZETTEER.places_in(other, "postcode_district")
    towns = GAZETTEER.places_in(other, "town")
    eastings, northings = zip(
        *((p.easting, p.northing) for p in (*points, *towns)), strict=True
    )
    assert GAZETTEER.distances_miles(kent, eastings, northings).min() < 5
    assert other in GAZETTEER.neighbours("Kent")


def test_distances_between_towns_are_straight_lines_in_miles() -> None:
    assert miles("Maidstone", "Ashford") == pytest.approx(17.5, abs=1)
    assert miles("Dover", "Canterbury") == pytest.approx(14.5, abs=1)
    assert miles("Maidstone", "Maidstone") == 0


def test_many_points_are_measured_as_one_by_one() -> None:
    kent = GAZETTEER.resolve("Kent")
    points = [(p.easting, p.northing) for p in PLACES[::97]]
    eastings, northings = zip(*points, strict=True)
    measured = GAZETTEER.distances_miles(kent, eastings, northings)
    assert measured.shape == (len(points),)
    alone = [GAZETTEER.distance_miles(kent, x, y) for x, y in points]
    np.testing.assert_allclose(measured, alone)


@given(st.sampled_from(PLACES))
def test_a_place_lies_in_its_own_authority(place: Place) -> None:
    area = GAZETTEER.resolve(place.local_authority)
    metres = 1609.344 * GAZETTEER.distance_miles(area, place.easting, place.northing)
    assert metres < 400  # areas are drawn from postcodes, and smoothed


@given(
    st.sampled_from(NAMES),
    st.integers(100_000, 650_000),
    st.integers(20_000, 650_000),
    st.integers(-20_000, 20_000),
    st.integers(-20_000, 20_000),
)
def test_moving_a_point_changes_its_distance_no_more_than_the_move(
    name: str, easting: int, northing: int, east: int, north: int
) -> None:
    area = GAZETTEER.resolve(name)
    before = GAZETTEER.distance_miles(area, easting, northing)
    after = GAZETTEER.distance_miles(area, easting + east, northing + north)
    assert abs(after - before) <= np.hypot(east, north) / 1609.344 + 1e-9


@given(st.sampled_from(PLACES), st.sampled_from(NAMES))
def test_an_authority_is_no_farther_than_any_of_its_districts(
    place: Place, name: str
) -> None:
    def distance(area: Place) -> float:
        return GAZETTEER.distance_miles(area, place.easting, place.northing)

    districts = GAZETTEER.places_in(name, "district")
    assert {d.name for d in districts} == set(GAZETTEER.districts_of(name))
    nearest = min(distance(district) for district in districts)
    assert distance(GAZETTEER.resolve(name)) == pytest.approx(nearest, abs=1e-6)


def test_a_point_is_looked_up_in_its_authority() -> None:
    maidstone = GAZETTEER.resolve("Maidstone")
    assert GAZETTEER.authority_at(maidstone.easting, maidstone.northing) == "Kent"
    assert GAZETTEER.authority_at(600_000, 50_000) is None  # the Channel
    assert GAZETTEER.authority_at(318_000, 176_000) is None  # Cardiff


def test_names_are_resolved_without_loading_what_only_distances_need() -> None:
    check = (
        "import sys; from corpus.geography import Gazetteer;"
        "Gazetteer.load().resolve('Kent');"
        "print({'shapely', 'numpy', 'pandas', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_districts_belong_to_the_authorities_of_today() -> None:
    assert len(GAZETTEER.districts_of("Kent")) == 12
    assert GAZETTEER.districts_of("Medway") == ("Medway",)
    assert GAZETTEER.districts_of("North Yorkshire") == ("North Yorkshire",)
    assert GAZETTEER.resolve("Ashford").district == "Ashford"
    assert GAZETTEER.resolve("Kent").district is None
    assert GAZETTEER.resolve("Medway").district == "Medway"


def test_kents_neighbours_are_those_it_borders_over_land() -> None:
    expected = ("Bexley", "Bromley", "East Sussex", "Medway", "Surrey")
    assert GAZETTEER.neighbours("Kent") == expected
    assert GAZETTEER.neighbours("Isle of Wight") == ()


def test_neighbours_are_mutual_and_never_the_authority_itself() -> None:
    pairs = {(name, other) for name in NAMES for other in GAZETTEER.neighbours(name)}
    assert pairs == {(other, name) for name, other in pairs}
    assert all(name != other for name, other in pairs)


@pytest.mark.skipif(not SHARED.exists(), reason="the reference files are not here")
def test_neighbours_agree_with_an_independent_list() -> None:
    file = SHARED / "geography" / "england_upper_tier_la_adjacency_derived.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        theirs = {
            (
                GAZETTEER.authority(row["la"]).name,
                GAZETTEER.authority(row["neighbour"]).name,
            )
            for row in csv.DictReader(lines)
        }
    ours = {(name, other) for name in NAMES for other in GAZETTEER.neighbours(name)}
    assert len(theirs & ours) / len(theirs) > 0.99
    # It has no pairs across a river in a town, such as Lambeth and Westminster.
    assert len(ours - theirs) <= 20


@pytest.mark.skipif(not SHARED.exists(), reason="the reference files are not here")
def test_points_agree_with_an_independent_list_of_postcode_districts() -> None:
    with (SHARED / "geography" / "uk_outcodes_gibbs_2017_cc0.csv").open(
        encoding="utf-8", newline=""
    ) as lines:
        theirs = {
            row["postcode"]: (int(row["eastings"]), int(row["northings"]))
            for row in csv.DictReader(lines)
            if row["country"] == "ENG"
        }
    ours = [p for p in PLACES if p.kind == "postcode_district" and p.name in theirs]
    apart = [GAZETTEER.distance_miles(place, *theirs[place.name]) for place in ours]
    assert len(ours) > 2000
    assert np.median(apart) < 1
    assert np.quantile(apart, 0.95) < 4


@pytest.mark.skipif(not SHARED.exists(), reason="the reference files are not here")
def test_every_authority_that_ofsted_lists_is_known() -> None:
    with (SHARED / "ofsted" / "provider_level_at_31_march_2025.csv").open(
        encoding="utf-8-sig", newline=""
    ) as lines:
        rows = list(csv.reader(lines))[3:]
    column = rows[0].index("Local authority")
    names = {row[column] for row in rows[1:] if row[column]}
    unknown = set()
    for name in names:
        try:
            GAZETTEER.authority(name)
        except UnknownPlace:
            unknown.add(name)
    assert len(names) > 150
    assert unknown == {"Cardiff", "Conwy", "Newport", "Wrexham"}  # in Wales
