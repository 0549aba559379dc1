# SPDX-License-Identifier: MIT
"""Chapter 1: gates, what the processor pushes, keys, the screen."""
import keyboard_keys
import screen_model
from predictions import Question

KERNEL_CODE, INTERRUPT_GATE = 0x08, 0x8e
WORD = 8
CAUSES = {"divide": ("a division by zero", 0), "opcode": ("ud2", 0), "breakpoint": ("int3", 0),
          "software": ("`int $14`", 0), "unmapped": ("a read of an address that is not mapped", 1),
          "non_canonical": ("a read of 0x8000000000000000", 1)}  # and the error codes pushed


def gate(draw):
    vector = draw.between(49, 254)
    handler = 0xffff << 48 | draw.between(1 << 47, (1 << 48) - 1)
    low = handler & 0xffff | KERNEL_CODE << 16 | INTERRUPT_GATE << 40 | (handler >> 16 & 0xffff) << 48
    return Question("gate", f"`x/2gx &idt[{vector}]` shows\n{low:#018x} {handler >> 32:#018x}\n"
                    f"At which address does the processor go on after `int ${vector}`?", handler,
                    "the offset is in three pieces, and each number shows its highest byte first",
                    {"vector": vector, "low": low, "high": handler >> 32})


def pushed(draw):
    rsp = 0xffff888002100000 + WORD * draw.between(0x100, 0xfff)
    cause = draw.choose(sorted(CAUSES))
    name, codes = CAUSES[cause]
    return Question("pushed", f"In ring 0 rsp is {rsp:#x}; there comes {name}.\n"
                    "What is rsp at the first instruction of the vector's stub?", (rsp & ~15) - WORD * (5 + codes),
                    "what is done to rsp first, how many words always follow, and does this one have an error code?",
                    {"cause": cause, "rsp": rsp})


def keys(draw):
    """Modifiers go down, one key is typed: what the model of the test keyboard_keys says."""
    board = keyboard_keys.Keyboard()
    held = [draw.choose(keyboard_keys.MODIFIERS) for _ in range(2)]
    for key in held:
        board.modifier(key, False)
    key = draw.choose([key for key in keyboard_keys.KEYS if key in keyboard_keys.PLAIN])
    typed = board.typed(key).encode()
    codes = [byte for key in held + [key]
             for byte in ([0xe0] if key & keyboard_keys.EXTENDED else []) + [key & 0xff]]
    return Question("typed", "The keyboard sends the scan codes (hexadecimal, all presses)\n"
                    f"{' '.join(f'{code:02x}' for code in codes)}\n"
                    "Which bytes come?  As one hexadecimal number, the first byte first, such as 0x1b61.",
                    int(typed.hex(), 16), "which keys are these (keymap_us.c), and is a letter meant?",
                    {"codes": codes})


def scrolled(draw):
    row, lengths = draw.between(18, 23), [draw.choose([1, 79, 80, 81, 160, 161]) for _ in range(4)]
    rows = sum(-(-length // screen_model.COLUMNS) for length in lengths)
    return Question("scrolled", f"The cursor is at the beginning of row {row} of 25 (from 0), with 80 columns.  "
                    "Lines of\n"
                    f"{', '.join(map(str, lengths))} characters are written, each with \\r\\n behind it.\n"
                    "By how many rows has the screen scrolled then?", max(0, row + rows - (screen_model.ROWS - 1)),
                    "where is the cursor when the last column was written, and what does \\n do there?",
                    {"row": row, "lengths": lengths})


def attribute(draw):
    screen = screen_model.Screen()
    front = draw.between(1, 7)
    back = draw.choose([colour for colour in range(1, 7) if colour != front])  # alike, a reversal would not show
    style = [30 + front, 40 + back] + [n for n in (1, 5, 7) if draw.below(3)]
    for number in style:
        screen.style(number)
    return Question("attribute", f"A terminal gets ESC [ {' ; '.join(map(str, style))} m, then a letter.  Which "
                    "attribute byte has its cell?", screen.attribute(),
                    "red is 1 for ANSI and 4 for VGA; what do 1, 5 and 7 mean (console_codes(4)), and what does 7 "
                    "leave?",
                    {"style": style})


def questions(draw):
    return [gate(draw), pushed(draw), keys(draw), scrolled(draw), attribute(draw)]
