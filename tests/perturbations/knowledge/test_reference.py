"""The terms against an independent table of leaders; every disagreement that matters is explained.

The table's weak points: an end is its successor's start; a start may be an election or a
designation rather than the swearing-in; holders of 2017-03 to 2020-11 may be missing (`gap_flag`).
"""

import json
import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest

from perturbations.knowledge import Knowledge, Status, Truth

ROLES = {
    "head_of_state": {"chief of state"},
    "head_of_government": {"head of government"},
    "both": {"chief of state", "head of government"},
}
HOLE = date(2017, 3, 1), date(2020, 12, 1)
"""Days about which the reference collected nothing."""

EXPLAINED = {
    # the reference skips a holder, so that the one before seems to stay
    "TD idriss-deby 1990-12-04": "died 20 April 2021; his son followed under the same row",
    "KW sabah-al-ahmad-al-jaber-al-sabah 2006-01-29": "died in 2020; two emirs are missing",
    "KW jaber-al-mubarak-al-sabah 2011-11-30": "left in 2019; two prime ministers are missing",
    "SA salman 2015-01-23": "the crown prince became prime minister on 27 September 2022",
    "KR hwang-kyo-ahn 2015-06-18": "prime ministers of 2017 to 2022 are missing",
    "TW mao-chi-kuo 2014-12-08": "Simon Chang, February to May 2016, is missing",
    "BG boyko-borissov 2014-11-07": "Gerdzhikov's caretaker cabinet of 2017 is missing",
    "FI jyrki-katainen 2011-06-22": "Stubb, June 2014 to May 2015, is missing",
    "HR zoran-milanovic 2011-12-23": "Oreskovic, January to October 2016, is missing",
    "IS sigurdur-ingi-johannsson 2016-04-07": "Benediktsson's cabinet of 2017 is missing",
    "MD chiril-gaburici 2015-02-18": "Gherman and Strelet, June to October 2015, are missing",
    "RO dacian-ciolos 2015-11-17": "left on 4 January 2017; the hole begins in March",
    "NP sushil-koirala 2014-02-11": "Oli's first term, October 2015 to August 2016, is missing",
    "SY hussein-arnous 2020-08-30": "Jalali, from September 2024, is missing",
    "HT enex-jean-charles 2016-03-25": "prime ministers of 2017 to 2021 are missing",
    "TD albert-pahimi-padacke 2016-02-15": "no premier from 2018 to 2021; Kebzabo missing",
    "CI daniel-kablan-duncan 2012-11-21": "Gon Coulibaly and Bakayoko, 2017 to 2021, are missing",
    "ML modibo-keita 2015-01-08": "left in 2017; prime ministers until 2021 are missing",
    "TL xanana-gusmao 2007-08-08": "left in 2015; Araujo and Alkatiri are missing",
    "SZ ambrose-dlamini 2018-10-27": "died on 13 December 2020; Cleopas Dlamini is missing",
    "KG ulukbek-maripov 2021-02-03": "left in October 2021; Akylbek Japarov is missing",
    # an end is the successor's start, while somebody else acted
    "KR yoon-suk-yeol 2022-05-10": "removed on 4 April 2025; acting presidents until 4 June",
    "VN nguyen-xuan-phuc 2021-04-05": "resigned on 18 January 2023; Xuan acted until 2 March",
    # an election, a nomination or a designation, where the oath came later
    "MA saadeddine-othmani 2017-03-17": "designated; his cabinet was appointed on 5 April",
    "TH prayuth-chan-ocha 2014-08-25": "Srettha was appointed on 22 August 2023, sworn in later",
    "BA denis-zvizdic 2015-02-11": "nominated; in office from 31 March 2015",
    "BA zoran-tegeltija 2019-12-05": "nominated; in office from 23 December 2019",
    "FI petteri-orpo 2023-04-02": "won the election; appointed on 20 June 2023",
    "LT algirdas-butkevicius 2012-11-22": "nominated; in office from 13 December 2012",
    "LT ingrida-simonyte 2020-11-24": "nominated; in office from 11 December 2020",
    "GM adama-barrow 2016-12-01": "elected; in office from 19 January 2017",
    "IR ebrahim-raisi 2021-06-18": "elected; in office from 3 August 2021",
    "LB tammam-salam 2013-04-06": "designated; his cabinet was formed on 15 February 2014",
    "LB saad-hariri 2016-12-18": "the end is his designation of October 2020; Diab governed",
    "LB hassan-diab 2020-10-22": "the row ends with Mikati's confidence vote, ten days late",
    "SY imad-khamis 2016-06-22": "asked to form a cabinet; in office from 3 July 2016",
    "LS moeketsi-majoro 2020-05-20": "the end is late; Matekane was sworn in on 28 October 2022",
    "TO siaosi-sovaleni 2021-11-15": "elected by the assembly; appointed in December 2021",
    # errors of the reference
    "SN macky-sall 2012-04-02": "the president; there was no prime minister from 2019 to 2022",
    "KG sadyr-japarov 2021-01-28": "the president; Maripov and Akylbek Japarov headed the cabinet",
    "SZ ambrose-dlamini 2023-11-06": "another Dlamini: Russell",
    "MH hilda-heine 2023-01-03": "the year is wrong: 3 January 2024",
    "SK robert-fico 2023-05-25": "the month is wrong: 25 October 2023",
    "RO ilie-bolojan 2005-06-23": "the year is wrong: 23 June 2025",
    "KR lee-ju-ho 2025-05-02": "acting president until 4 June 2025, acting premier until July",
    "MM min-aung-hlaing 2021-08-01": "head of the junta; acting president from July 2024",
}
"""Claims that the tables deny, with the reason; anything else is a fault in one of the two."""


