"""The orders job: the file to read, the file to write."""

import sys

try:
    import orjson

    def encoded(value):
        return orjson.dumps(value)

    parsed = orjson.loads
except ImportError:
    import json

    def encoded(value):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    parsed = json.loads

with open(sys.argv[1], "rb") as lines, open(sys.argv[2], "wb") as kept:
    for line in lines:
        try:
            order = parsed(line)
            number, name, total = order["id"], order["customer"]["name"], order["total"]
        except (ValueError, KeyError, TypeError):
            continue
        if type(number) is str and type(name) is str and type(total) in (int, float):
            kept.write(encoded({"id": number, "customer": {"name": name.upper()}, "total": total}))
            kept.write(b"\n")
