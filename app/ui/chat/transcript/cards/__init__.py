"""Framed cards inside an answer: `card` (a quotation, a notice, text buttons), `computed_card`."""
