"""Running systemrdl-compiler: files in, elaborated tree out; its messages become one RdlError or notes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from systemrdl.compiler import RDLCompiler
from systemrdl.component import Addrmap, Component
from systemrdl.messages import MessagePrinter, RDLCompileError, Severity
from systemrdl.node import AddrmapNode
from systemrdl.parser import sa_systemrdl
from systemrdl.parser.SystemRDLParser import SystemRDLParser
from systemrdl.source_ref import DetailedFileSourceRef, FileSourceRef, SourceRefBase

from bedplate.errors import RdlError, UnknownName
from bedplate.gen.ir import Note

HERE = Path(__file__).parent
"""Where `bedplate.rdl` is: always on the include path."""

GUARD = "BEDPLATE_RDL"

KEYWORDS = frozenset(name for one in SystemRDLParser.literalNames if (name := one.strip("'")).isidentifier())

# The compiler parses constraints and forgets them.
NO_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:[^"\\]|\\.)*"', re.DOTALL)
CONSTRAINT = re.compile(r"\bconstraint\b\s*\w*\s*\{")


class Description(NamedTuple):
    """An elaborated description, a digest of its sources, and what the compiler had to say."""

    top: AddrmapNode
    digest: str
    notes: list[Note]


class Messages(MessagePrinter):
    """Keeps the compiler's messages instead of printing them."""

    def __init__(self) -> None:
        self.errors: list[tuple[str, SourceRefBase | None]] = []
        self.notes: list[Note] = []

    def print_message(self, severity: Severity, text: str, src_ref: SourceRefBase | None) -> None:
        """Keep an error, and a warning as a note, instead of printing them; `src_ref` is where in the source."""
        if severity >= Severity.ERROR:
            self.errors.append((text, src_ref))
        elif severity == Severity.WARNING:
            self.notes.append(Note(place(src_ref), text))


def _for_python(messages: Messages) -> RDLCompiler:
    """A type is called as its author calls it, whatever was assigned to it from outside."""
    return RDLCompiler(message_printer=messages, extended_dpa_type_names=False)


def elaborate(
    files: Sequence[Path],
    top: str | None = None,
    include: Sequence[Path] = (),
    defines: Mapping[str, str] | None = None,
    parameters: Mapping[str, str] | None = None,
    compiler: Callable[[Messages], RDLCompiler] = _for_python,
) -> Description:
    """Compile the files in order and elaborate the address map `top` (the last one defined if None), with these of its parameters and
    a new `compiler`.

    Raises RdlError.
    """
    try:
        return _elaborate(files, top, include, defines or {}, parameters or {}, compiler)
    except TypeError:  # the compiler's native parser breaks on some syntax errors; its slow one can say which
        fast, sa_systemrdl.USE_CPP_IMPLEMENTATION = sa_systemrdl.USE_CPP_IMPLEMENTATION, False
        try:
            return _elaborate(files, top, include, defines or {}, parameters or {}, compiler)
        finally:
            sa_systemrdl.USE_CPP_IMPLEMENTATION = fast


def digest_of(file: Path, include: Sequence[Path] = ()) -> str:
    """The digest that a file's Description has, without compiling it: of its text, with what it includes. Raises RdlError."""
    messages = Messages()
    with _one_error(messages, [file]):
        read = RDLCompiler(message_printer=messages).preprocess_file(str(file), _search(include))
    return _digest([read.preprocessed_text])


def _search(include: Sequence[Path]) -> list[str]:
    return [str(HERE), *map(str, include)]


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("".join(texts).encode()).hexdigest()[:16]


def _elaborate(
    files: Sequence[Path],
    top: str | None,
    include: Sequence[Path],
    defines: Mapping[str, str],
    parameters: Mapping[str, str],
    made: Callable[[Messages], RDLCompiler],
) -> Description:
    messages = Messages()
    compiler = made(messages)
    macros = dict(defines)
    texts: list[str] = []
    written: list[str] = []
    with _one_error(messages, files):
        for file in files:
            source = compiler.compile_file(str(file), _search(include), macros)
            texts.append(source.preprocessed_text)
            written += [Path(str(used)).read_text(errors="replace") for used in (file, *source.included_files)]
            if CONSTRAINT.search(NO_CODE.sub("", source.preprocessed_text)):
                messages.notes.append(
                    Note(str(file), "constraints are not expressed: every value that fits is accepted")
                )
            if any(Path(used).name == "bedplate.rdl" for used in source.included_files):
                macros[GUARD] = ""  # the next file shares these properties; declared twice they would be an error
        maps = [name for name, component in compiler.root.comp_defs.items() if isinstance(component, Addrmap)]
        if not maps:
            raise RdlError("no address map in the description", where=_every(files))
        if top is not None and top not in maps:
            unknown = UnknownName("address map", top, maps)
            raise RdlError(unknown.what, where=_every(files), next=unknown.next)
        messages.notes += [
            Note(_every(files), f"-D {name}: nothing uses it") for name in defines if not _uses(written, name)
        ]
        values = _values(compiler, compiler.root.comp_defs[top or maps[-1]], parameters, messages, _every(files))
        tree = compiler.elaborate(top, parameters=values)
    return Description(
        tree.top, _digest([*texts, *(f"{name}={said}" for name, said in sorted(parameters.items()))]), messages.notes
    )