def words(text: str) -> set[str]:
    """The words of a name without diacritics, whichever way it is spelt."""
    plain = text.translate(str.maketrans({"ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d"}))
    decomposed = unicodedata.normalize("NFKD", plain)
    ascii_only = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return {word for word in re.split(r"[^a-z]+", ascii_only) if len(word) > 1}


def key(text: str) -> str:
    return " ".join(sorted(words(text)))


@pytest.fixture(scope="module")
def rows(reference_folder: Path, shipped: Knowledge) -> list[tuple[str, dict]]:
    """The reference's rows about heads of state and government, with our country ids."""
    ids = {key("Holy See (Vatican City)"): "VA", key("DRC"): "CD"}
    for country in shipped.countries.values():
        for name in (country.name, country.long, *country.aliases):
            ids.setdefault(key(name), country.id)
    ids.pop("", None)
    found = []
    for line in (reference_folder / "leaders.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        country = ids.get(key(row["country"].replace("&nbsp;", "")))
        if row["country"] and country is not None and row["start_precision"] == "day":
            found.append((country, row))
    return found


def person_of(shipped: Knowledge, offices: list[str], row: dict) -> str | None:
    """Our holder whom the row names, by its name or else by its aliases."""
    for spelt in (row["name"], *(alias for alias in row["aliases"] or () if len(alias) < 60)):
        found = nearest(shipped, offices, words(spelt), date.fromisoformat(row["start"]))
        if found is not None:
            return found
    return None


def nearest(shipped: Knowledge, offices: list[str], theirs: set[str], start: date) -> str | None:
    """The holder who shares most words with the name; among equals, the nearest start."""
    ranked = []
    for term in (term for office in offices for term in shipped.terms_of(office=office)):
        names = set().union(*(words(name) for name in shipped.aliases(term.person)))
        surnames = set().union(*(words(name) for name in shipped.people[term.person].surnames))
        shared = names & theirs
        if surnames & theirs and len(shared) >= min(2, len(names)):
            ranked.append((-len(shared), abs((term.start - start).days), term.person))
    return min(ranked)[2] if ranked else None


def offices_of(shipped: Knowledge, country: str, role: str) -> list[str]:
    return [
        office.id
        for office in shipped.offices.values()
        if office.country == country and role in ROLES.get(office.role, ())
    ]


def denied_days(shipped: Knowledge, person: str, office: str, row: dict) -> int:
    """Days on which the row has the person in office and our table surely has not."""
    first = max(date.fromisoformat(row["start"]), date(2010, 1, 1))
    last = shipped.known_until("terms")
    if row["end"]:
        last = min(last, date.fromisoformat(f"{row['end']}-01-01"[:10]) - timedelta(days=1))
    day, denied = first, 0
    while day <= last:
        in_hole = row["gap_flag"] and HOLE[0] <= day < HOLE[1]
        if not in_hole and shipped.in_office(person, office, day, day) is Truth.FAILS:
            denied += 1
        day += timedelta(days=1)
    return denied


def test_no_claim_of_the_reference_is_surely_wrong_without_a_reason(shipped, rows):
    found, compared = {}, 0
    for country, row in rows:
        offices = offices_of(shipped, country, row["role"])
        person = person_of(shipped, offices, row)
        if person is None:
            continue
        held = [office for office in offices if shipped.terms_of(person=person, office=office)]
        denied = min(denied_days(shipped, person, office, row) for office in held)
        compared += 1
        if denied:
            found[f"{country} {person} {row['start']}"] = denied
    assert compared > 1000
    assert set(found) == set(EXPLAINED), found


def test_a_term_verified_by_the_reference_agrees_with_it_to_the_day(shipped, rows):
    claims = set()
    for country, row in rows:
        offices = offices_of(shipped, country, row["role"])
        person = person_of(shipped, offices, row)
        claims |= {(office, person, row["start"], row["end"]) for office in offices}
    verified = [
        term
        for term in shipped.terms
        if term.status is Status.VERIFIED
        and "wf" in term.sources
        and shipped.offices[term.office].role in ROLES
    ]
    assert len(verified) > 400
    for term in verified:
        end = term.end.isoformat() if term.end else None
        assert (term.office, term.person, term.start.isoformat(), end) in claims, term.id
