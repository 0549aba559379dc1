dnl SPDX-License-Identifier: MIT
dnl Macros of configure.ac.  A missing tool does not stop configure at once: all of them are
dnl collected, so that one apt-get line mends everything.

AC_DEFUN([STRIX_MISSING_INIT], [strix_missing= strix_packages=])

dnl STRIX_LACKS(what, package): note that WHAT is missing.
AC_DEFUN([STRIX_LACKS], [
	strix_missing="$strix_missing
    $1 (Debian package: $2)"
	strix_packages="$strix_packages $2"])

AC_DEFUN([STRIX_MISSING_REPORT], [
	AS_IF([test -n "$strix_missing"], [AC_MSG_ERROR([needed but not found:$strix_missing
On Debian: apt-get install$strix_packages
(./bootstrap does it)])])])

dnl STRIX_NEED_TOOL(VARIABLE, names, package): a tool of the host triplet (cross: prefixed).
AC_DEFUN([STRIX_NEED_TOOL], [
	AC_CHECK_TOOLS([$1], [$2])
	AS_IF([test -z "$[$1]"], [STRIX_LACKS([$2], [$3])])])

dnl STRIX_NEED_PROGRAM(VARIABLE, names, package): a program of the build machine.
AC_DEFUN([STRIX_NEED_PROGRAM], [
	AC_PATH_PROGS([$1], [$2], [], [$PATH:/usr/sbin:/sbin])
	AS_IF([test -z "$[$1]"], [STRIX_LACKS([$2], [$3])])])

dnl STRIX_WANT_PROGRAM(VARIABLE, names, package, use): its lack only costs USE.
AC_DEFUN([STRIX_WANT_PROGRAM], [
	AC_PATH_PROGS([$1], [$2])
	AS_IF([test -z "$[$1]"],
		[AC_MSG_WARN([no $2: $4 will not work (Debian packages: $3)])])])

dnl STRIX_NEED_FILE(VARIABLE, file, directories, package): VARIABLE = the directory with FILE.
AC_DEFUN([STRIX_NEED_FILE], [
	AC_ARG_VAR([$1], [the directory that holds $2])
	AC_MSG_CHECKING([for $2])
	AS_IF([test -z "$[$1]"], [
		for strix_dir in $3; do
			AS_IF([test -r "$strix_dir/$2"], [$1=$strix_dir; break])
		done])
	AS_IF([test -n "$[$1]"], [AC_MSG_RESULT([$[$1]])],
		[AC_MSG_RESULT([no]); STRIX_LACKS([$2], [$4])])])

dnl STRIX_NEED_PYTHON(modules, packages): PYTHON = a python3 that can import MODULES.  A version
dnl manager's python3 may come first in PATH and lack what Debian's has, so both are tried.
AC_DEFUN([STRIX_NEED_PYTHON], [
	AC_ARG_VAR([PYTHON], [a python3 that has the modules $1])
	AC_MSG_CHECKING([for a python3 with $1])
	strix_python=
	for strix_try in "$PYTHON" python3 /usr/bin/python3 /usr/local/bin/python3; do
		AS_IF([test -n "$strix_try" && "$strix_try" -c 'import $1' >/dev/null 2>&1],
			[strix_python=$strix_try; break])
	done
	dnl a shim of a version manager depends on the directory: keep what it stands for
	AS_IF([test -n "$strix_python"], [
		PYTHON=`"$strix_python" -c 'import sys; print(sys.executable)'`
		AC_MSG_RESULT([$PYTHON])], [
		AC_MSG_RESULT([no])
		STRIX_LACKS([python3 with $1], [$2])])])

dnl STRIX_TRY_FLAG(flag, if-yes, if-no): does the compiler take FLAG after those found so far?
AC_DEFUN([STRIX_TRY_FLAG], [
	AC_MSG_CHECKING([whether $CC accepts $1])
	strix_saved=$CFLAGS
	CFLAGS="$CFLAGS $KERNEL_CFLAGS -Werror $1"
	AC_COMPILE_IFELSE([AC_LANG_SOURCE([[int strix_probe(int x); int strix_probe(int x) { return x; }]])],
		[strix_ok=yes], [strix_ok=no])
	CFLAGS=$strix_saved
	AC_MSG_RESULT([$strix_ok])
	AS_IF([test $strix_ok = yes], [$2], [$3])])

dnl STRIX_KERNEL_FLAGS: KERNEL_CFLAGS, which come after the user's CFLAGS and so win over them.
dnl Probed one on top of the other: -mcmodel=kernel is refused unless -fno-pie came before it.
AC_DEFUN([STRIX_KERNEL_FLAGS], [
	KERNEL_CFLAGS=
	for strix_flag in -std=gnu11 -ffreestanding -fno-pie -mcmodel=kernel -mno-red-zone \
		-mgeneral-regs-only -fno-omit-frame-pointer -fno-stack-protector \
		-fno-strict-aliasing -fno-delete-null-pointer-checks \
		-fno-asynchronous-unwind-tables -fcf-protection=none \
		-fno-common -fno-lto -fno-function-sections -fno-data-sections -U_FORTIFY_SOURCE
	do
		STRIX_TRY_FLAG([$strix_flag], [KERNEL_CFLAGS="$KERNEL_CFLAGS $strix_flag"],
			[AC_MSG_ERROR([the kernel cannot do without $strix_flag])])
	done
	for strix_flag in -fno-stack-clash-protection -fno-sanitize=all -fno-profile-arcs \
		-fno-test-coverage -fno-instrument-functions \
		"-fmacro-prefix-map=\$(srcdir)/=" \
		-Wall -Wextra -Wmissing-prototypes -Wstrict-prototypes -Wshadow -Wno-unused-parameter
	do
		STRIX_TRY_FLAG([$strix_flag], [KERNEL_CFLAGS="$KERNEL_CFLAGS $strix_flag"], [])
	done
	dnl undefined behaviour traps (ud2: a panic with a backtrace), so no run-time library is needed
	AS_IF([test "x$enable_ubsan" != xno], [
		for strix_flag in "-fsanitize=undefined -fno-sanitize=alignment -fsanitize-undefined-trap-on-error"
		do
			STRIX_TRY_FLAG([$strix_flag], [KERNEL_CFLAGS="$KERNEL_CFLAGS $strix_flag"],
				[AC_MSG_ERROR([--enable-ubsan needs $strix_flag])])
		done])
	AS_IF([test "x$enable_werror" != xno], [KERNEL_CFLAGS="$KERNEL_CFLAGS -Werror"])
	case " $CFLAGS " in
	*" -pg "* | *" --coverage "*)
		AC_MSG_ERROR([a kernel cannot be profiled with -pg or --coverage (CFLAGS=$CFLAGS)]) ;;
	esac
	AC_SUBST([KERNEL_CFLAGS])])
