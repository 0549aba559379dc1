# What zsh has of its own.
emulate zsh
setopt extended_glob
list=(c a b); print -l ${(o)list} ${(U)list[1]} ${#list} ${list[-1]}
typeset -A map=(one 1 two 2); for key in ${(ko)map}; do print "$key:$map[$key]"; done
print ${(j:-:)${(s:,:)"x,y,z"}} ${(r:6::.:)${:-ab}}|
repeat 3 print -n "r "; print
for n in {1..4}; (( n % 2 )) && print odd $n
mkdir -p t/u; : > t/one.c; : > t/u/two.c; print t/**/*.c(:t) t/*(/)
print =(print temp)(N:h:t) | wc -l
diff <(print a) <(print b); print status $?
cat < =(print made into a file)
print multi >one >two; cat one two
() { local IFS=:; print "anonymous $1" } function
TRAPUSR1() { print usr1 }; kill -USR1 $$
{ print try; false } always { print always }
[[ abc123 == (#b)([a-z]##)([0-9]##) ]] && print $match
integer n=16#ff; print $n $(( 2 ** 10 )) $(( 7.0 / 2 ))
print -r -- "\n raw" ${(q)${:-it\'s}}
zmodload zsh/datetime 2>/dev/null; coproc tr a-z A-Z; print -p lower; coproc exit; read -p line; print $line
sleep 60 & kill $!; wait $!; print waited $?
exit 23
