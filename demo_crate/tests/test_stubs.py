"""The stubs say what the running module has: no more, no less, and with the same signatures."""

import ast
import inspect
from importlib.resources import files

import pytest

import rusty

STUBS = ast.parse((files("rusty") / "__init__.pyi").read_text("utf-8"))
FUNCTIONS = {node.name: node for node in STUBS.body if isinstance(node, ast.FunctionDef)}
CLASSES = {node.name: node for node in STUBS.body if isinstance(node, ast.ClassDef)}
METHODS = {
    (owner, node.name): node
    for owner, body in CLASSES.items()
    for node in body.body
    if isinstance(node, ast.FunctionDef)
}
# What each class has anyway, and what the running class shows under its own name instead.
INHERITED = {
    "__doc__",
    "__module__",
    "__repr__",
    "__radd__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
}


def signature_in_stub(node):
    """The signature of a stub without its annotations, as inspect would print it."""
    node = ast.FunctionDef(**{**vars(node), "returns": None, "decorator_list": []})
    arguments = node.args
    everything = arguments.posonlyargs + arguments.args + arguments.kwonlyargs
    for argument in [*everything, arguments.vararg, arguments.kwarg]:
        if argument:
            argument.annotation = None
    namespace = {}
    exec(ast.unparse(node), namespace)
    return inspect.signature(namespace[node.name])


def names_and_defaults(signature):
    """Each parameter's name, kind and default, without the first one of a method."""
    return [
        (parameter.name, parameter.kind, parameter.default)
        for parameter in signature.parameters.values()
        if parameter.name not in {"self", "cls"}
    ]


def is_static(node):
    return any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list)


def is_property(node):
    return any(isinstance(d, ast.Name) and d.id == "property" for d in node.decorator_list)


def is_special(name):
    return name.startswith("__") and name != "__new__"


def test_the_stubs_name_exactly_what_the_module_has():
    assert {*FUNCTIONS, *CLASSES, "PROFILE"} == set(rusty.__all__)


def test_the_stubs_export_what_the_module_exports():
    (exported,) = (
        ast.literal_eval(node.value)
        for node in STUBS.body
        if isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
    )
    assert sorted(exported) == sorted(rusty.__all__)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_the_signature_of_its_stub(name):
    assert signature_in_stub(FUNCTIONS[name]) == inspect.signature(getattr(rusty, name))


@pytest.mark.parametrize("owner", CLASSES)
def test_a_class_has_exactly_the_members_of_its_stub(owner):
    in_stub = {method for (of, method) in METHODS if of == owner}
    assert in_stub == set(vars(getattr(rusty, owner))) - INHERITED


@pytest.mark.parametrize(
    ("owner", "name"),
    [key for key, node in METHODS.items() if not is_property(node) and not is_special(key[1])],
)
def test_a_method_has_the_signature_of_its_stub(owner, name):
    running = getattr(rusty, owner)
    running = running if name == "__new__" else getattr(running, name)
    expected = names_and_defaults(signature_in_stub(METHODS[owner, name]))
    assert expected == names_and_defaults(inspect.signature(running))


@pytest.mark.parametrize(("owner", "name"), METHODS)
def test_properties_and_static_methods_are_marked_as_such(owner, name):
    node, member = METHODS[owner, name], vars(getattr(rusty, owner))[name]
    assert is_property(node) == inspect.isdatadescriptor(member)
    assert is_static(node) == (isinstance(member, staticmethod) and name != "__new__")
