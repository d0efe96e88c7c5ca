from pathlib import Path

import pytest

from briefing.problems import Refused
from briefing.render.sheet import style_sheet
from briefing.render.styles import read_files, read_style, style_of, styles


def message(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.problems[0].message.en


def test_the_house_style_is_found_with_its_words_and_its_disclosure() -> None:
    style = styles()["morning"]
    assert (style.label.en, style.label.zh) == ("Morning note", "晨間報告")
    assert style.sheet.text_width == 174
    assert "Example Securities (sample)" in style.disclosure.en
    assert "示範" in style.disclosure.zh


def test_a_letter_sheet_is_as_wide_in_text_as_an_a4_one(style_files: dict[str, str]) -> None:
    settings = style_files["style.toml"].replace('sheet = "A4"', 'sheet = "Letter"')
    letter = style_of("morning", {**style_files, "style.toml": settings})
    assert (letter.sheet.name, letter.sheet.width, letter.sheet.height) == ("Letter", 215.9, 279.4)
    assert letter.sheet.text_width == pytest.approx(174)


def test_a_link_inside_a_style_is_refused(tmp_path: Path, style_files: dict[str, str]) -> None:
    (tmp_path / "note.html.j2").symlink_to("/etc/hostname")
    with pytest.raises(Refused) as refusal:
        read_files(tmp_path)
    assert message(refusal) == "The style cannot be used: note.html.j2 is a link."


@pytest.mark.parametrize("name", ["Note.html", "x y.css", "noextension", "ü.css"])
def test_a_file_with_an_unusual_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    with pytest.raises(Refused) as refusal:
        read_files(tmp_path)
    assert name in message(refusal)


@pytest.mark.parametrize("name", ["../x.css", "/etc/passwd", "a//b.css", "blocks/../x.css"])
def test_a_file_name_that_leaves_the_style_is_refused(style_files: dict[str, str], name: str) -> None:
    with pytest.raises(Refused) as refusal:
        style_of("morning", {**style_files, name: "x"})
    assert "is not a name for a template file" in message(refusal)


@pytest.mark.parametrize("name", ["style.toml", "note.html.j2", "style.css"])
def test_a_missing_file_is_named(style_files: dict[str, str], name: str) -> None:
    with pytest.raises(Refused) as refusal:
        style_of("morning", {file: text for file, text in style_files.items() if file != name})
    assert message(refusal) == f"The style cannot be used: {name} is missing from the style."


def test_settings_that_are_no_toml_are_refused_with_their_line(style_files: dict[str, str]) -> None:
    with pytest.raises(Refused) as refusal:
        style_of("morning", {**style_files, "style.toml": 'version = "1"\nlabel = = 1\n'})
    assert "line 2" in message(refusal)


def test_a_missing_setting_is_named(style_files: dict[str, str]) -> None:
    with pytest.raises(Refused) as refusal:
        style_of("morning", {**style_files, "style.toml": style_files["style.toml"].replace("valid_from", "valid")})
    assert "'valid_from'" in message(refusal)


@pytest.mark.parametrize("value", ["red; } @import 'x'", "url(x)", "expression(1)\\n", "a" * 61])
def test_a_setting_that_is_no_plain_value_is_refused(style_files: dict[str, str], value: str) -> None:
    text = style_files["style.toml"].replace('accent = "#005AA0"', f'accent = "{value}"')
    assert text != style_files["style.toml"]
    with pytest.raises(Refused):
        style_sheet(style_of("morning", {**style_files, "style.toml": text}))


def test_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "style.toml").write_bytes("名".encode("big5"))
    with pytest.raises(Refused) as refusal:
        read_style(tmp_path)
    assert message(refusal) == "The style cannot be used: style.toml is not UTF-8 text."
