# SPDX-License-Identifier: MIT
# Sphinx's configuration for the book; build-aux/make-book lays out the pages beside it.
project = "Strix"
author = ""
copyright = ""
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = []
html_theme = "alabaster"
html_theme_options = {"description": "A kernel to read, a course to write one", "fixed_sidebar": True,
                      "page_width": "72em", "body_max_width": "56em", "code_font_size": "0.78em",  # 100 columns fit
                      "sidebar_width": "16em", "show_powered_by": False,
                      "show_relbar_bottom": True}  # to the next page
html_static_path = ["_static"]
html_css_files = ["book.css", "dark.css"]  # laid out by make-book
html_sidebars = {"**": ["about.html", "searchbox.html", "navigation.html"]}
html_show_copyright = False
html_copy_source = False
html_extra_path = ["source-pages"]
highlight_language = "none"
myst_heading_anchors = 4
suppress_warnings = ["myst.header"]  # a page may begin at any level


def setup(app):
    """GDB's and Bochs's commands have no lexer; they are shown as they are."""
    from pygments.lexers.special import TextLexer
    app.add_lexer("gdb", TextLexer)
    app.add_lexer("bochs", TextLexer)
