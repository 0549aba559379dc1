# SPDX-License-Identifier: MIT
# For bash: what POSIX shells lack, arrays foremost.
set -u

declare -A colour=([owl]=brown [crow]=black)
birds=(owl crow "barn owl" eagle)

describe() {
	local -r name=$1
	printf '%-10s %s\n' "$name" "${colour[$name]:-unknown}"
}

sort_numbers() {
	local -a numbers=("$@")
	local i j t
	for ((i = 0; i < ${#numbers[@]}; i++)); do
		for ((j = i + 1; j < ${#numbers[@]}; j++)); do
			if ((numbers[j] < numbers[i])); then
				t=${numbers[i]} numbers[i]=${numbers[j]} numbers[j]=$t
			fi
		done
	done
	echo "${numbers[*]}"
}

primes() {
	local n d
	for ((n = 2; n < $1; n++)); do
		for ((d = 2; d * d <= n; d++)); do
			((n % d)) || continue 2
		done
		echo -n "$n "
	done
	echo
}

echo "== arrays"
for bird in "${birds[@]}"; do describe "$bird"; done
echo "${#birds[@]} ${birds[-1]} ${birds[@]:1:2} ${!birds[*]}"
birds+=(kite); unset 'birds[0]'; echo "${birds[*]}"
sort_numbers 9 1 8 2 7 3

echo "== patterns"
[[ strix-7.2 =~ ^([a-z]+)-([0-9]+)\. ]] && echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]}"
text="the quick brown fox"; echo "${text//o/0} ${text^^} ${text:4:5}"
shopt -s extglob; [[ aaab == +(a)b ]] && echo extglob
echo {1..5} {a,b}{x,y}

echo "== process substitution and here-strings"
while read -r a b; do echo "$b $a"; done <<< "first second"
mapfile -t lines < <(printf '%s\n' x y z); echo "${#lines[@]} ${lines[2]}"
tr a-z A-Z <<< "here string"

echo "== pipelines"
primes 60 | tr ' ' '\n' | while read -r p; do [[ $p ]] && ((sum = ${sum:-0} + p)); echo "$sum"; done | tail -n 1
true | false | true; echo "${PIPESTATUS[*]}"
set -o pipefail; false | true; echo $?

echo "== traps and errors"
cleanup() { echo "cleanup $?"; }
(trap cleanup EXIT; exit 5); echo $?
(set -e; false; echo never); echo $?
trap 'echo usr2' USR2; kill -USR2 $BASHPID
(kill -KILL $BASHPID); echo $?
coproc CAT { cat; }
echo coprocess >&"${CAT[1]}"; read -r line <&"${CAT[0]}"; echo "$line"
eval "exec ${CAT[1]}>&-"; wait

echo "== jobs"
for i in 1 2 3 4; do (exit $i) & pids[$i]=$!; done
for i in 4 3 2 1; do wait "${pids[$i]}"; echo -n "$? "; done; echo
printf -v formatted '%05d|%x|%s' 42 255 text; echo "$formatted"
exit 77
