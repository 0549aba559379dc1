# What bash has beyond a plain shell, a little of each, ended by a status of its own.
set -u
shopt -s extglob nullglob

section() { printf '== %s\n' "$1"; }

section functions
fact() { local n=$1; if ((n < 2)); then echo 1; else echo $((n * $(fact $((n - 1))))); fi; }
fact 10
swap() { local -n left=$1 right=$2; local kept=$left; left=$right; right=$kept; }
a=one b=two; swap a b; echo "$a $b"
deep() { [[ $1 -gt 0 ]] && deep $(($1 - 1)) || echo "${#FUNCNAME[@]} frames"; }
deep 40

section arrays
list=(pear apple fig "two words"); list+=(kiwi); unset 'list[1]'
printf '<%s>' "${list[@]}"; echo " ${#list[@]} ${!list[*]} ${list[@]:1:2}"
declare -A age=([ann]=31 [bob]=27); age[cy]=5
for name in "${!age[@]}"; do echo "$name=${age[$name]}"; done | sort
mapfile -t lines < <(seq 3); echo "${lines[*]/#/n}"

section expansion
path=/usr/lib/strix/kernel.tar.gz
echo "${path##*/} ${path%%.*} ${path/lib/share} ${path^^} ${#path} ${path:5:3} ${none:-default}"
echo {a..e}{1,2} $((16#ff ^ 2#101)) $((7 / 2)) $((-7 % 3)) $'tab\there'
case kernel.c in @(*.c|*.h)) echo source ;; *) echo other ;; esac
IFS=: read -r user _ id rest <<< "root:x:0:0:root"; echo "$user $id $rest"

section here-documents
value=42
cat <<END
value is $value, sum $((value + 1)), $(echo sub)
END
cat <<-'END'
	no $expansion here
	END
tr a-z A-Z <<< "here string"

section pipelines
seq 1000 | grep 7 | sort -rn | head -n 3 | tr '\n' ' '; echo
true | false | true; echo "${PIPESTATUS[*]}"
set -o pipefail; false | true; echo "pipefail $?"; set +o pipefail
yes | head -n 20000 | wc -c
{ echo out; echo err >&2; } 2>&1 | sort
exec 7> seven; echo to seven >&7; exec 7>&-; cat seven
while read -r n; do sum=$((${sum:-0} + n)); done < <(seq 100); echo "sum $sum"

section process substitution and coproc
diff <(seq 3) <(seq 2 4); echo "diff $?"
echo tee | tee >(tr e o > copy) > /dev/null; until [[ -s copy ]]; do sleep .01; done; cat copy
coproc upper { while read -r line; do echo "${line^^}"; done; }
echo co-process >&"${upper[1]}"; read -r reply <&"${upper[0]}"; echo "$reply"
exec {upper[1]}>&-; wait "$upper_PID"; echo "coproc $?"

section traps
trap 'echo got USR1' USR1; kill -USR1 $$; trap - USR1
(trap 'echo bye from the subshell' EXIT; exit 3); echo "subshell $?"
trap 'echo "error on line, status $?"' ERR; false; trap - ERR
(kill -TERM $BASHPID; echo unreached); echo "killed $?"
bash_loop() { trap 'echo stop; exit 9' TERM; echo ready; while :; do sleep .01; done; }
coproc loop { bash_loop; }; read -r ready <&"${loop[0]}"; pid=$loop_PID
kill -TERM "$pid"; read -r last <&"${loop[0]}"; wait "$pid"; echo "$ready $last $?"

section jobs
for n in 1 2 3; do (exit $n) & pids[n]=$!; done
for n in 3 1 2; do wait "${pids[n]}"; echo "child $n: $?"; done
{ sleep 60 & kill $!; wait $!; } 2> /dev/null; echo "sleep $?"
(sleep .02; echo slow) & (echo fast); wait
set -m; { sleep 60 & kill -STOP %1; kill -CONT %1; kill -KILL %1; wait %1; } 2> /dev/null; echo "job $?"; set +m

section printf and regex
printf '%5d|%-5s|%05.1f|%x|%q|%b\n' 42 ab 3.14159 255 "a b'c" 'x\ty'
printf -v text '%s-' a b c; echo "$text"
[[ "Strix 6.1.0" =~ ^([A-Za-z]+)\ ([0-9]+)\.([0-9]+) ]] && echo "${BASH_REMATCH[@]:1}"
[[ abc == a?c && ! -e nowhere && 10 -gt 9 ]] && echo tests
printf '%(%Y-%m-%d)T\n' 86400

section files
mkdir -p d/e; : > d/e/f.c; : > d/g.c; ln -s g.c d/h; umask 027; : > d/i
echo d/*.c d/*(e|h) d/nothing*; [[ d/h -ef d/g.c ]] && stat -c '%a %F' d/i
cd d/e && pwd -P | sed 's,.*/d,d,' && cd - > /dev/null
set -o noclobber; (: > d/i) 2>/dev/null; echo "noclobber $?"; set +o noclobber
(cat < nowhere) 2>&1 | sed 's/line [0-9]*/line N/'
source /dev/stdin <<< 'echo sourced'
eval 'echo "eval \$#=$#"'; set -- x 'y z'; echo "$# ${@:2}"; shift; echo "$*"; getopts ab: o -b val; echo "$o $OPTARG"
exec bash-static -c 'echo "last words: $0 $1 $((SHLVL > 0))"; exit 42' zero one
