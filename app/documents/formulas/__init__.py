"""Formulas whose value the file does not have → values, where these are sure; never a guess.

calculation   the way in: the order of cells, and what an expression says of them
expressions   a formula's text → its tree          workbook   cells and areas, against a limit
operations    what +, &, = and their like do       functions, criteria   SUM and its like, SUMIF's
"""
