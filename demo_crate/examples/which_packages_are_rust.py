"""Which installed packages bring machine code, and which of it was written in Rust?

The compiled files are searched for marks that survive stripping: PyO3 names the module of its
PanicException, and panic messages keep the paths of PyO3's and of Rust's own source files.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import Distribution, distributions

# ANCHOR: marks
PYO3 = b"pyo3_runtime"
PYO3_VERSION = re.compile(rb"pyo3-(\d+\.\d+\.\d+)")
RUST = re.compile(rb"/rustc/[0-9a-f]{40}")
# ANCHOR_END: marks

# How compiled files begin: on Linux, on macOS (for one processor, for several), on Windows, and
# those of WebAssembly.
EXECUTABLE = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"MZ", b"\0asm")


@dataclass(frozen=True, order=True)
class Finding:
    """One compiled file of one installed package."""

    package: str
    file: str
    kind: str


# ANCHOR: kind
def kind_of(file: str, content: bytes) -> str | None:
    """Say what a compiled file is, or None if it is no compiled file or an unknown program."""
    if not content.startswith(EXECUTABLE):
        return None
    if PYO3 in content:
        version = PYO3_VERSION.search(content)
        return f"extension, PyO3 {version[1].decode()}" if version else "extension, PyO3"
    if file.endswith(tuple(EXTENSION_SUFFIXES)):
        return "extension, not PyO3"
    return "program in Rust" if RUST.search(content) else None


# ANCHOR_END: kind


# ANCHOR: find
def findings(packages: Iterator[Distribution]) -> Iterator[Finding]:
    """Look into every file of packages that may be compiled."""
    for package in packages:
        for file in package.files or []:
            path = file.locate()
            if file.suffix not in ("", ".so", ".pyd", ".exe") or not path.is_file():
                continue
            if kind := kind_of(file.name, path.read_bytes()):
                yield Finding(package.name, file.name, kind)


# ANCHOR_END: find


def main() -> None:
    """Print one line for each compiled file."""
    # ANCHOR: show
    for found in sorted(findings(distributions())):
        print(f"{found.package:15} {found.kind}")
    # ANCHOR_END: show


if __name__ == "__main__":
    main()
