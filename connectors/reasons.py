"""Why a record cannot be taken in, in words for people, and the limits behind the words."""

from __future__ import annotations

from typing import Final

TEXT_LIMIT: Final = 100_000
ID_LIMIT: Final = 200
NAME_LIMIT: Final = 1_000
URL_LIMIT: Final = 4_000
DEPTH_LIMIT: Final = 50
DIGITS_LIMIT: Final = 100

TOO_LONG_A_LINE: Final = "The line is longer than 2 MB; only its first 2 MB are kept here."
NOT_UTF8: Final = "The bytes are not UTF-8 text. Save the file as UTF-8 and take it in again."
NOT_JSON: Final = "The line is not valid JSON."
NOT_AN_OBJECT: Final = "The line is valid JSON, but not an object in braces."
TOO_DEEP: Final = f"The line is nested more than {DEPTH_LIMIT} deep."
TOO_MANY_DIGITS: Final = f"A number has more than {DIGITS_LIMIT} digits."
NOT_FINITE: Final = "A number is not finite (NaN or Infinity)."
KEY_TWICE: Final = "A name stands twice in one object, so it is not clear which value is meant."
NOT_CSV: Final = (
    "The row is not valid CSV: a double quote is missing, or one inside a text is not doubled."
)
WRONG_WIDTH: Final = (
    "The row has not as many values as the header. Text that holds the separator or a line break "
    "must stand in double quotes."
)
NO_ID: Final = "The record has no id."
NO_TEXT: Final = "The record has no text."
ID_NOT_TEXT: Final = "The id is neither text nor a whole number."
ID_TOO_LARGE: Final = "The id is a number of 2^63 or beyond, which no platform gives."
ID_ROUNDED: Final = (
    "The id was rounded by a spreadsheet (such as 1.23E+17). Set the column's format to text and "
    "export again."
)
MEDIA_NOT_ADDRESSES: Final = "media must be a list of addresses, or one text with spaces between."
UNKNOWN_CHANGE: Final = "change must be empty, edited or deleted."


class Poison(Exception):
    """The record cannot be taken in; the message is the reason shown to people."""
