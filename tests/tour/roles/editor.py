"""An editor's way, by the keyboard alone."""

from tests.tour.tour import Tour

QUESTION = "What does a pallet in the heated store cost a day, net of VAT?"


def editor(tour: Tour, password: str) -> None:
    _enters(tour, password)
    _asks(tour)
    _keeps_the_library(tour)
    _makes_an_assistant(tour)
    _looks_round(tour)
    _leaves(tour, password)


def _enters(tour: Tour, password: str) -> None:
    step = tour.step
    step("back to the profiles", tour.press("shift+Tab"), "Anna")
    step("by the first letter", tour.type("E"), "Edgar")
    step("the password", tour.press("Tab"), "Password")
    step("the wrong one", tour.type("no", "Return"), "The password for “Edgar” is not right.")
    step("the right one", tour.type(password, "Return"), "What would you like to know?")


def _asks(tour: Tour) -> None:
    step = tour.step
    step("a question", tour.type(QUESTION, "Return"), "Storage price list 2026.xlsx", "Copy")
    step("up to the answer", tour.press("shift+Tab"), "Copy")
    step("its source", tour.tab_to("source 1, ", "Return", back=True), "3 of 3")
    step("back to the question", tour.press("Escape"), "Question")
    step("a line to ask again", tour.press("Up"), QUESTION)
    step("no, another conversation", tour.press("ctrl+n"), "What would you like to know?")
    step("found again", tour.press("ctrl+f"), "Search conversations")
    step("by a word", tour.type("pallet"), QUESTION)
    step("no search", tour.press("ctrl+a", "BackSpace"), QUESTION)


def _keeps_the_library(tour: Tour) -> None:
    step = tour.step
    step("the library", tour.press("ctrl+2"), "Travel rules.md")
    step("its table", tour.tab_to("Documents", "Home"), "Employee handbook.pdf")
    step("a document's window", tour.press("Return"), "Employee handbook.pdf — Larets", "of 2")
    step("the next page", tour.press("Next"), "Page of the document")
    step("closed", tour.press("Escape"), "COLLECTIONS")
    step("ways to add", tour.tab_to("Add", "space", back=True), "Add files", "Watch a folder…")
    tour.greyed("Add a database…", "", "menu item")
    step("not now", tour.press("Escape"), "COLLECTIONS")
    step("a new collection", tour.tab_to("Collection", "space"), dialog="New collection")
    step("no name", tour.press("Escape"), "COLLECTIONS")


def _makes_an_assistant(tour: Tour) -> None:
    step = tour.step
    step("assistants", tour.press("ctrl+5"), "HR questions")
    begin = "Begin with the template IT help"
    step("a template", tour.tab_to(begin, "space"), "Instruction")
    step("the palette", tour.press("ctrl+k"), "Go to anything")
    step("training", tour.type("train", "Return"), "Teach the model your style")


def _looks_round(tour: Tour) -> None:
    step = tour.step
    step("models", tour.press("ctrl+6"), "multilingual-e5-small")
    tour.greyed("Add model…", "Only an administrator may change models.")
    step("what an editor administers", tour.press("ctrl+7"), "Statistics", "Questions: 1")
    assert tour.eyes.find("Profiles", "check box") is None
    step("settings", tour.press("ctrl+comma"), "Find a setting")
    step("answers", tour.press("Down"), "Enter sends the question")
    step("help on the keys", tour.press("F1"), "Search the help")
    step("no more help", tour.press("Escape"), "Find a setting")


def _leaves(tour: Tour, password: str) -> None:
    tour.step("the lock", tour.press("ctrl+l"), "Unlock")
    assert tour.eyes.find("pallet", whole=False) is None
    tour.step("in again", tour.type(password, "Return"), "What would you like to know?")
