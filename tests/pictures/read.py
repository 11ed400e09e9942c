"""Reads every picture below a folder with Pillow, and prints a line for each: its path, its format, its width and height, the
number of its frames, the corner that is darkest, and what notes it has of a camera or a program."""

import os
import sys

from PIL import Image

NOTES = ("exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp", "Author")
CORNERS = {"top-left": (0, 0), "top-right": (1, 0), "bottom-left": (0, 1), "bottom-right": (1, 1)}


def corner(image):
    grey = image.convert("L")
    spots = {
        name: grey.getpixel((x * (image.width - 1 - image.width // 9) + (1 - x) * (image.width // 9),
                             y * (image.height - 1 - image.height // 9) + (1 - y) * (image.height // 9)))
        for name, (x, y) in CORNERS.items()
    }
    return min(spots, key=spots.get)


for folder, names, files in os.walk(sys.argv[1]):
    names.sort()
    for name in sorted(files):
        path = os.path.join(folder, name)
        if name.rsplit(".", 1)[-1] not in ("jpg", "png", "webp", "gif"):
            continue
        with Image.open(path) as image:
            image.load()
            notes = [note for note in NOTES if note in image.info]
            notes += ["position"] if image.getexif().get_ifd(0x8825) else []
            notes += ["secret"] if b"Ana Segredo" in open(path, "rb").read() else []
            frames = getattr(image, "n_frames", 1)
            print(os.path.relpath(path, sys.argv[1]), image.format, image.width, image.height, frames, corner(image),
                  ",".join(notes) or "none")
