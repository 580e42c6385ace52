"""Characters that are drawn like plain letters, as used to slip past filters."""

from __future__ import annotations

import unicodedata

_CYRILLIC = dict(zip("аеорсухіѕјԁԛвнктмгпьцчзб", "aeopcyxisjdqbhktmrnbuy3b", strict=True))
_GREEK = dict(zip("αορνικυβετηχγωςδλ", "aopvikubetnxywsdl", strict=True))
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))
_TURNED = dict(zip("ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ", "acefghijkmrtvwy", strict=True))
_OTHERS = dict(zip("øłıßɑƒɡℓ₤ʃɩʋи", "olisafgllsivu", strict=True))
# Letters whose names end in the Latin letter that they show: "NEGATIVE SQUARED LATIN CAPITAL
# LETTER A" has no decomposition of its own.
_NAMED = "SQUARED LATIN CAPITAL LETTER "
_NAMED_ROUND = "CIRCLED LATIN CAPITAL LETTER "

LOOK_ALIKE: dict[str, str] = {
    **_TURNED,
    **_SMALL_CAPITALS,
    **_GREEK,
    **_CYRILLIC,
    **_OTHERS,
}


def letter_shown(char: str) -> str | None:
    """Return the Latin letter that a sign shows in a box or a ring, or None."""
    name = unicodedata.name(char, "")
    for beginning in (_NAMED, _NAMED_ROUND):
        if beginning in name:
            return name[-1].lower()
    return None
