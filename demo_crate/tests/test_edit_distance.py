"""The Rust function and its Python twin give the same distance, on any text."""

import random
from importlib.resources import files

import pytest

import pythonic
import rusty

KNOWN = [
    ("", "", 0),
    ("", "rust", 4),
    ("rust", "rust", 0),
    ("kitten", "sitting", 3),
    ("🦀", "🐍", 1),
    ("I ❤️ 🦀", "I ❤️ 🐍", 1),
    ("e\u0301", "e", 1),
    ("e\u0301", "\u00e9", 2),
    ("👩‍🔬", "👩", 2),
    ("a\0b", "ab", 1),
    ("ß", "ss", 2),
]

ALPHABET = "ab ä\u0301🦀👩\u200d🔬中\0"


def both(a, b):
    rust, python = rusty.edit_distance(a, b), pythonic.edit_distance(a, b)
    assert rust == python, (a, b)
    return rust


@pytest.mark.parametrize(("a", "b", "expected"), KNOWN)
def test_both_know_the_distance_in_either_direction(a, b, expected):
    assert both(a, b) == both(b, a) == expected


def test_both_agree_on_random_texts():
    chance = random.Random(20241117)
    for _ in range(300):
        a, b = ("".join(chance.choices(ALPHABET, k=chance.randrange(20))) for _ in range(2))
        assert abs(len(a) - len(b)) <= both(a, b) <= max(len(a), len(b))


def speech(version):
    return (files("rusty") / "texts" / f"gettysburg_{version}.txt").read_text("ascii")


def test_both_agree_on_two_versions_of_a_speech():
    bliss, hay = speech("bliss"), speech("hay")
    assert 1400 < len(hay) < len(bliss) < 1600
    distance = both(bliss, hay)
    assert 0 < distance < len(hay) / 5, "two versions of one speech are alike"


def test_the_texts_say_why_they_may_be_copied():
    assert "public domain" in (files("rusty") / "texts" / "LICENCE.md").read_text("utf-8")


def test_what_is_no_unicode_text_is_refused_by_rust():
    with pytest.raises(UnicodeEncodeError, match="surrogates not allowed"):
        rusty.edit_distance("\ud800", "")


def test_bytes_are_refused():
    with pytest.raises(TypeError, match="'bytes' object"):
        rusty.edit_distance(b"rust", "rust")
