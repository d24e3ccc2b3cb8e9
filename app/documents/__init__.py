"""File → blocks with locators, in a child process with limits. Stranger to store and engines.

reading         the way in: `sandbox.Sandbox` outside, `reader` chooses a format inside
pdf             PDF and pictures of pages      pictures   recognition: pixels to lines of print
word, office, sheets, web, text, binary
                families of formats, a module each       tables   what all tables share
archives        ZIP, 7z and TAR, taken apart
formulas        values that a workbook's file leaves to be computed
export          answers and conversations → DOCX, PDF, Markdown, JSON
source, limits, steps, characters, words, tally, markup, ooxml, colours
                what every family stands on: `words` that readers write themselves, the `tally` of
                what was read and what was not; which `colours` are seen
"""
