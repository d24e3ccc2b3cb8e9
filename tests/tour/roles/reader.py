"""A reader's way, with the mouse: reads, asks, and finds greyed what others do."""

from tests.tour.tour import Tour

QUESTION = "How many days of leave does an employee get?"
MAY_NOT = "Your role is reader: an editor or an administrator may"


def reader(tour: Tour, password: str) -> None:
    _enters(tour, password)
    _asks(tour)
    _reads(tour)
    _finds_greyed(tour)
    _settles(tour)
    _leaves(tour)


def _enters(tour: Tour, password: str) -> None:
    step = tour.step
    step("the profiles", tour.click("Anna", "combo box"), "Rita")
    step("a profile", tour.click("Rita", "list item"), "Rita")
    step("its password", tour.fill("Password", password), "Password")
    step("in", tour.click("Unlock"), "What would you like to know?")


def _asks(tour: Tour) -> None:
    step = tour.step
    step("a question", tour.fill("Question", QUESTION), "Question")
    step("sent", tour.click("Send"), "28 calendar days", "A bad answer: say how it should be")
    step("its source", tour.click("Open source 1, Employee handbook.pdf, page 1"), "1 of 3")
    step("larger", tour.click("Larger"), "Page of the document")
    step("the next page", tour.click("Next page"), "p. 2 of 2")
    step("more acts", tour.click("More"), "Export this answer…")
    step("none of them", tour.press("Escape"), "Question")


def _reads(tour: Tour) -> None:
    step = tour.step
    step("the library", tour.click("Library", "check box"), "Travel rules.md")
    step(
        "a document", tour.click("Travel rules.md", "table cell"), "Details", "Text of the document"
    )
    tour.greyed("Tags", MAY_NOT)
    tour.greyed("Remove", MAY_NOT)
    step("its passages", tour.click_any("Passages "), "Passages")
    step(
        "its window",
        tour.click("Travel rules.md", "table cell", times=2),
        "Travel rules.md — Larets",
    )
    step("a search", tour.click("Find in the document"), "Find in the document")
    step("its words", tour.type("hotel", "Return"), " of ")
    step("closed", tour.press("Escape", "Escape"), "COLLECTIONS")


def _finds_greyed(tour: Tour) -> None:
    step = tour.step
    tour.greyed("Add", MAY_NOT)
    tour.greyed("Collection", MAY_NOT)
    step("more", tour.click("More"), "Watched folders…")
    tour.greyed("Watched folders…", "", "menu item")
    step("nothing", tour.press("Escape"), "COLLECTIONS")
    step("training", tour.click("Training", "check box"), "Teach the model your style")
    tour.greyed("Train a new one", "Readers use adapters")
    step("assistants", tour.click("Assistants", "check box"), "There are none yet")
    tour.greyed("New assistant", "Readers use assistants")
    step("models", tour.click("Models", "check box"), "multilingual-e5-small")
    tour.greyed("Add model…", "Only an administrator may change models.")
    step("the own figures", tour.click("Administration", "check box"), "Your thumbs: 0 up")
    assert tour.eyes.find("Audit log", "check box") is None
    step("the proof", tour.click("Proof", "check box"), "Verify everything")


def _settles(tour: Tour) -> None:
    step = tour.step
    step("the own menu", tour.click("Rita", "push button"), "Dark theme", "Русский")
    step("the dark theme", tour.click("Dark theme"), "Verify everything")
    step("the menu again", tour.click("Rita", "push button"), "Русский")
    step("Russian", tour.click("Русский"), "Проверить всё")
    step("the menu in Russian", tour.click("Rita", "push button"), "English")
    step("English again", tour.click("English"), "Verify everything")
    step(
        "what the badge means", tour.click("Offline"), dialog="Larets opens no network connections"
    )
    step("read", tour.click("Close"), "Offline")
    step("a setting", tour.click("Settings", "check box"), "Find a setting")
    step("found by a word", tour.fill("Find a setting", "password"), "Change the password…")


def _leaves(tour: Tour) -> None:
    tour.step("the lock", tour.click("Lock"), "Unlock")
    assert tour.eyes.find("leave", whole=False) is None
