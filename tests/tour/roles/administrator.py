"""An administrator's way: everything that there is, once."""

from tests.tour.screen import wait
from tests.tour.tour import Tour

QUESTION = "How many days of leave does an employee get?"
SHEET = "Storage price list 2026.xlsx"
CARD = "Open source 1, Employee handbook.pdf, page 1"


def administrator(tour: Tour, password: str) -> None:
    _enters(tour, password)
    _asks(tour)
    _fills_a_collection(tour)
    _looks_round(tour)
    _administers(tour)
    _settles(tour)
    _leaves(tour, password)


def _enters(tour: Tour, password: str) -> None:
    tour.step(
        "a wrong password", tour.type("not this one", "Return"), "The password for “Anna” is not"
    )
    tour.step("the password", tour.type(password, "Return"), "What would you like to know?")


def _asks(tour: Tour) -> None:
    step, eyes = tour.step, tour.eyes
    step("a question", tour.type(QUESTION, "Return"), "28 calendar days", CARD)
    step("its source", tour.click(CARD), "Page of the document", "1 of 3")
    step("the next citation", tour.click("Next citation"), "2 of 3")
    step("what was found", tour.click_any("Found "), "Ask again with these")
    step("the document again", tour.click("Document", "page tab"), "Page of the document")
    window = "Employee handbook.pdf — Larets"
    step("its window", tour.click("Open in a window of its own"), window, "Print…", "of 2")
    step("the second page", tour.press("Next"), "Employee handbook.pdf")
    step("a search in it", tour.press("ctrl+f"), "Find in the document")
    step("its words", tour.type("foundry"), "1 of 1")
    step("the window closed", tour.press("Escape", "Escape"), CARD)
    eyes.gone(window)
    step("a judgement", tour.click("A good answer"), "A good answer")


def _fills_a_collection(tour: Tour) -> None:
    step = tour.step
    step("the palette", tour.press("ctrl+k"), "Go to anything")
    step("a page by name", tour.type("libr", "Return"), "COLLECTIONS", "Travel rules.md")
    step("a new collection", tour.click("Collection"), dialog="New collection")
    step("its name", tour.type("Samples", "Return"), "Samples", "Take the sample library")
    step("the samples", tour.click("Take the sample library"), "Employee handbook.pdf")
    wait(lambda: _are_read(tour), 90, "the samples are read")
    step("a filter", tour.fill("Filter by name", "price"), SHEET)
    step("a document", tour.click(f"{SHEET}, sample"), "Details", "Tags")
    step("a tag", tour.fill("Tags", "prices, sample", "Return"), f"{SHEET}, prices, sample")
    step("the table again", tour.click(f"{SHEET}, prices, sample"), "Details")
    step("a sheet in its window", tour.press("Return"), f"{SHEET} — Larets", "Cells of the sheet")
    step("back", tour.press("Escape"), "Filter by name")
    tour.eyes.gone(f"{SHEET} — Larets")


def _are_read(tour: Tour) -> bool:
    names = [part.name for window in tour.eyes.windows() for part in window.walk()]
    done = [name for name in names if name.startswith("Ready ")]
    return bool(done) and not any(name.startswith("Waiting ") for name in names)


def _looks_round(tour: Tour) -> None:
    step = tour.step
    step("training", tour.press("ctrl+3"), "Teach the model your style")
    step("summaries", tour.press("ctrl+4"), "Search summaries")
    step("assistants", tour.press("ctrl+5"), "HR questions")
    step("a template", tour.click("Begin with the template HR questions"), "Instruction")
    step("models", tour.press("ctrl+6"), "multilingual-e5-small", "in use")


def _administers(tour: Tour) -> None:
    step = tour.step
    step("administration", tour.press("ctrl+7"), "New profile…", "Edgar", "Rita")
    step("a new profile", tour.click("New profile…"), "First password", dialog="New profile")
    step("not after all", tour.press("Escape"), "New profile…")
    for kind, sees in (
        ("Collections and access", "Who reads it"),
        ("Audit log", "Verify"),
        ("Policies", "Least length of a password: 12"),
        ("Backups", "There is no backup yet."),
        ("Storage", "Original documents"),
        ("Statistics", "Questions: 1"),
        ("Other programs", "New key…"),
        ("Department", "Switched off"),
        ("Proof", "Every connection is refused; attempts so far: 0."),
    ):
        step(kind, tour.click(kind, "check box"), sees)


def _settles(tour: Tour) -> None:
    step = tour.step
    step("settings", tour.press("ctrl+comma"), "Theme: Dark", "Language: Русский")
    step("the dark theme", tour.click("Theme: Dark"), "Restore defaults")
    step("Russian", tour.click("Language: Русский"), "Тема: Тёмная")
    step("English", tour.click("Язык: English"), "Theme: Dark")
    step("help", tour.press("F1"), "Search the help", "First steps")
    step("help closed", tour.press("Escape"), "Theme: Dark")


def _leaves(tour: Tour, password: str) -> None:
    step = tour.step
    step("the lock", tour.press("ctrl+l"), "Unlock", "Your data is encrypted.")
    assert tour.eyes.find("Employee handbook.pdf", whole=False) is None
    step("in again", tour.type(password, "Return"), QUESTION)
