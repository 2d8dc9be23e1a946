"""Operators on office holders: false in the variant, true in the control, and grammar that follows.

The tables know: Japan had Yoshihide Suga (September 2020), Fumio Kishida (October 2021) and Shigeru
Ishiba (October 2024) as prime ministers; Germany Olaf Scholz, Greece Kyriakos Mitsotakis in 2022.
"""

import re
from datetime import date

import pytest

from perturbations.perturbation import Catalogue
from perturbations.proposal import NotApplicable
from perturbations.text import Article, Span

INCUMBENT = ("leaders.other_holder", "leaders.other_country", "leaders.former")

MET = (
    "On Monday the mayor met Japanese Prime Minister Fumio Kishida in Alder. Kishida thanked the "
    "port for its welcome.\n\n“It was a long day,” the mayor said."
)


@pytest.fixture
def build(workshop, make_article):
    """All that an operator builds of a body over several seeds, each held to the contract."""
    return lambda name, body, seeds=12, slots=(), **more: workshop.over_seeds(
        name, make_article(body, **more), seeds, slots=slots
    )


@pytest.fixture
def refuse(workshop, make_article):
    """The reason why an operator has nothing to propose for a body."""

    def reason(name, body, slots=(), seed=1, **more):
        subject = workshop.subject(make_article(body, **more), slots)
        with pytest.raises(NotApplicable) as error:
            workshop.proposals(name, workshop.prepared(name, subject, seed), seed)
        return str(error.value)

    return reason


def bodies(built, which):
    return [getattr(one, which).split("\n\n", 1)[1] for one in built]


# other_holder


def test_another_holder_is_named_throughout(build):
    for one in build("leaders.other_holder", MET):
        assert "Kishida" not in one.text
        [name] = set(re.findall(r"Suga|Ishiba|Abe", one.text))
        assert one.text.count(name) == 2
        assert re.search(rf"{name} thanked the port", one.text)
        assert not re.search(rf"ormer (?:Japanese |Prime |Japan).*{name}", one.text)
        assert one.defect.spans[0].text.endswith((name, "of Japan"))


def test_predecessors_and_successors_both_take_the_office(build):
    named = "".join(bodies(build("leaders.other_holder", MET, 24), "text"))
    assert "Suga" in named
    assert "Ishiba" in named


def test_the_control_names_the_right_holder_or_the_other_as_former(build):
    controls = bodies(build("leaders.other_holder", MET, 24), "control_text")
    right = [text for text in controls if "Kishida" in text]
    marked = [text for text in controls if "Kishida" not in text]
    assert right
    assert marked
    assert not any("former" in text for text in right)
    assert all("met former" in text for text in marked)


def test_variant_and_control_are_written_in_one_style(build):
    for one in build("leaders.other_holder", MET, 16):
        styles = [
            re.search(r"met (?:former )?(Japanese|Japan’s|Prime Minister \w+ \w+ of Japan)", text)
            for text in (one.text, one.control_text)
        ]
        kinds = [re.sub(r" \w+ \w+ of", " of", style.group(1)) for style in styles]
        assert kinds[0] == kinds[1]


def test_a_former_holder_can_lose_the_mark(build):
    body = "In Alder, former Japanese Prime Minister Yoshihide Suga welcomed the guests."
    built = build("leaders.other_holder", body, 16)
    assert any("Suga" in one.text and "former" not in one.text for one in built)
    assert all("former" not in one.text for one in built)
    assert {"former" in one.control_text for one in built} == {True, False}


def test_a_name_in_a_quotation_stops_the_exchange(refuse):
    body = MET.replace("It was a long day", "Kishida had a long day")
    assert refuse("leaders.other_holder", body) == (
        "no sitting holder is named with the office and can be changed throughout"
    )


@pytest.mark.parametrize(
    "more",
    [
        " Fumio Kishida, the Japanese prime minister, left at noon.",
        " His cousin, Aoi Kishida-Brown, left at noon.",
        " #kishida was read on signs.",
    ],
)
def test_what_cannot_follow_stops_the_exchange(refuse, more):
    assert refuse("leaders.other_country", MET + more) == (
        "no sitting holder is named with the office and can be changed throughout"
    )


# Grammar


