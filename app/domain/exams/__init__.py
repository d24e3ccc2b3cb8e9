"""Test questions of an assistant: `questions` are the values, `expected_words` tells which words
an answer lacks, `marking` judges an answer, `runs` compares what came of them with another time;
`blind` counts what somebody preferred of two answers without knowing whose they are.
"""
