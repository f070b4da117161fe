"""Makes `names.csv` from the name providers of Faker and from `words.toml`.

Faker (https://github.com/joke2k/faker, MIT licence) lists given names and surnames by
country; those in Latin script are taken. It is needed here alone, and not installed
with the project: `pip install faker`, then `python -m corpus.privacy.derive`.
"""

from __future__ import annotations

import csv
import re
from importlib import import_module
from pathlib import Path
from typing import Final

from corpus.geography import tables
from corpus.privacy.tokens import folded
from corpus.privacy.words import words

LOCALES: Final = (
    "en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US ga_IE pl_PL ro_RO tr_TR yo_NG"
    " ha_NG ig_NG zu_ZA tw_GH sw es fr_FR it_IT pt_PT de_DE nl_NL lt_LT lv_LV sk_SK"
    " cs_CZ hu_HU hr_HR sl_SI et_EE id_ID vi_VN az_AZ ne_NP fr_DZ uz_UZ sv_SE no_NO"
    " da_DK fi_FI"
).split()
_NAME: Final = re.compile(r"[^\W\d_]{2}[^\W\d_'’-]*(?:['’-][^\W\d_]+)*")


def main() -> None:
    """Write `names.csv` beside this file."""
    given, surnames = set(words().given), set(words().surnames)
    for locale in LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            named = _names(getattr(provider, attribute))
            if "first_name" in attribute or "given" in attribute:
                given |= named
            elif "last_name" in attribute or "surname" in attribute:
                surnames |= named
    ordinary, places = words().ordinary | words().never, _places()
    path = Path(__file__).with_name("names.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "marks"))
        marked = {"g": given, "s": surnames, "o": ordinary, "p": places}
        for name in sorted(given | surnames | places):
            held = "".join(mark for mark, names in marked.items() if name in names)
            writer.writerow((name, held))


def _names(value: object) -> set[str]:
    """The names in a list of Faker's, folded; those of two words give both."""
    if not isinstance(value, (tuple, list, dict)):
        return set()
    parts = (part for name in value for part in str(name).split())
    return {folded(part) for part in parts if _NAME.fullmatch(part) and len(part) > 2}


def _places() -> set[str]:
    """Names of towns, districts and authorities, folded."""
    names = [town.name for town, _ in tables.towns()]
    names += [district.name for district in tables.districts()]
    names += [authority.name for authority in tables.authorities()]
    plain = (re.sub(r",.*|\(.*", "", name) for name in names)
    return {" ".join(map(folded, re.findall(r"[^\W\d_]+", name))) for name in plain}


if __name__ == "__main__":
    main()
