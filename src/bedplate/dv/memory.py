"""Where Python code can remember: by what it does (`acts`, of its text), and by what it holds (`held`, of the running module)."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import types
from collections import deque, namedtuple
from collections.abc import Iterator, Mapping
from enum import Enum
from importlib.util import find_spec

from bedplate.bus import Bus

PROTOCOL = {name for name in vars(Bus) if not name.startswith("_")}
"""What a driver may ask of a bus. All else of it is the gate's, and what lies behind that."""

FORBIDDEN = {
    *("cache", "lru_cache", "cached_property", "singledispatch", "partialmethod"),
    *("setattr", "delattr", "__setattr__", "globals", "__dict__", "__closure__", "__defaults__", "modules"),
}
"""Names by which something is kept, or put where no assignment shows it."""

MUTATORS = {
    *("append", "extend", "insert", "remove", "pop", "popitem", "clear", "sort", "reverse", "add", "discard", "update"),
    *("setdefault", "appendleft", "popleft", "rotate", "move_to_end", "send", "__setitem__", "__next__"),
}
"""Methods that change what they are called on."""

MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)

TUPLE_GETTER = type(vars(namedtuple("_", "x"))["x"])

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)

OWN = {
    *(
        "__dict__",
        "__weakref__",
        "__doc__",
        "__annotations__",
        "__module__",
        "__qualname__",
        "__builtins__",
        "__spec__",
    ),
    *(
        "__loader__",
        "__cached__",
        "__file__",
        "__path__",
        "__all__",
        "__match_args__",
        "__orig_bases__",
        "__parameters__",
    ),
    *("__abstractmethods__", "_abc_impl", "__name__", "__package__", "_field_defaults", "__class_getitem__"),
    *("_member_names_", "_member_map_", "_value2member_map_", "_unhashable_values_", "_hashable_values_", "_inverted_"),
}
"""Python's own, filled as a module, a class, a NamedTuple or an Enum is made."""


def closure(names: list[str]) -> dict[str, types.ModuleType]:
    """These modules and all of the package that they import, however far away and wherever in their text; but for types alone.

    The packages that they lie in are there too, but not what those import: a driver that wants that must say so.
    """
    found: dict[str, types.ModuleType] = {}
    queue = list(names)
    while queue:
        name = queue.pop()
        if name in found or not name.startswith("bedplate") or not _is_module(name):
            continue
        found[name] = module = importlib.import_module(name)
        for node in _walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Import):
                queue += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{name}: imports by whole names only"
                inner = [f"{node.module}.{alias.name}" for alias in node.names]
                queue += [name if _is_module(name) else node.module or "" for name in inner]
    for name in list(found):
        while name := name.rpartition(".")[0]:
            found.setdefault(name, importlib.import_module(name))
    return dict(sorted(found.items()))


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # the name of something in a module that is no package
        return False


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes, but for what only a type checker sees."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield node
            yield from _walk(node)


# What a text does


def acts(source: str, strict: bool = True) -> list[str]:
    """Every line of a module by which it could remember something beyond a call, and, if `strict`, get at the bus behind the gate.

    A function may change what it made itself. Unless `strict`, so may a method its own object, and whoever makes a class that class;
    with it, nothing at all is assigned but names, since a name may stand for what others made.
    """
    return list(_acts(ast.parse(source), None, strict))


def _acts(tree: ast.AST, local: set[str] | None, strict: bool) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, FUNCTION):
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None and (isinstance(default, MUTABLE) or _makes(default) in MUTABLE_CALLS):
                    yield f"{ast.unparse(default)} as a default argument"
        why = _act(node, local, strict)
        if why:
            yield f"{ast.unparse(node)[:80]}: {why}"
        if strict and _goes_behind_the_gate(node, tree):
            may = ", ".join(sorted(PROTOCOL))
            yield f"{ast.unparse(tree)[:80]}: goes behind the gate: with a bus it may {may}, in place, and no more"
        if isinstance(node, FUNCTION):
            yield from _acts(node, _locals(node, strict), strict)
        else:
            yield from _acts(node, local, strict)


def _goes_behind_the_gate(node: ast.AST, around: ast.AST) -> bool:
    """Whether a bus is asked for more than its protocol has, or gets another name. An own one is that of generated registers."""
    if not isinstance(node, ast.Attribute) or node.attr != "bus" or ast.unparse(node) == "self.bus":
        return False
    return not isinstance(around, ast.Attribute) or around.attr not in PROTOCOL


MUTABLE_CALLS = {
    "list",
    "dict",
    "set",
    "bytearray",
    "deque",
    "defaultdict",
    "OrderedDict",
    "Counter",
    "array",
    "iter",
    "count",
}


