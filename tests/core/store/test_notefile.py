from __future__ import annotations

import difflib
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.blocks.figure import Figure
from briefing.blocks.glossary import Entry, Glossary
from briefing.blocks.heading import Heading
from briefing.blocks.key_points import KeyPoints, Point
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.blocks.registry import BLOCK_TYPES
from briefing.blocks.unknown import UnknownBlock
from briefing.charts.spec import RANGES, ChartSpec, Line
from briefing.note import Note, with_block
from briefing.problems import Refused, Severity
from briefing.store.fields import frozen
from briefing.store.migrations import MIGRATIONS, migrated, migration
from briefing.store.notefile import note_bytes, read_note, salvage
from briefing.text import Text

WORDS = st.text(max_size=40)
TEXTS = st.builds(Text, WORDS, WORDS)
KEYS = st.text(alphabet="abcdefxyz_-é \"'.", min_size=1, max_size=8).map(lambda key: f"own {key}")
PLAIN = st.recursive(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12)
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
EXTRA = st.dictionaries(KEYS, PLAIN, max_size=2).map(frozen)
CHARTS = st.builds(
    ChartSpec,
    lines=st.lists(st.builds(Line, series=st.text(max_size=6), axis=st.sampled_from(["first", "second"]))).map(tuple),
    range=st.sampled_from(RANGES),
)
BLOCKS = st.one_of(
    st.builds(Heading, id=st.just(""), level=st.sampled_from([1, 2, 3]), text=TEXTS, extra=EXTRA),
    st.builds(
        Pair,
        id=st.just(""),
        text=TEXTS,
        bullet=st.integers(0, 3),
        only=st.sampled_from(["", "en", "zh"]),
        synced_en=WORDS.map(lambda words: Text(words).en),
        extra=EXTRA,
    ),
    st.builds(KeyPoints, id=st.just(""), points=st.lists(st.builds(Point, text=TEXTS), max_size=3).map(tuple)),
    st.builds(Glossary, id=st.just(""), entries=st.lists(st.builds(Entry, term=TEXTS, extra=EXTRA)).map(tuple)),
    st.builds(Figure, id=st.just(""), chart=CHARTS, title=TEXTS, alt=TEXTS, size=st.sampled_from(["half", "strip"])),
    st.builds(
        MetricTable,
        id=st.just(""),
        rows=st.lists(st.text(max_size=12), max_size=12).map(tuple),
        spark=st.sampled_from(["", *RANGES]),
    ),
    st.builds(Private, id=st.just(""), text=TEXTS),
    st.builds(UnknownBlock, id=st.just(""), name=st.just("flow"), raw=EXTRA),
)
NOTES = st.builds(
    lambda blocks, **head: Note(blocks=tuple(_with_id(block, at) for at, block in enumerate(blocks)), **head),
    blocks=st.lists(BLOCKS, max_size=5),
    date=st.dates(),
    as_of=st.none() | st.dates(),
    region=st.sampled_from(["zh-Hant-TW", "zh-Hant-HK", "zh-Hans-CN"]),
    title=TEXTS,
    extra=EXTRA,
    outside=EXTRA,
)


def _with_id(block: Any, at: int) -> Any:
    from dataclasses import replace

    return replace(block, id=f"b{at}")


def read(text: str) -> Note:
    return read_note(text.encode())[0]


def refused(content: bytes) -> Any:
    with pytest.raises(Refused) as caught:
        read_note(content, "X.brief")
    (problem,) = caught.value.problems
    assert problem.place.file == "X.brief"
    assert "X.brief" in problem.message.en
    assert "X.brief" in problem.message.zh
    return problem


HEAD = "format = 1\n\n[note]\ndate = 2025-01-15\n"


def block(words: str) -> str:
    return f"{HEAD}\n[[block]]\n{words}\n"


