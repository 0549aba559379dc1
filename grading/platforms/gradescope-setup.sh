#!/bin/sh
# SPDX-License-Identifier: MIT
# setup.sh of a Gradescope autograder (make pack-gradescope): runs once, as root, when the image is made.
set -eu
root=${AUTOGRADER-/autograder}
mkdir -p "$root/strix"
tar -xzf "$root/source/strix.tar.gz" -C "$root/strix"
if test -f "$root/source/course.tar.gz"; then
	mkdir -p "$root/course"
	tar -xzf "$root/source/course.tar.gz" -C "$root/course"
	set -- COURSE="$root/course"
fi
cd "$root/strix"
./bootstrap
./configure
make -s -j"$(nproc)" "$@"
