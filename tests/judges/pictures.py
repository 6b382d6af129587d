"""Pictures with profiles, made and judged by Pillow and Little CMS.

  pictures.py make FOLDER   writes pictures, and says as JSON which six colours each
                            shows from top to bottom
  pictures.py chunks FOLDER writes PNGs that say without a profile what their numbers
                            mean, and says their names as JSON
  pictures.py read HTML     says as JSON what the pictures of a page say beside
                            their pixels
"""

import base64
import io
import json
import os
import re
import struct
import sys

from PIL import Image, ImageCms, PngImagePlugin

BARS = [(200, 60, 40), (60, 180, 70), (50, 80, 210), (220, 200, 40), (128, 128, 128), (240, 240, 240)]
SIZE = (600, 960)


def profile(space, *tags):
    """An ICC profile, version 2.4, of a screen."""
    table, data, start = b"", b"", 132 + 12 * len(tags)
    for name, content in tags:
        table += struct.pack(">4sII", name, start + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    size = start + len(data)
    head = struct.pack(">I4sI4s4s4s12x4s", size, b"", 0x02400000, b"mntr", space, b"XYZ ", b"acsp")
    white = struct.pack(">iii", 63190, 65536, 54061)
    return (head.ljust(68, b"\0") + white).ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


def place(*xyz):
    return struct.pack(">8siii", b"XYZ ", *(round(it * 65536) for it in xyz))


def power(gamma):
    return struct.pack(">8sIH", b"curv", 1, round(gamma * 256))


def of_screen(red, green, blue, gamma):
    colours = zip((b"rXYZ", b"gXYZ", b"bXYZ"), (place(*red), place(*green), place(*blue)))
    curves = ((name, power(gamma)) for name in (b"rTRC", b"gTRC", b"bTRC"))
    return profile(b"RGB ", (b"wtpt", place(0.9642, 1, 0.8249)), *colours, *curves)


# The primaries of Display P3 and of Adobe RGB, seen in the light of D50.
P3 = of_screen((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407), 2.2)
ADOBE = of_screen((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457), 2.2)
GREY = profile(b"GRAY", (b"wtpt", place(0.9642, 1, 0.8249)), (b"kTRC", power(1.4)))


def bars(mode):
    picture = Image.new("RGB", SIZE)
    for nth, colour in enumerate(BARS):
        picture.paste(colour, (0, nth * SIZE[1] // 6, SIZE[0], (nth + 1) * SIZE[1] // 6))
    return picture.convert(mode)


def seen(picture, icc):
    """What Little CMS makes of the bars."""
    if icc:
        source, srgb = ImageCms.ImageCmsProfile(io.BytesIO(icc)), ImageCms.createProfile("sRGB")
        picture = ImageCms.profileToProfile(picture, source, srgb, outputMode="RGB")
    picture = picture.convert("RGB")
    return [picture.getpixel((SIZE[0] // 2, (2 * nth + 1) * SIZE[1] // 12)) for nth in range(6)]


def make(folder):
    """Writes the pictures."""
    made = {}

    def write(name, picture, icc=None, turned=False, **options):
        if icc:
            options["icc_profile"] = icc
        if turned:
            # A quarter to the left, and told to be turned back; and where it was.
            exif = Image.Exif()
            exif[0x0112], exif[0x010E] = 6, "SECRET"
            exif.get_ifd(0x8825)[1] = "N"
            options["exif"] = exif
        lying = picture.transpose(Image.Transpose.ROTATE_90) if turned else picture
        lying.save(os.path.join(folder, name), **options)
        made[name] = seen(picture, icc)

    for space, icc in ("p3", P3), ("adobe", ADOBE):
        write(f"{space}.png", bars("RGB"), icc)
        write(f"{space}.jpg", bars("RGB"), icc, quality=95)
        write(f"{space}.webp", bars("RGB"), icc, lossless=True)
    write("grey.png", bars("L"), GREY)
    write("grey.jpg", bars("L"), GREY, quality=95)
    write("inks.jpg", bars("CMYK"), quality=95)
    for kind, options in ("png", {}), ("jpg", {"quality": 95}), ("webp", {"lossless": True}):
        write(f"turned.{kind}", bars("RGB"), P3, turned=True, **options)
        write(f"plain.{kind}", bars("RGB"), turned=True, **options)
    with open(os.path.join(folder, "turned.jpg"), "rb") as file:
        photo = base64.b64encode(file.read()).decode()
    with open(os.path.join(folder, "drawing.svg"), "w") as file:
        image = f'<image width="600" height="960" href="data:image/jpeg;base64,{photo}"/>'
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="960">{image}</svg>')
    made["drawing.svg"] = made["turned.jpg"]
    return made


def chunks(folder):
    """Writes PNGs with chunks about colours (PNG, third edition, 11.3.2)."""

    def gamma(value):
        return b"gAMA", struct.pack(">I", round(value * 100000))

    def places(*xy):
        return b"cHRM", struct.pack(">8I", *(round(it * 100000) for it in xy))

    def coded(primaries, transfer):
        return b"cICP", bytes((primaries, transfer, 0, 1))

    p3 = places(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)
    said = {
        "nothing": [],
        "linear": [gamma(1)],
        "macintosh": [gamma(1 / 1.8)],
        "screen": [gamma(0.45455)],
        "bright": [gamma(20)],
        "wide": [gamma(1 / 2.2), p3],
        "wide-linear": [gamma(1), p3],
        "places-only": [p3],
        "srgb-first": [(b"sRGB", b"\0"), gamma(1), p3],
        "coded-p3": [coded(12, 13)],
        "coded-linear": [coded(1, 8)],
        "coded-television": [coded(1, 1)],
        "coded-2020": [coded(9, 14)],
        "coded-first": [coded(1, 13), gamma(1)],
        "coded-nothing": [coded(2, 2)],
        "coded-logarithm": [coded(1, 9)],
    }
    names = []
    for name, parts in said.items():
        for mode in ("RGB", "L", "P") if name == "linear" else ("RGB",):
            info = PngImagePlugin.PngInfo()
            for part in parts:
                info.add(*part)
            names.append(f"{name}-{mode.lower()}.png")
            picture = bars("RGB").quantize(6) if mode == "P" else bars(mode)
            picture.save(os.path.join(folder, names[-1]), pnginfo=info)
    return names


def read(path):
    """What the pictures of a page say, those within drawings too."""
    found = []

    def look(text):
        for data in re.findall(r"data:image/[a-z+]+;base64,\s*([A-Za-z0-9+/=]+)", text):
            content = base64.b64decode(data)
            if content.lstrip().startswith(b"<svg"):
                look(content.decode())
                continue
            picture = Image.open(io.BytesIO(content))
            says = {name: str(value)[:80] for name, value in picture.getexif().items()}
            others = [it for it in ("icc_profile", "xmp", "comment", "photoshop") if it in picture.info]
            found.append({"format": picture.format, "mode": picture.mode, "exif": says, "others": others})

    with open(path) as file:
        look(file.read())
    return found


if __name__ == "__main__":
    print(json.dumps({"make": make, "chunks": chunks, "read": read}[sys.argv[1]](sys.argv[2])))
