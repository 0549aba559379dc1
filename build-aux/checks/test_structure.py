# SPDX-License-Identifier: MIT
"""The structure of the tree, as `make check` proves it."""
import pytest

import includes
import links
import style
from tree import Tree

CHECKS = [includes.check_layers, includes.check_closure,
          links.check_lists, links.check_complete, links.check_stand_ins, links.check_holes,
          style.check_conditionals, style.check_heads, style.check_lengths, style.check_columns,
          style.check_ignorance]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_structure(check):
    complaints = check(Tree.of_environment())
    assert not complaints, "\n" + "\n".join(complaints)