@pytest.mark.parametrize("name", ["leaders.other_country", "leaders.other_holder"])
def test_possessives_follow_the_name(build, name):
    body = (
        "In the harbour Greek Prime Minister Kyriakos Mitsotakis' visit ended early. "
        "Mitsotakis' aides blamed the rain."
    )
    suffixes = set()
    for one in build(name, body, 16, published="2022-06-15"):
        for text in (one.text, one.control_text):
            for owner, suffix in re.findall(r"(\w+)([’']s?)(?= (?:visit|aides))", text):
                suffixes.add(suffix)
                assert suffix in (("'",) if owner.endswith("s") else ("'s",)), (owner, suffix)
        assert not re.search(r"of [A-Z]\w+'", one.text + one.control_text)
    # Every Greek prime minister of these years has a name in -s.
    assert ("'s" in suffixes) == (name == "leaders.other_country")


def test_the_articles_own_apostrophe_is_used(build):
    straight, curly = (
        build("leaders.other_country", f"The mayor{mark}s guest, {KISHIDA}, was glad.", 16)
        for mark in "'’"
    )
    assert any("Japan's" in one.text or "Germany's" in one.text for one in straight)
    assert not any("’" in one.text for one in straight)
    assert not any("'" in one.text for one in curly)


KISHIDA = "Japanese Prime Minister Fumio Kishida"


def test_capitals_stay_capitals(build):
    body = f"On Monday the mayor met {KISHIDA}.\n\nKISHIDA SPEAKS\n\nThe port was quiet."
    for one in build("leaders.other_holder", body, 8):
        [heading] = [line for line in one.text.split("\n\n") if line.endswith(" SPEAKS")]
        assert heading.isupper()
        assert heading.split()[0].casefold() in one.defect.spans[0].text.casefold()


@pytest.mark.parametrize("title", ["Prime Minister Kishida visits Alder", "KISHIDA VISITS ALDER"])
def test_the_headline_follows(build, title):
    for one in build("leaders.other_holder", MET, 8, title=title):
        [name] = set(re.findall(r"Suga|Ishiba|Abe", one.text))
        headline = one.text.split("\n\n", 1)[0]
        assert name.casefold() in headline.casefold()
        assert headline.isupper() == title.isupper()


def test_former_begins_a_sentence_with_a_capital(build):
    body = f"{KISHIDA} said that the port was quiet. Mr. Kishida left at noon."
    for one in build("leaders.former", body):
        for text in bodies([one], "text") + bodies([one], "control_text"):
            assert text[0].isupper()
            assert "former Former" not in text
        assert bodies([one], "text")[0].startswith("Former ")
        assert "Mr. Kishida left" in one.text


def test_former_stands_small_within_a_sentence(build):
    for one in build("leaders.former", MET):
        assert "met former " in one.text


def test_articles_before_a_name_are_left_alone(build):
    body = f"The port gave a dinner for the guest, {KISHIDA}, and an orchestra played."
    for one in build("leaders.other_country", body):
        assert "for the guest, " in one.text
        assert "and an orchestra played" in one.text


# former


def test_former_is_wrongly_added_and_the_control_is_true(build):
    built = build("leaders.former", MET, 16)
    for one in built:
        assert re.search(r"met former (?:Japanese )?Prime Minister Fumio Kishida", one.text)
    controls = bodies(built, "control_text")
    assert any("former" in text and "Kishida" not in text for text in controls)
    assert any("former" not in text and "Kishida" in text for text in controls)


def test_former_is_given_to_the_wrong_one_of_two(build):
    body = "In Alder, former Japanese Prime Minister Yoshihide Suga welcomed the guests."
    for one in build("leaders.former", body):
        assert re.search(r"former (?:Japanese )?Prime Minister Fumio Kishida", one.text)
        assert not re.search(r"former .*Kishida", one.control_text)


def test_what_is_wrong_in_the_headline_too_is_declared_with_its_root(build):
    title = "Japanese Prime Minister Kishida visits Alder"
    for one in build("leaders.former", MET, title=title):
        root, *more = one.variant.defects
        assert [defect.root for defect in more] == [root.id]
        assert more[0].spans[0].text == "Former Japanese Prime Minister Kishida"
        assert more[0].spans[0].end <= len(one.variant.version.article.title)


# other_country