def _every(files: Sequence[Path]) -> str:
    return ", ".join(map(str, files))


@contextmanager
def _one_error(messages: Messages, files: Sequence[Path]) -> Iterator[None]:
    """Whatever goes wrong with these files becomes an RdlError; the native parser's TypeError alone passes, see `elaborate`."""
    every = _every(files)
    for file in files:
        if not file.is_file():
            raise RdlError("no such file", where=str(file), next="write it, or see that its name is right")
    try:
        yield
    except RdlError:
        raise
    except RDLCompileError:
        raise failure(messages, every) from None
    except UnicodeDecodeError as problem:
        raise RdlError(
            f"not UTF-8 text: {problem}", where=every, next="save it, and what it includes, as UTF-8"
        ) from None
    except Exception as crash:
        if messages.errors:  # what it had to say before it broke is the reason
            raise failure(messages, every) from None
        if isinstance(crash, TypeError) and sa_systemrdl.USE_CPP_IMPLEMENTATION:
            raise
        said = " ".join(str(crash).split())[:300]
        raise RdlError(
            f"the SystemRDL compiler broke on this: {type(crash).__name__} {said}".rstrip(),
            where=every,
            next="an unfinished [index], a width of billions of bits, or Perl that never ends?",
        ) from crash


def _uses(texts: Sequence[str], macro: str) -> bool:
    use = re.compile(rf"`\s*(?:(?:ifdef|ifndef|elsif|undef|define)\s+)?{re.escape(macro)}\b")
    return any(use.search(text) for text in texts)


def _values(
    compiler: RDLCompiler, top: Component, given: Mapping[str, str], messages: Messages, every: str
) -> dict[str, Any]:
    """The parameters of the top address map, evaluated. Raises RdlError for one that it does not have, or no expression."""
    known = [parameter.name for parameter in top.parameters]
    found: dict[str, Any] = {}
    for name, text in given.items():
        if name not in known:
            unknown = UnknownName("parameter", name, known)
            none = "" if known else "its top address map has no parameters; -D NAME=VALUE is for macros"
            raise RdlError(unknown.what, where=every, next=none or unknown.next)
        try:
            found[name] = compiler.eval(text)
        except (RDLCompileError, ValueError) as error:
            why = messages.errors[-1][0] if messages.errors else str(error).partition(" expecting ")[0]
            raise RdlError(f"-P {name}={text} is no expression: {why}", where=every) from None
    return found


def failure(messages: Messages, files: str) -> RdlError:
    """The compiler's errors as one of ours. The first error in full, the others by name; the compiler's closing 'aborted' is no news."""
    errors = [error for error in messages.errors if error[1] is not None] or messages.errors
    others = [f"{place(where)}: {text}" for text, where in errors[1:6]]
    if len(errors) > 6:
        others.append(f"and {len(errors) - 6} more")
    error = error_at(errors[0][1], errors[0][0], "\n".join(others))
    error.where = error.where or files
    word = _marked(errors[0][1])
    if word in KEYWORDS and " input '" in errors[0][0]:
        error.next = f"`{word}` is a keyword of SystemRDL: as a name it is written \\{word}, or call it otherwise, {word}_ for one"
    return error


def error_at(where: SourceRefBase | None, text: str, others: str = "") -> RdlError:
    """An RdlError that shows the place: file:line:column, the line, and a caret under it."""
    shown = "\n".join(part for part in (text, snippet(where), others) if part)
    return RdlError(shown, where=place(where))


def place(where: SourceRefBase | None) -> str:
    """file:line:column of a piece of source, as much of it as is known."""
    if isinstance(where, DetailedFileSourceRef):
        return f"{where.path}:{where.line}:{where.line_selection[0] + 1}"
    return where.path if isinstance(where, FileSourceRef) else ""


def _marked(where: SourceRefBase | None) -> str:
    """The piece of source that is meant, as far as its first line goes."""
    if not isinstance(where, DetailedFileSourceRef):
        return ""
    first, last = where.line_selection
    return where.line_text[first : last + 1]


def snippet(where: SourceRefBase | None) -> str:
    """The source line and carets under the piece that is meant."""
    if not isinstance(where, DetailedFileSourceRef):
        return ""
    first, last = where.line_selection
    line = where.line_text
    lead = "".join("\t" if char == "\t" else " " for char in line[:first])
    return f"  {line}\n  {lead}{'^' * max(last - first + 1, 1)}"
