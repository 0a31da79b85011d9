"""Small files: the folder. Prints how many are orders and how many are not."""

import os
import sys

try:
    from orjson import loads
except ImportError:
    from json import loads

orders = others = 0
for entry in os.scandir(sys.argv[1]):
    if not entry.name.endswith(".json"):
        continue
    with open(entry.path, "rb") as file:
        text = file.read()
    try:
        order = loads(text)
        fits = (
            type(order["id"]) is str
            and type(order["customer"]["name"]) is str
            and type(order["total"]) in (int, float)
        )
    except (ValueError, KeyError, TypeError):
        fits = False
    orders += fits
    others += not fits
print(orders, others)
