# SPDX-License-Identifier: MIT
# For BusyBox: its larger applets on data of their own.
mkdir applets.d && cd applets.d

echo "== data"
awk 'BEGIN { srand(7); for (i = 0; i < 2000; i++) { x = (x * 1103515245 + 12345) % 2147483648; print x, "w" x % 97 } }' > data
wc data; md5sum data; sha256sum data; cksum data

echo "== awk, sed, grep, sort"
awk '{ count[$2]++ } END { for (w in count) print count[w], w }' data | sort -rn -k1 -k2 | head -n 5
sort -n data | md5sum; sort -u -k2 data | wc -l; sort -k2,2 -k1,1n data | sed -n '1p;$p'
grep -c 'w1[0-9]$' data; grep -v w data | wc -l; grep -nE '^1[0-9]{3} ' data | head -n 3
sed -e 's/\([0-9]*\) \(w[0-9]*\)/\2:\1/' -e '3q' data
cut -d' ' -f2 data | sort | uniq -c | sort -rn | head -n 3

echo "== tar, gzip"
mkdir -p tree/a tree/b; cp data tree/a; ln -s ../a/data tree/b/link; head -n 100 data > tree/b/short
tar -cf tree.tar tree && tar -tf tree.tar | sort
gzip -9 < data > data.gz; gunzip < data.gz | cmp - data && echo "gzip: same"
bzip2 < data | bunzip2 | md5sum; xz -d < /dev/null 2>/dev/null; echo "xz $?"
tar -czf tree.tgz tree && mkdir out && tar -xzf tree.tgz -C out && diff -r tree out/tree && echo "tar: same"

echo "== find, xargs"
find tree -type f | sort; find tree -name 's*' -exec wc -l {} \;
find tree -type l | xargs ls | sort; seq 10 | xargs -n 3 echo

echo "== numbers and text"
echo '2^200; scale=20; 4*a(1)' | bc -l; echo '5 7 * p' | dc
seq 5 | paste -s -d+ | tee expression | bc; expr 17 % 5; factor 1234567890
echo "Hello, World" | od -c; printf 'abc' | hexdump -C; base64 < data | md5sum
fold -w 20 expression; rev expression; tac data | head -n 1; nl expression
echo one two | tr -s 'o' | wc -c; date -u -d @1700000000; cal 2 2024
dd if=/dev/zero bs=1000 count=5 2>/dev/null | tr '\0' x | wc -c
diff expression data > difference; echo "diff $?"; head -n 3 difference
split -l 700 data part. && ls part.*; cat part.* | cmp - data && echo "split: same"
ed -s expression <<END
s/+/ plus /g
p
Q
END
vi -c ':%s/+/-/g' -c ':wq' expression < /dev/null > /dev/null 2>&1; cat expression
cd ..; rm -r applets.d
