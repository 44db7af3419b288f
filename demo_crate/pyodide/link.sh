#!/bin/sh
# Links the extension for Pyodide. rustc calls this as it would call `emcc`, but Emscripten is not needed: Pyodide's main
# module has libc, the unwinder and the whole C API, so what is left is one call of the linker that comes with Rust.
set -eu

sysroot=$("${RUSTC:-rustc}" --print sysroot)
host=$("${RUSTC:-rustc}" --version --verbose | sed -n 's/^host: //p')

# Of rustc's arguments count the object files, where the result goes, and what Python must find in it.
out=
exports=
for argument in "$@"; do
    shift
    case $argument in
    EXPORTED_FUNCTIONS=*) exports=$(printf '%s' "$argument" | tr -c 'A-Za-z0-9_' '\n' | sed -n 's/^_\(PyInit_.*\)/--export=\1/p') ;;
    *.o | *.a | *.rlib) set -- "$@" "$argument" ;;
    *.wasm) out=$argument ;;
    esac
done

# What is not defined here is Pyodide's. The constructors and the relocations are what its loader calls. The one section that
# is kept of those that nothing loads says which compiler made it, as recordings do.
# shellcheck disable=SC2086 # one word for each export
exec "$sysroot/lib/rustlib/$host/bin/rust-lld" -flavor wasm -shared --experimental-pic \
    --unresolved-symbols=import-dynamic --no-export-dynamic --gc-sections --strip-all --keep-section=producers \
    $exports --export=__wasm_call_ctors --export-if-defined=__wasm_apply_data_relocs "$@" -o "$out"
