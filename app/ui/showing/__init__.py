"""The window shown by itself: `demo` leads it from the first start to an answer, `frame_gaps`
measures how long it held still meanwhile.
"""
