#!/bin/sh
# Cargo starts this with the compiler's whole call. The call is written down beside this file: folder, number of
# arguments, arguments and environment, each ended by a zero byte. Then it is made, with paths as the slides name them.
case " $* " in
*" --emit="*)
    (
        umask 077
        { printf '%s\0' "$PWD" "$#" "$@" && env -0; } >"$0.call"
    )
    set -- "$@" REMAP
    ;;
esac
exec "$@"
