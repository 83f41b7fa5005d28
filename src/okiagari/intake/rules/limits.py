"""How much a door takes in. One place; a change here changes every door and what the form says."""

MAX_FILES = 5
MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_REQUEST_BYTES = 128 * 1024 * 1024
"""Of a whole request; above it nothing is read at all."""
MAX_JSON_FILE_BYTES = 3 * 1024 * 1024
"""Of all files together in a JSON request, after decoding base64."""
MAX_TEXT = 20_000
MAX_PRODUCT = 300
MAX_VERSION = 120
MAX_LINE = 200

HOUR = 3600
REPORTS_PER_HOUR = 20
MESSAGES_PER_HOUR = 30
TRIES_PER_HOUR = 120
"""Attempts from one address, whether they succeed or not."""

ANSWER_DAYS = 7
"""What the form promises; the clock is `standards.deadlines.ACKNOWLEDGE_REPORT`."""
KEPT_SECONDS = 4 * HOUR
"""How long files of a form that came back with an error wait for the corrected one."""