@given(NOTES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_note_that_is_written_reads_back_as_itself(note: Note) -> None:
    assert read_note(note_bytes(note)) == (note, ())


@given(NOTES)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_written_form_is_canonical(note: Note) -> None:
    once = note_bytes(note)
    assert note_bytes(read_note(once)[0]) == once


def test_the_file_begins_with_its_format_then_the_note_then_the_blocks(note: Note) -> None:
    assert note_bytes(note).decode() == (
        "format = 1\n"
        '# This note is whole when its last line reads "# end".\n'
        "\n"
        "[note]\n"
        "date = 2025-01-15\n"
        "\n"
        "[[block]]\n"
        'id = "p0"\n'
        'type = "pair"\n'
        'en = "Yields fell."\n'
        'zh = "殖利率下滑。"\n'
        "\n"
        "[[block]]\n"
        'id = "p1"\n'
        'type = "pair"\n'
        'en = "Stocks rose."\n'
        'zh = "股市上漲。"\n'
        "\n"
        "# end\n"
    )


def test_changing_one_paragraph_is_a_two_line_diff(note: Note) -> None:
    after = with_block(note, Pair(id="p1", text=Text("Stocks fell.", "股市下跌。")))
    lines = difflib.ndiff(note_bytes(note).decode().splitlines(), note_bytes(after).decode().splitlines())
    changed = [line for line in lines if line[0] in "+-"]
    assert len(changed) == 4
    assert [line for line in changed if line[0] == "+"] == ['+ en = "Stocks fell."', '+ zh = "股市下跌。"']


def test_text_over_several_lines_is_written_over_several_lines() -> None:
    note = Note(date=date(2025, 1, 15), blocks=(Pair(id="p", text=Text('One\nTwo """ \\')),))
    assert 'en = """\nOne\nTwo \\"\\"\\" \\\\"""\n' in note_bytes(note).decode()


def test_titles_are_written_with_the_name_of_their_field() -> None:
    note = Note(date=date(2025, 1, 15), title=Text("Rates", "利率"), blocks=(Figure(id="f", title=Text("Up", "上")),))
    lines = note_bytes(note).decode().splitlines()
    assert lines.count('title_en = "Rates"') == lines.count('title_zh = "上"') == 1


def test_an_unknown_block_is_kept_and_written_back_untouched() -> None:
    text = block('id = "u"\ntype = "flow"\nside = "buy"\nlegs = [1, [2.5, "x"]]\n\n[[block.parts]]\nday = 2025-01-15')
    note, problems = read_note(text.encode())
    assert isinstance(note.blocks[0], UnknownBlock)
    assert problems == ()
    assert text.partition("[[block]]")[2] in note_bytes(note).decode()


def test_unknown_keys_stay_where_they_were() -> None:
    text = block('id = "p"\ntype = "pair"\nen = "x"\nnext = true').replace("[note]", 'mood = "calm"\n[note]\ndesk = 7')
    written = note_bytes(read(text + '\n[[waiver]]\ncheck = "C14"\n')).decode()
    head, _, rest = written.partition("[note]")
    assert 'mood = "calm"' in head
    assert "desk = 7\n\n[[block]]" in rest
    assert 'en = "x"\nnext = true\n' in rest
    assert '[[waiver]]\ncheck = "C14"\n' in rest


@pytest.mark.parametrize(
    ("words", "key", "row"),
    [
        ('id = "b"\ntype = "heading"\nlevel = 9', "level", 9),
        ('id = "b"\ntype = "pair"\nen = 7', "en", 9),
        ('id = "b"\ntype = "metric_table"\nrows = "VIX"', "rows", 9),
        ('id = "b"\ntype = "figure"\nsize = "huge"', "size", 9),
        ('id = "b"\ntype = "figure"\nchart = { lines = [{ serie = "VIX" }] }', "series", 6),
    ],
)
def test_a_block_with_a_wrong_value_is_kept_as_it_is_with_a_problem_at_its_line(words: str, key: str, row: int) -> None:
    note, (problem,) = read_note(block(words).encode(), "X.brief")
    assert isinstance(note.blocks[0], UnknownBlock)
    assert (problem.severity, problem.place.block, problem.place.field) == (Severity.ERROR, "b", key)
    assert problem.place.row == row
    assert read_note(note_bytes(note))[0] == note


def test_a_block_without_an_id_of_its_own_gets_the_same_one_at_each_reading() -> None:
    text = block('type = "pair"\n\n[[block]]\nid = "a"\ntype = "pair"\n\n[[block]]\nid = "a"\ntype = "pair"')
    note, problems = read_note(text.encode())
    assert len({entry.id for entry in note.blocks}) == 3
    assert note.blocks[1].id == "a"
    assert [problem.check for problem in problems] == ["note.id", "note.id"]
    assert read(text) == note


def test_a_file_that_is_cut_anywhere_is_refused_with_its_line(note: Note) -> None:
    content = note_bytes(with_block(note, Pair(id="p1", text=Text("One\nTwo", "一"))))
    for length in range(len(content) - 1):
        with pytest.raises(Refused) as caught:
            read_note(content[:length], "X.brief")
        row = caught.value.problems[0].place.row
        assert row is not None
        assert 1 <= row <= content[:length].decode(errors="ignore").count("\n") + 1


def test_the_words_of_a_file_cut_in_half_can_be_got_out(note: Note) -> None:
    content = note_bytes(note)
    assert (
        salvage(content[: content.index("股市".encode()) + 6]) == "Yields fell.\n\n殖利率下滑。\n\nStocks rose.\n\n股市"
    )


def test_words_over_several_lines_and_with_escapes_are_got_out_whole() -> None:
    note = Note(date=date(2025, 1, 15), blocks=(Pair(id="p", text=Text('A "b"\n\tc\\', "\x01")),))
    assert salvage(note_bytes(note)[:-10]).startswith('A "b"\n\tc\\')


@given(st.binary(max_size=200))
def test_salvage_never_fails(content: bytes) -> None:
    salvage(content).encode()


@pytest.mark.parametrize(
    ("content", "row", "found"),
    [
        (b"", 1, "no note"),
        (b"format = 1\n", 1, "no note"),
        (b"<html><body>Not found</body></html>", 1, "damaged"),
        (b"format = 1\n[note]\ndate = 2025-01-15\nx = \xff", 4, "UTF-8"),
        (b"format = 1\nx = " + b"[" * 500 + b"]" * 500, 2, "nests"),
        (b"format = 1\n" + b"a." * 20000 + b"a = 1", 2, "parts"),
        (b"format = 1\n" + b'"a" . ' * 20 + b"a = 1", 2, "parts"),
        (b"format = 1\nx = " + b"1" * 5000, 2, "digits"),
        (b"format = 1\nx = 0x" + b"f" * 2_000_000, 2, "digits"),
        (b"format = 1\nx = nan", 2, "finite"),
        (b"format = 1\nx = [1.0,\n -inf]", 3, "finite"),
        (b"format = 1\nx = 1e999999", 2, "finite"),
        (b'format = 1\n[note]\ndate = "soon"', 3, "should be a date"),
        (b'format = 1\n[note]\nstyle = "x"', 2, "should be there"),
        (b'format = 1\n[note]\ndate = 2025-01-15\nregion = "fr"', 4, "should be zh-Hant-TW"),
        (b"format = 1\nblock = 3\n[note]\ndate = 2025-01-15", 1, "no note"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(content: bytes, row: int, found: str) -> None:
    problem = refused(content)
    assert problem.place.row == row
    assert found in problem.message.en


def test_a_file_of_more_than_16_megabytes_is_not_looked_into() -> None:
    assert "16 MB" in refused(b"#" * (16 * 1024 * 1024 + 1)).message.en


def test_a_million_values_are_too_many() -> None:
    assert "million" in refused(b"format = 1\nx = [" + b"1," * 1_000_001 + b"]").message.en


@pytest.mark.parametrize("words", ["nan", "1e999", "[" * 80, "a." * 30, "9" * 500])
def test_what_would_be_refused_as_a_value_may_stand_in_a_text(words: str) -> None:
    note = Note(date=date(2025, 1, 15), blocks=(Pair(id="p", text=Text(words, words + "\n" + words)),))
    assert read_note(note_bytes(note))[0] == note


@given(st.text(alphabet=st.sampled_from(list("[]{}=.,'\"\\#\n ax1é")), max_size=60))
@settings(max_examples=300)
def test_only_our_own_error_comes_out_of_the_reader(text: str) -> None:
    for content in (text, HEAD + text, block(text)):
        try:
            note, _ = read_note(content.encode())
        except Refused:
            continue
        assert read_note(note_bytes(note))[0] == note


def test_windows_line_ends_and_a_byte_order_mark_read_as_the_same_note(note: Note) -> None:
    content = note_bytes(note)
    assert read_note(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))[0] == note


def test_a_note_of_a_newer_format_opens_with_a_warning_and_keeps_its_format() -> None:
    note, (problem,) = read_note(HEAD.replace("format = 1", "format = 2").encode())
    assert problem.severity is Severity.WARNING
    assert note_bytes(note).startswith(b"format = 2\n")


def test_older_formats_are_brought_up_one_step_after_the_other() -> None:
    try:
        migration(101)(lambda table: {**table, "steps": [*table["steps"], "one"]})
        migration(102)(lambda table: {**table, "steps": [*table["steps"], "two"]})
        assert migrated({"steps": []}, 101, 103) == {"steps": ["one", "two"]}
    finally:
        MIGRATIONS.pop(101)
        MIGRATIONS.pop(102)


def test_every_block_type_survives_the_file_as_it_begins() -> None:
    blocks = tuple(entry.cls(id=f"b{at}") for at, entry in enumerate(BLOCK_TYPES.values()))
    note = Note(date=date(2025, 1, 15), blocks=blocks)
    assert read_note(note_bytes(note)) == (note, ())
