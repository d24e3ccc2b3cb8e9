"""From blocks to ranked passages: `spans` cuts blocks into bearable pieces, `passages` packs them
with exact offsets, `ranking` fuses two retrievers and judges the evidence; `passage_sets` are kept.
"""