def test_name_or_country_is_exchanged_never_both(build):
    body = f"In the harbour the mayor met {KISHIDA}."
    built = build("leaders.other_country", body, 16)
    kept = {"Kishida" in one.text for one in built}
    assert kept == {True, False}
    for one in built:
        country = re.search(r"Japan", one.text) is not None
        assert country != ("Kishida" in one.text)
        assert ("Japan" in one.control_text) == ("Kishida" in one.control_text)


def test_the_control_exchanges_both_only_where_nothing_else_speaks_of_the_country(build):
    alone = f"In the harbour the mayor met {KISHIDA}."
    notes = {"Kishida" in one.control_text for one in build("leaders.other_country", alone, 16)}
    assert notes == {True, False}
    tied = alone + " A song from Tokyo was sung."
    assert all("Kishida" in one.control_text for one in build("leaders.other_country", tied, 16))


def test_peers_hold_the_same_office_and_fit_the_pronouns(build, knowledge):
    body = f"In the harbour the mayor met {KISHIDA}, who said he was glad."
    for one in build("leaders.other_country", body, 16):
        fact = one.defect.evidence[0].fact
        [term] = [term for term in knowledge.terms if term.id == fact]
        assert knowledge.offices[term.office].titles[0] == "Prime Minister"
        for name in re.findall(r"Prime Minister ([A-Z][\w’-]+(?: [A-Z][\w’-]+)+)", one.text):
            people = [p for p in knowledge.people.values() if name.startswith(p.name)]
            assert all(person.gender == "m" for person in people)


def test_a_monarchs_title_stands_once(build):
    body = "In the harbour the mayor met King Felipe VI of Spain."
    for one in build("leaders.other_country", body, 8):
        assert "King King" not in one.text + one.control_text


PAIR = (
    "German Chancellor Olaf Scholz came to Alder. Japanese Prime Minister Fumio Kishida met Scholz "
    "in the harbour. Kishida thanked the port for its welcome."
)


def test_two_holders_change_names_so_that_both_sides_hold_the_same_words(build):
    swapped = [
        one
        for one in build("leaders.other_country", PAIR, 16)
        if len(one.changed()) > 1
        and sorted(re.findall(r"\w+", one.text)) == sorted(re.findall(r"\w+", one.control_text))
    ]
    assert swapped
    for one in swapped:
        root, other = one.variant.defects
        assert other.root == root.id
        assert re.search(r"Chancellor Fumio Kishida", one.text)
        assert re.search(r"Prime Minister Olaf Scholz", one.text)
        assert re.search(r"met Kishida|met Scholz", one.text).group() == "met Kishida"


def test_a_holder_is_given_the_office_of_another_in_the_article(build):
    claims = {one.defect.spans[0].text for one in build("leaders.other_country", PAIR, 24)}
    assert any("German" in c and "Chancellor" in c and "Kishida" in c for c in claims)
    assert any("Japan" in c and "Prime Minister" in c and "Scholz" in c for c in claims)


@pytest.mark.parametrize(
    "body",
    [
        "“It rained,” she wrote. Dear Prime Minister Kishida, she added, thanks. " + MET,
        "The port met Japanese Prime Minister Fumio Kishida of Japan there.",
    ],
)
def test_forms_of_address_and_doubled_countries_are_left_alone(refuse, body):
    reason = refuse("leaders.other_country", body)
    assert reason.startswith("no sitting holder is named with the office")


def test_a_possessive_before_a_later_title_stops_the_exchange(refuse):
    body = f"The mayor met {KISHIDA}. It was our Prime Minister Kishida who thanked the port."
    reason = refuse("leaders.other_holder", body)
    assert reason.endswith("can be changed throughout")


def test_a_royal_style_stops_the_exchange(refuse):
    body = f"The mayor met {KISHIDA}. His Highness Fumio Kishida thanked the port."
    reason = refuse("leaders.other_holder", body)
    assert reason.endswith("can be changed throughout")


def test_where_a_part_of_the_world_is_meant_no_country_is_exchanged_for_another(build):
    body = f"In the harbour the mayor met {KISHIDA}, an example to others in the Indo-Pacific."
    for one in build("leaders.other_country", body, 16):
        assert "Kishida" in one.control_text


def test_an_explanation_ends_with_one_stop(build):
    body = "In Alder the mayor met Philippine President Ferdinand Marcos Jr. in the harbour."
    built = build("leaders.other_country", body, 24, published="2023-06-15")
    ends = [one.defect.explanation for one in built]
    assert any(end.endswith("Marcos Jr.") for end in ends)
    assert not any(end.endswith("..") for end in ends)


