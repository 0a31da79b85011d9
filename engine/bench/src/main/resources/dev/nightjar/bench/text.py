"""The text job: the file to read, the file to write."""

import re
import sys

patterns = ['" 500 ', "/wp-login.php", "/.env", "/../", "万年筆"]
search = re.compile("|".join(map(re.escape, patterns))).search

with open(sys.argv[1], "rb") as lines, open(sys.argv[2], "wb") as kept:
    for line in lines:
        try:
            text = line.decode()
        except UnicodeDecodeError:
            continue
        text = text.strip().replace("session=", "s=")
        if text and search(text):
            kept.write((text + "\n").encode())