def _makes(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _act(node: ast.AST, local: set[str] | None, strict: bool) -> str:
    """Why a node is one by which a module remembers. `local` names what a function made itself; None outside of functions."""
    if isinstance(node, (ast.Global, ast.Nonlocal)):
        return "assigns beyond its function"
    if isinstance(node, (ast.Name, ast.Attribute)):
        name = node.id if isinstance(node, ast.Name) else node.attr
        forbidden = name in FORBIDDEN or (strict and name == "vars")
        return "keeps what it was given, or hides that it does" if forbidden else ""
    if local is None:
        return ""
    targets: list[ast.expr] = []
    own = set() if strict else local
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, (ast.AugAssign, ast.AnnAssign, ast.For, ast.NamedExpr)):
        targets = [node.target]
    elif isinstance(node, ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATORS:
        targets, own = [node.func], local
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "next":
        targets, own = [ast.Attribute(node.args[0], "")], local
    for target in targets:
        for part in target.elts if isinstance(target, ast.Tuple) else [target]:
            if isinstance(part, (ast.Attribute, ast.Subscript)) and _root(part) not in own:
                return "changes what is not its own"
    return ""


def _root(node: ast.expr) -> str:
    """The name that an expression starts from; empty where it starts from a value that was just made."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else "a call's result" if isinstance(node, ast.Call) else ""


MAKERS = ("__new__", "__init__", "__init_subclass__", "__set_name__")


def _locals(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, strict: bool) -> set[str]:
    """What a function made itself, and the object that it is a method of."""
    made = {""} if strict else {"", "self"}
    if not strict and getattr(function, "name", "") in MAKERS:
        made |= {argument.arg for argument in function.args.args}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.add(node.id)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            made.add(node.name)
    return made


# What a module holds

LEAVES = (int, float, str, bytes, complex, type(None), type(...), range, slice)


def held(module: types.ModuleType) -> dict[str, str]:
    """Everything that can be reached from a module's own names, by its path: what it is, and what is in it."""
    return {path: _described(item) for path, item in _reachable(module)}


def _reachable(module: types.ModuleType) -> Iterator[tuple[str, object]]:
    """Each thing once, with the first path to it. What belongs to another module is looked at there."""
    seen: dict[int, object] = {id(module): module}
    queue = deque((f"{module.__name__}.{name}", item) for name, item in _own(vars(module)))
    while queue:
        path, item = queue.popleft()
        owned = isinstance(item, type) or inspect.isroutine(item)
        if isinstance(item, types.ModuleType) or (owned and getattr(item, "__module__", None) != module.__name__):
            continue
        if not _is_leaf(item):
            if id(item) in seen:
                continue
            seen[id(item)] = item  # kept, so that no other takes its number
        yield path, item
        queue.extend((f"{path}{name}", part) for name, part in _inside(item))


def _is_leaf(item: object) -> bool:
    return isinstance(item, LEAVES) and type(item).__module__ == "builtins"


def _described(item: object) -> str:
    parts = sum(1 for _ in _inside(item))
    return f"{type(item).__name__} of {parts}" + (f": {_shown(item)}" if not parts else "")


def _own(names: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The names that somebody wrote, but for those of types and of what the interpreter makes for slots and tuples."""
    return (
        (name, item)
        for name, item in names.items()
        if name not in OWN
        and type(item).__module__ not in ("__future__", "typing", "collections.abc")
        and not isinstance(item, (types.MemberDescriptorType, types.GetSetDescriptorType, TUPLE_GETTER))
    )


def mutable(module: types.ModuleType) -> list[tuple[str, object]]:
    """What can be reached from a module's own names and could hold something: all but what cannot be changed or assigned to."""
    return [(path, item) for path, item in _reachable(module) if _is_mutable(item)]


FIXED = (*LEAVES, tuple, frozenset, types.MappingProxyType, Enum, type, property, staticmethod, classmethod)


def _is_mutable(item: object) -> bool:
    if inspect.isroutine(item):
        return bool(getattr(getattr(item, "__func__", item), "__dict__", {})) or hasattr(item, "cache_info")
    if isinstance(item, FIXED):
        return not isinstance(item, (Enum, type, property)) and bool(getattr(item, "__dict__", {}))
    return True


def _shown(item: object) -> str:
    """A thing without parts that this file knows. Addresses of functions and objects say nothing."""
    if isinstance(item, (bytearray, memoryview)):
        return bytes(item).hex()
    if callable(cached := getattr(item, "cache_info", None)):
        return str(cached())
    text = repr(item)
    return "" if " at 0x" in text else text


def _inside(item: object) -> Iterator[tuple[str, object]]:
    """The parts of a thing, with how to get there."""
    if isinstance(item, type):
        yield from ((f".{name}", part) for name, part in _own(vars(item)))
        return
    if _is_leaf(item):
        return
    if isinstance(item, (types.MappingProxyType, dict)):
        for key, part in item.items():
            yield f"[{key!r}]", part
    elif isinstance(item, (set, frozenset)):
        yield from ((f"[{part!r}]", part) for part in item)
    elif isinstance(item, (types.FunctionType, staticmethod, classmethod)):
        function = item if isinstance(item, types.FunctionType) else item.__func__
        for number, part in enumerate(function.__defaults__ or ()):
            yield f"(default {number})", part
        for name, part in (function.__kwdefaults__ or {}).items():
            yield f"({name}=)", part
        for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
            if cell.cell_contents is not function:
                yield f"<{name}>", cell.cell_contents
    elif isinstance(item, property):
        yield from ((f".{name}", part) for name in ("fget", "fset", "fdel") if (part := getattr(item, name)))
    elif isinstance(item, functools.partial):
        yield from ((f".{name}", getattr(item, name)) for name in ("func", "args", "keywords"))
    elif isinstance(item, (tuple, list, deque)):
        yield from ((f"[{number}]", item[number]) for number in range(len(item)))
    if not isinstance(item, Enum) or type(item).__module__ != "enum":
        yield from ((f".{name}", part) for name, part in _own(getattr(item, "__dict__", {})))
    for base in type(item).__mro__:
        for name in vars(base).get("__slots__", ()) if base.__module__ != "builtins" else ():
            if hasattr(item, name) and not isinstance(item, type):
                yield f".{name}", getattr(item, name)
