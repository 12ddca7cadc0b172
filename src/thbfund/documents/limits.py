"""How much a concept note may hold. A real one has some twenty pages and a few hundred kilobytes."""

MAX_BYTES = 10 * 1024 * 1024
MAX_TABLE_BYTES = 2 * 1024 * 1024  # of a table of projects in place of a note
MAX_PAGES = 60  # of a PDF; what follows is not read
MAX_CHARACTERS = 200_000  # what sixty full pages hold; what follows is not read
MAX_PARTS = 2_000  # files inside a DOCX or ODT
MAX_UNPACKED_BYTES = 100 * 1024 * 1024  # of all of them together
MAX_XML_BYTES = 30 * 1024 * 1024  # of the files of text among them
MAX_RATIO = 200  # times that a part may grow when unpacked; text grows by 10 to 50
SMALL_PART = 1024 * 1024  # bytes up to which a part may grow as it likes
MAX_DEPTH = 200  # elements of XML inside each other
