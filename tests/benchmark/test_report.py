import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark import results
from benchmark.detectors.protocol import Named
from benchmark.metrics.resampling import Resampler
from benchmark.prediction import Prediction
from benchmark.report import render
from benchmark.report.highlight import LAYERS, pieces
from benchmark.run import Options, run

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in BROWSERS if (path := shutil.which(name))), None)
HOSTILE_NAME = "py:<img src=x onerror=document.title='ran'>$x$"


class Marks:
    """Marks the first 40 code points, and fails on every seventh example."""

    def predict(self, batch):
        return [self.answer(example) for example in batch]

    def answer(self, example):
        if int(example.id, 16) % 7 == 0:
            return {"id": example.id, "error": "<b>too</b> hard \x1b[31m"}
        defect = {
            "type": "<i>odd</i>",
            "spans": [{"start": 0, "end": 40}],
            "evidence": [{"start": 30, "end": 60}],
        }
        return {"id": example.id, "score": 0.6, "defects": [defect]}


@pytest.fixture(scope="module")
def page(release, monkeypatch_module):
    from benchmark import run as module

    real = module.resolve
    hostile = Named(HOSTILE_NAME, Marks(), {"address": "x"})
    monkeypatch_module.setattr(
        module,
        "resolve",
        lambda name, seed, knowledge=None: hostile if name == "hostile" else real(name, seed),
    )
    options = Options(("hostile", "majority", "length"), release, resamples=20)
    found = run(options, lambda title, total: lambda count: None)
    return render(found, results.document(found, [], "2022-02-16T00:00:00+00:00"))


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


class Outline(HTMLParser):
    """Collects tags, attributes and the text of the article browser."""

    def __init__(self):
        super().__init__()
        self.tags = []
        self.text = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def outline(page):
    found = Outline()
    found.feed(page)
    return found


def test_nothing_is_loaded_and_nothing_is_a_link(page, outline):
    names = [tag for tag, _ in outline.tags]
    for absent in ("a", "img", "link", "iframe", "base", "object", "form"):
        assert absent not in names
    for tag, attributes in outline.tags:
        assert not {"src", "href", "action"} & set(attributes), (tag, attributes)
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name == "xlink:href" or "url(" in (value or ""):
                assert re.search(r"(^|url\()#", value), (tag, attributes)
    assert names.count("script") == 1
    assert "url(" not in re.sub(r"url\(#", "", page)
    assert "@import" not in page


def test_articles_names_and_errors_cannot_act(page):
    assert "<script>document.title" not in page
    assert html.escape("<script>document.title='ran'</script>", quote=False)[:20] in page
    assert "<img src=x" not in page
    assert "<b>too" not in page
    assert "<i>odd" not in page
    assert "\x1b" not in page


def test_the_page_says_what_it_shows(page, outline):
    text = " ".join(outline.text)
    assert "synthetic, not news" in text.lower()
    assert "must not appear in training corpora: 5b0f2c6a" in text
    assert "groups=24" in text
    assert "case studies" in text
    assert "answered" in text


def test_every_article_stands_in_the_browser_with_gold_and_predicted_marks(outline):
    cards = [a for tag, a in outline.tags if tag == "details"]
    assert len(cards) == 122
    marks = {a["class"] for tag, a in outline.tags if tag == "mark"}
    assert {"gold", "predicted", "gold-evidence", "predicted predicted-evidence"} <= marks
    outcomes = {a["data-outcome"] for _, a in outline.tags if "data-outcome" in a}
    assert outcomes == {"missed", "false alarm", "found", "rightly passed", "error"}


def test_worst_errors_come_first(page):
    cards = page.split('<details class="card">')[1:]
    losses = []
    for card in cards:
        summary = card.split("</summary>")[0]
        found = [float(value) for value in re.findall(r'data-loss="([\d.]+)"', summary)]
        losses.append(sum(found) / len(found))
    assert losses == sorted(losses, reverse=True)
    assert losses[0] > losses[-1]


ranges = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(lambda r: r[0] <= r[1]), max_size=3
)


@given(st.lists(ranges, min_size=4, max_size=4))
def test_pieces_joined_are_the_text_and_carry_the_marks_of_every_code_point(marked):
    text = "abcdefghij klmnopqrs"
    layers = dict(zip(LAYERS, marked, strict=True))
    at = 0
    for piece in pieces(text, layers):
        for char in piece.text:
            over = {name for name, found in layers.items() if any(s <= at < e for s, e in found)}
            assert (char, set(piece.layers)) == (text[at], over)
            at += 1
    assert at == len(text)


def test_a_detector_of_scores_only_and_one_table_without_types_still_render(release, make_row):
    from benchmark.answers import Answers
    from benchmark.dataset import Release, Split
    from benchmark.run import DetectorRun, Run, TableRun, Threshold
    from benchmark.tasks import Scored

    rows = (make_row("a", 0, group="1", text="<b>"), make_row("b", 0, group="2"))
    resampler = Resampler(["1", "2"], 0, 0)
    predictions = {row.id: Prediction(row.id, 0.5) for row in rows}
    one = DetectorRun(
        Named("n", Marks(), {}),
        Answers(predictions, 0, (), 0.0),
        Scored(rows, list(predictions.values()), resampler.index, 0.5),
        Threshold(0.5, "nothing"),
        {},
        {"detect": "no"},
        None,
    )
    table = TableRun(Split("default", "test", rows, {}), resampler, (one,))
    found = Run(Options(("n",), release), Release.open(release), (table,))
    page = render(found, results.document(found, [], ""))
    assert "&lt;b&gt;" in page


def dumped(path):
    done = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-background-networking", "--dump-dom", path.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_in_a_real_browser_the_filters_work_and_nothing_of_the_articles_runs(page, tmp_path):
    as_written = tmp_path / "report.html"
    as_written.write_text(page, encoding="utf-8")
    dom = dumped(as_written)
    assert "<title>Benchmark report" in dom
    assert "122 of 122 articles" in dom  # our own script ran under the policy
    steered = tmp_path / "steered.html"
    steering = (
        "<script>for (const [id, value] of [['by-detector', 'length'], ['by-outcome', 'missed']])"
        " { const box = document.getElementById(id); box.value = value;"
        " box.dispatchEvent(new Event('change')); }</script></body>"
    )
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    steered.write_text(policy.sub("", page).replace("</body>", steering, 1), encoding="utf-8")
    dom = dumped(steered)
    expected = page.count('data-detector="length" data-outcome="missed"')
    assert expected > 0
    assert f"{expected} of 122 articles" in dom
    shown = re.findall(r'<details class="card"( hidden="")?>', dom)
    assert shown.count("") == expected
    assert "<title>Benchmark report" in dom
    # The policy stops any other script: the same steering under it does nothing.
    steered.write_text(page.replace("</body>", steering, 1), encoding="utf-8")
    assert "122 of 122 articles" in dumped(steered)


def test_results_hold_no_number_that_json_lacks(release):
    found = run(Options(("majority",), release, resamples=5), lambda title, total: lambda n: None)
    json.dumps(results.document(found, [], ""), allow_nan=False)
