# SPDX-License-Identifier: MIT
# For every POSIX shell: functions, here-documents, pipelines, subshells, traps, redirections.
mkdir shell.d && cd shell.d

count() { i=0; while [ $i -lt "$1" ]; do i=$((i + 1)); echo $i; done; }
fact() { if [ "$1" -le 1 ]; then echo 1; else echo $(($1 * $(fact $(($1 - 1))))); fi; }

echo "== arithmetic and functions"
fact 10
count 5 | while read n; do echo "n=$n"; done
echo $((0x1f + 010 * 3 % 7)) $((7 > 3 && 2 < 1)) $((1 << 40))

echo "== here-documents"
name=owl
cat <<END
an $name, $(echo nested), \$escaped
END
cat <<'END'
no $name here
END

echo "== words"
set -- a "b c" '' d
echo $# "$2"
for word in "$@"; do echo "<$word>"; done
x=file.tar.gz; echo "${x%.*} ${x%%.*} ${x#*.} ${x##*.} ${#x} ${y:-unset} ${x:+set}"
case $x in *.zip) echo zip ;; *.gz) echo gzip ;; esac

echo "== redirections"
echo one > f; echo two >> f; cat < f
{ echo out; echo err >&2; } 2>errors >output; cat output errors
exec 5>fifth; echo through five >&5; exec 5>&-; cat fifth
cat nothing 2>/dev/null || echo "no such file: $?"
: > empty; [ -s empty ] || echo "empty is empty"

echo "== pipelines and status"
false; echo $?
true | false; echo $?
! true; echo $?
(exit 42); echo $?
sh -c 'kill -TERM $$'; echo $?
echo abc | tr a-c A-C | sed 's/B/-/' | cat
count 1000 | tail -n 1
count 20000 | wc -l | tr -d ' '
yes 2>/dev/null | head -n 3

echo "== background"
sleep 0.1 & wait $!; echo "waited $?"
(exit 7) & wait $!; echo "status $?"
for n in 1 2 3; do echo job $n > job$n & done; wait; cat job1 job2 job3

echo "== traps"
trap 'echo got usr1' USR1
kill -USR1 $$
trap - USR1
(trap 'echo leaving' EXIT; echo inside)
(trap '' TERM; sh -c 'kill -TERM $PPID'; echo survived)

echo "== files"
mkdir -p a/b/c; touch a/b/c/file; ln -s b/c a/link; ln f hard
ls a/link; cat hard; [ f -ef hard ] && echo same
mv f moved; [ -e f ] || echo "f is gone"; rm -r a; ls
chmod 640 moved; ls -l moved | cut -c1-10
cd ..; rm -r shell.d; [ -d shell.d ] || echo "all gone"
exit 3