def test_a_name_that_loses_its_title_loses_the_article(build):
    body = f"The mayor met {KISHIDA}. Later the Japanese Prime Minister Kishida left."
    for one in build("leaders.other_holder", body):
        for text in (one.text, one.control_text):
            assert re.search(r"Later (?:Kishida|Suga|Ishiba|Abe) left", text)


def test_the_articles_own_name_of_a_country_is_used(build):
    body = (
        "The mayor met President Recep Tayyip Erdogan in Alder. Erdogan thanked the port, to "
        "which ships from Türkiye come."
    )
    built = build("leaders.other_holder", body, 24) + build("leaders.other_country", body, 24)
    texts = [text for one in built for text in (one.text, one.control_text)]
    assert any("of Türkiye" in text for text in texts)
    assert not any("Turkey" in text for text in texts)


def test_who_came_back_later_was_a_predecessor_in_between(build):
    body = "In Alder the mayor met U.S. President Joe Biden. Biden thanked the port."
    built = build("leaders.other_holder", body, 24)
    assert any("Donald Trump" in one.text for one in built)
    assert any("former" in one.control_text and "Trump" in one.control_text for one in built)


# protagonist


def test_no_surname_is_tried_that_nobody_could_read(workshop, make_article):
    """Of bare surnames, and of those behind a title that two holders share, none is proposed."""
    article = make_article("It rained in Alder all day.", title=TITLE)
    for seed in range(10):
        ready = workshop.prepared("leaders.protagonist", workshop.subject(article), seed)
        for proposal in workshop.proposals("leaders.protagonist", ready, seed):
            assert len(proposal.defects[0].spans[0].text.split()) > 1


TITLE = "Fumio Kishida opens the new bridge in Alder"


def test_the_headline_is_repeated_with_another_name_in_it(build):
    built = build("leaders.protagonist", "It rained in Alder all day.", title=TITLE)
    places = set()
    for one in built:
        before, after = one.changed()[0]
        assert len(one.changed()) == 1
        assert "Kishida" in before
        assert "Kishida" not in after
        assert one.defect.witness.expect["basis"] == "constructed"
        headline = one.defect.spans[0].end <= len(one.variant.version.article.title)
        places.add(headline)
        assert one.defect.evidence[0].role == ("body" if headline else "headline")
    assert places == {True, False}


def test_the_control_names_one_person_in_the_variants_form(build):
    built = build("leaders.protagonist", "It rained in Alder all day.", title=TITLE)
    notes = {one.variant.control_note for one in built}
    assert notes == {"the same person in another form", "the other person throughout"}
    for one in built:
        title, body = one.control_text.split("\n\n", 1)
        same = one.variant.control_note == "the same person in another form"
        assert ("Kishida" in title) == ("Kishida" in body) == same
        if same:
            assert one.control_changed()[0][1] not in ("", one.control_changed()[0][0])


def annotated(article, *words):
    """A slot of the headline's doer: these words, in order."""
    at, mentions = 0, []
    for word in words:
        at = article.text.index(word, at)
        mentions.append(Span(at, at + len(word), word))
        at += len(word)
    return (("who won", "person", tuple(mentions)),)


WON = Article(
    "local",
    "Mayor Denholm saves the last match",
    "It rained all day. Joan Denholm, who had come on late, scored in the last minute. “She ran "
    "well,” the manager said. Denholm is 19.",
    date(2022, 6, 15),
)


def test_somebody_in_no_table_is_exchanged_for_an_invented_name(workshop):
    slots = annotated(WON, "Mayor Denholm", "Joan Denholm", "Denholm")
    built = workshop.over_seeds("leaders.protagonist", WON, 12, slots=slots)
    for one in built:
        [(before, after)] = one.changed()
        assert before == "Mayor Denholm"
        assert after.isalpha()
        assert after not in WON.text
        assert one.defect.witness.expect["basis"] == "annotated"
    notes = {one.variant.control_note for one in built}
    assert notes == {"the same person in another form", "the other person throughout"}
    for one in built:
        if one.variant.control_note == "the other person throughout":
            assert "Denholm" not in one.control_text
            # The first name stays, and with it the pronouns that fit it.
            assert f"Joan {one.changed()[0][1]}, who" in one.control_text


