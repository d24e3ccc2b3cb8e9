"""The accessible tree of a conversation as text: roles, names, descriptions and states, then what
was announced while it came about."""

import time

from tests.tour.eyes import Part
from tests.tour.tour import Tour

#: What is said when an answer begins.
BEGUN = "The answer begins."


def conversation(tour: Tour, password: str, question: str) -> tuple[Part, list[str]]:
    """Log in, ask, wait until the answer is there: its part of the tree, and what was announced."""
    eyes = tour.eyes
    tour.type(password, "Return")()
    eyes.see("What would you like to know?", seconds=30)
    tour.type(question, "Return")()
    eyes.see("A good answer", "check box", seconds=60)
    heard: list[str] = []
    for _ in range(100):
        heard = eyes.heard()
        if len(heard) > 1:
            break
        time.sleep(0.1)
    return eyes.see("Conversation"), heard


def text(tree: Part, heard: list[str]) -> str:
    announced = [f"announced: “{each}”" for each in heard]
    return "\n".join([*tree.lines(), *announced, ""])
