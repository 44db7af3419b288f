"""The cell runner without a kernel, as the browser's Python uses it."""

import sys
from pathlib import Path

import pytest

FOLDER = str(Path(__file__).parents[1])


@pytest.fixture
def run(monkeypatch):
    """Runs a cell in the test's namespace; returns whether it went well, and the events."""
    monkeypatch.syspath_prepend(FOLDER)
    monkeypatch.setattr(sys, "displayhook", sys.displayhook)
    runner = __import__("cell_runner")
    namespace = {"__name__": "__main__"}

    def run(source):
        events = []
        return runner.run_cell(source, "<cell>", namespace, events.append), events

    return run


def test_the_last_expression_is_echoed(run, capsys):
    assert run("x = 20\nx + 1") == (True, [])
    assert capsys.readouterr().out == "21\n"


def test_a_failure_is_one_event_in_the_form_of_the_protocol(run):
    well, [event] = run("1 / 0")
    assert not well
    assert event["event"] == "error"
    assert event["error"]["kind"] == "traceback"
    assert event["error"]["exception"] == "ZeroDivisionError"
    assert event["error"]["text"].count("  File ") == 1


def test_a_rich_form_is_one_event(run, capsys):
    rich = "class Svg:\n    def _repr_svg_(self): return '<svg/>'\nSvg()"
    assert run(rich) == (True, [{"event": "display", "mime": "image/svg+xml", "data": "<svg/>"}])
    assert capsys.readouterr().out == ""


def test_nothing_runs_of_a_cell_that_does_not_compile(run, capsys):
    well, [event] = run("print('ran')\n(yield)")
    assert not well
    assert event["error"]["exception"] == "SyntaxError"
    assert capsys.readouterr().out == ""


def test_a_cell_cannot_disable_the_next_through_the_builtins(run, capsys):
    run("import builtins\nvars(builtins).clear()")
    assert run("print(len('abc'))") == (True, [])
    assert capsys.readouterr().out == "3\n"
