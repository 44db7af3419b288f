# Runs a command as `sh -c … sh command arguments`, in a process group of its own, until it ends or standard input does.
exec 3<&0 </dev/null
{
    read -r _ <&3
    kill -KILL 0
} >/dev/null 2>&1 &
guard=$!
"$@" 3<&-
code=$?
kill -KILL $guard
wait $guard 2>/dev/null
exit $code