def test_a_name_in_a_quotation_is_never_exchanged(workshop):
    article = Article(WON.id, WON.title, WON.body.replace("She ran", "Denholm ran"), WON.published)
    slots = annotated(article, "Mayor Denholm", "Joan Denholm")
    for one in workshop.over_seeds("leaders.protagonist", article, 12, slots=slots):
        assert "“Denholm ran well,”" in one.control_text
        assert one.variant.control_note == "the same person in another form"


# Why not


@pytest.mark.parametrize("name", INCUMBENT)
@pytest.mark.parametrize(
    ("body", "published", "reason"),
    [
        (MET, None, "the article's time is unknown"),
        (
            "It rained in Alder.",
            "2022-06-15",
            "no sitting holder is named with the office in the body",
        ),
        # He had left by then, or came only later, or the day is too near.
        (MET, "2025-06-15", "no sitting holder is named with the office in the body"),
        (MET, "2024-09-28", "no sitting holder is named with the office in the body"),
        (
            MET.replace("met Japanese", "met the late Japanese"),
            "2022-06-15",
            "no sitting holder is named with the office in the body",
        ),
        (
            "“We met Japanese Prime Minister Fumio Kishida,” the mayor said.",
            "2022-06-15",
            "no sitting holder is named with the office in the body",
        ),
    ],
)
def test_why_an_incumbent_is_left_alone(refuse, name, body, published, reason):
    assert refuse(name, body, published=published) == reason


@pytest.mark.parametrize(
    "body",
    [
        f"{KISHIDA} signed the order in Tokyo.",
        f"The mayor met {KISHIDA}. The Japanese prime minister signed the book.",
        f"The leaders sat in Alder, with {KISHIDA} in the chair.",
        f"In the morning {KISHIDA} came to Alder and signed the charter of the port.",
        f"The mayor met {KISHIDA}. The mayor and Prime Minister discussed the port.",
        f"The port welcomed {KISHIDA}’s promise.",
        f"In the harbour {KISHIDA} spoke near the close of his term.",
        f"In the end {KISHIDA} stayed in Tokyo and sent Foreign Minister Hayashi.",
    ],
)
def test_former_needs_a_place_where_a_former_holder_could_stand(refuse, body):
    reason = refuse("leaders.former", body)
    assert reason == "only the office's holder could stand where one is named"


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("It rains in Alder all day", MET, "the headline names no known office holder"),
        ("Kishida visits", MET, "the headline says too little to be repeated"),
        ("Fumio Kishida visits", MET, "the headline says too little to be repeated"),
        (
            "FUMIO KISHIDA OPENS THE NEW BRIDGE IN ALDER",
            MET,
            "the headline says too little to be repeated",
        ),
    ],
)
def test_why_a_headline_is_not_repeated(workshop, make_article, title, body, reason):
    subject = workshop.subject(make_article(body, title=title))
    with pytest.raises(NotApplicable) as error:
        workshop.prepared("leaders.protagonist", subject, 1)
    assert str(error.value) == reason


def test_without_a_pair_nobody_is_exchanged(workshop, make_article):
    subject = workshop.subject(make_article(MET))
    with pytest.raises(NotApplicable, match="nobody is named for one act"):
        workshop.proposals("leaders.protagonist", subject)


# What every operator here keeps

FULL = (
    "TOKYO, 14 June 2022 — On Monday the mayor of Alder met Japanese Prime Minister Fumio Kishida "
    "in the harbour [1]. The visit was short and the rain was long.\n\n“We were late,” the mayor "
    "said.\n\nReferences\n\n"
    '[1] Alder Courier, "Visitors," 13 June 2022, https://www.aldercourier.example/2022/06/13/a'
)


@pytest.mark.parametrize("name", [*INCUMBENT, "leaders.protagonist"])
def test_quotations_references_addresses_and_dateline_stay_as_they_are(build, name):
    kept = [FULL[: FULL.index(" On Monday")], "“We were late,”", FULL[FULL.index("References") :]]
    for one in build(name, FULL, 6, title=TITLE):
        for text in (one.text, one.control_text):
            assert all(words in text for words in kept)


@pytest.mark.parametrize("name", INCUMBENT)
def test_the_note_of_the_control_says_what_the_listing_says(build, name):
    for one in build(name, MET, 6):
        assert one.variant.control_note == Catalogue().load(name).control
