"""Runs the source of one cell in a namespace and says what came of it.

It knows nothing of processes, sockets or file descriptors: the kernel's worker and the browser's
Python use this same file, so that a cell behaves alike in both. Every event is a dictionary of
the shape of `CellEvent` in `protocol/event.rs`, handed to `emit`.
"""

import ast
import base64
import builtins
import linecache
import sys
import traceback
import types
from _locale import LC_ALL, setlocale

# A cell may replace or delete any of these; the report on it and the next cell need the real ones.
_LIVE_BUILTINS = vars(builtins)
_BUILTINS = {name: value for name, value in vars(builtins).items() if name != "_"}
_ANY_EXCEPTION = BaseException
_LINES = linecache.cache
_PLAIN_ECHO = sys.__displayhook__
_RECURSION_LIMIT = sys.getrecursionlimit()
_LOCALE = setlocale(LC_ALL, None)
# Without them Python cannot echo a value, or tell of an error.
_LIVE_MODULES = sys.modules
_MODULES = {name: sys.modules[name] for name in ("sys", "builtins", "os", "linecache", "traceback")}

# Frames from these files are ours, not the cell's. The worker adds its own.
own_files = {(lambda: None).__code__.co_filename}

# Methods that give a richer form of a value, with its media type; the first one wins.
_RICH_FORMS = {
    "_repr_html_": "text/html",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
}


def main_namespace():
    """The dictionary of a new module `__main__`, in which all cells of a session run."""
    main_module = sys.modules["__main__"] = types.ModuleType("__main__")
    main_module.__builtins__ = sys.modules["builtins"]
    return main_module.__dict__


def run_cell(source, filename, namespace, emit):
    """Runs a cell and emits what it displays and how it failed.

    `filename` stands in tracebacks, e.g. `<cell-1>`; `namespace` is kept by the caller from cell
    to cell. Returns whether the cell ended without an uncaught exception.
    """
    exception = execute(source, filename, namespace, emit)
    if exception is None:
        return True
    emit(failure(exception))
    # Its traceback refers to this frame: held by a variable of it, both would live on.
    del exception
    return False


def execute(source, filename, namespace, emit):
    """Runs a cell, emits what it displays, and returns the exception it did not catch, or None."""
    sys.displayhook = lambda value: _echo(value, emit)
    _LINES[filename] = (len(source), None, source.splitlines(True), filename)
    namespace["__builtins__"] = _LIVE_BUILTINS
    try:
        for code in _compile(source, filename):
            exec(code, namespace)
    except _ANY_EXCEPTION as exception:
        return exception
    finally:
        _put_interpreter_in_order()
    return None


def failure(exception):
    """The event `error` for an uncaught exception, with the traceback that a REPL would print."""
    name, message = _qualified_name(type(exception)), _message(exception)
    try:
        report = traceback.TracebackException.from_exception(exception)
        _drop_own_frames(report, set())
        text = "".join(report.format())
    except _ANY_EXCEPTION:
        # A cell can break what a report is made with; what it raised is told all the same.
        text = f"{name}: {message}\n"
    return {
        "event": "error",
        "error": {"kind": "traceback", "exception": name, "message": message, "text": text},
    }


def _compile(source, filename):
    """The code of the cell's statements, then that of a last expression, which echoes its value."""
    tree = compile(source, filename, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    codes = []
    if tree.body:
        codes.append(compile(tree, filename, "exec", dont_inherit=True))
    if last is not None:
        codes.append(compile(ast.Interactive([last]), filename, "single", dont_inherit=True))
    return codes


def _echo(value, emit):
    """Shows the value of a cell's last expression, as `sys.displayhook` does for a REPL."""
    rich = _rich_form(value)
    if rich is None:
        _PLAIN_ECHO(value)
    else:
        builtins._ = value
        emit(rich)


def _rich_form(value):
    """The event `display` with the value's richest form, or None for a value that is only text."""
    for method, mime in _RICH_FORMS.items():
        # Looked up on the type, for mocks answer to any name and a class is not its own instance.
        render = getattr(type(value), method, None)
        data = None if render is None else render(value)
        if isinstance(data, bytes) and mime == "image/png":
            data = base64.b64encode(data).decode()
        if isinstance(data, str):
            return {"event": "display", "mime": mime, "data": data}
    return None


def _put_interpreter_in_order():
    """Undoes what a cell did to the interpreter. No built-in name may be used here."""
    sys.settrace(None)
    sys.setprofile(None)
    sys.setrecursionlimit(_RECURSION_LIMIT)
    linecache.cache = _LINES
    # Numbers with commas would be read wrongly by native code, too.
    if setlocale(LC_ALL, None) != _LOCALE:
        setlocale(LC_ALL, _LOCALE)
    for name, module in _MODULES.items():
        _LIVE_MODULES.setdefault(name, module)
    for name, value in _BUILTINS.items():
        if _LIVE_BUILTINS.get(name) is not value:
            _LIVE_BUILTINS[name] = value


def _drop_own_frames(report, seen):
    """Removes our frames from a traceback and from all that it is chained to."""
    if report is None or id(report) in seen:
        return
    seen.add(id(report))
    if report.stack is not None:
        report.stack[:] = [frame for frame in report.stack if frame.filename not in own_files]
        # A cell's own SyntaxError has no frame left, and then no line that announces frames.
        report.stack = report.stack or None
    for chained in (report.__cause__, report.__context__, *(report.exceptions or ())):
        _drop_own_frames(chained, seen)


def _qualified_name(kind):
    """The name of an exception's type as a traceback prints it."""
    if kind.__module__ in ("builtins", "__main__"):
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def _message(exception):
    """The text of an exception, even of one that has none."""
    try:
        return str(exception)
    except BaseException:
        return "<exception str() failed>"
