"""The stopwatch of the slides."""

from stopwatch import Timing, timed, two_speeches

import pythonic
import rusty


def test_a_timing_holds_what_came_back_and_a_time_above_zero():
    timing = timed(rusty.edit_distance, "kitten", "sitting")
    assert timing.result == 3
    assert timing.seconds > 0


def test_a_function_is_named_by_its_package():
    assert timed(rusty.edit_distance, "a", "b").name == "rusty.edit_distance"
    assert timed(pythonic.edit_distance, "a", "b").name == "pythonic.edit_distance"


def test_a_timing_reads_as_one_line_in_milliseconds():
    assert str(Timing("module.function", 79, 1.0501)) == f"{'module.function':24} 79    1050.1 ms"


def test_the_speeches_differ_in_a_few_places():
    bliss, hay = two_speeches()
    assert bliss.startswith("Four score and seven years ago")
    assert 0 < rusty.edit_distance(bliss, hay) < len(bliss) // 10
