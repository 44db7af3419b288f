"""Runs one statement again and again between two markers, for a tracer that watches.

The request comes as JSON on standard input, the answers go as lines of JSON to standard output.
A marker is a signal that this process sends to itself and that nobody minds: it needs no symbol and
is found in every build of every interpreter. Nothing that set-up or statement write gets out.
"""

import sys

# Nothing may be imported from the folder that the tracer happens to stand in.
if sys.path[:1] == [""]:
    del sys.path[0]

import ast
import gc
import json
import linecache
import os
import signal
import symtable
import traceback
import types

LONGEST_MESSAGE = 8000

BINDING = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete, ast.Import, ast.ImportFrom)
SIMPLE = (ast.Expr, ast.Assert, ast.Raise, ast.Pass, *BINDING)

# One function holds the loop, so that every execution is of the same bytecode with the same inline
# caches. A statement that raises leaves the window by the other marker.
FUNCTION = """
def run(__mark__, __marker__, __raised__, __executions__):
    for __execution__ in __executions__:
        try:
            __mark__(__marker__)
            pass
            __mark__(__marker__)
        except BaseException:
            __mark__(__raised__)
"""


def main():
    """Answer one request."""
    request = json.loads(sys.stdin.read())
    answers = os.dup(1)
    if sys.implementation.name != "cpython" or sys.version_info < (3, 11):
        refuse(answers, "interpreter", sys.implementation.name + " " + sys.version.split()[0])
    say(answers, {"said": "started"})
    silence(0, 1)
    sys.path[:0] = request["imports"]
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    try:
        function = function_around(request["statement"], module.__dict__)
    except (SyntaxError, ValueError) as error:
        refuse(answers, "statement", "".join(traceback.format_exception_only(error)))
    set_up(request["setup"], module.__dict__, answers)
    silence(2)
    say(answers, ready())
    os.close(answers)
    gc.collect()
    gc.freeze()
    gc.disable()
    # Plain ints: turning the members of an enum into numbers would run code of its own.
    marker, raised = int(signal.SIGURG), int(signal.SIGWINCH)
    # The first one says that what follows is no more the set-up's.
    signal.raise_signal(marker)
    function(signal.raise_signal, marker, raised, range(request["execution"]))


def function_around(statement, namespace):
    """Make the function that executes the statement between the markers.

    Names that the statement binds are the module's, as if it were typed at the prompt.
    """
    linecache.cache["<statement>"] = (len(statement), None, [statement + "\n"], "<statement>")
    tree = ast.parse(statement, "<statement>")
    compile(statement, "<statement>", "exec", dont_inherit=True)
    if len(tree.body) != 1:
        raise SyntaxError(f"expected one statement, found {len(tree.body)}")
    if not isinstance(tree.body[0], SIMPLE):
        kind = type(tree.body[0]).__name__
        raise SyntaxError(f"expected an expression or a simple statement, found {kind}")
    symbols = symtable.symtable(statement, "<statement>", "exec").get_symbols()
    bound = [name.get_name() for name in symbols if name.is_assigned() or name.is_imported()]
    around = ast.parse(FUNCTION)
    function = around.body[0]
    function.body[0].body[0].body[1] = tree.body[0]
    if bound:
        function.body.insert(0, ast.Global(bound))
    exec(compile(ast.fix_missing_locations(around), "<statement>", "exec"), namespace)
    return namespace.pop("run")


def set_up(source, namespace, answers):
    """Execute what comes before the statement; its failure ends all."""
    linecache.cache["<setup>"] = (len(source), None, source.splitlines(True), "<setup>")
    try:
        exec(compile(source, "<setup>", "exec", dont_inherit=True), namespace)
    except BaseException as error:
        # The first entry is this function's.
        error.__traceback__ = error.__traceback__.tb_next
        refuse(answers, "setup", "".join(traceback.format_exception(error)))


def ready():
    """Tell which interpreter this is."""
    return {
        "said": "ready",
        "python": "CPython " + sys.version.split()[0],
        "build": sys.version.split(None, 1)[1].replace("\n", ""),
        "hexversion": sys.hexversion,
        "free_threaded": "t" in getattr(sys, "abiflags", ""),
    }


def silence(*descriptors):
    """Let nothing more be read or written there."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in descriptors:
        os.dup2(null, descriptor)
    os.close(null)


def say(answers, message):
    """Answer by one line."""
    os.write(answers, (json.dumps(message) + "\n").encode())


def refuse(answers, about, message):
    """Say why there will be no statement, and end."""
    say(answers, {"said": "refused", "about": about, "message": message.strip()[-LONGEST_MESSAGE:]})
    # Not by an exception: handlers of the set-up may not keep this process alive.
    os._exit(0)


main()
