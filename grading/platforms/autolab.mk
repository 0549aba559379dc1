# SPDX-License-Identifier: MIT
# autograde-Makefile of an Autolab lab (make pack-autolab).  Beside it stand the student's handin.tar.gz and
# autograde.tar, with the chapter's number and a private layer; the built tree is in the image.  What is
# printed is the student's; the last line is Autolab's, and make's own complaint must not come after it.
STRIX = /home/strix

all:
	@tar -xf autograde.tar
	@make -s -C '$(STRIX)' grade-chapter$$(cat chapter) SUBMISSION='$(CURDIR)/handin.tar.gz' \
		$$(test ! -d course || echo COURSE='$(CURDIR)/course') \
		GRADE_FLAGS='--handed-in --autolab' 2>grader.err; \
		true
