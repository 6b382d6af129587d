"""qr.py PICTURE...: what a reader of QR codes finds in each, as JSON by path."""

import json
import sys

import zxingcpp
from PIL import Image

codes = {path: zxingcpp.read_barcodes(Image.open(path)) for path in sys.argv[1:]}
print(json.dumps({path: [code.text for code in found] for path, found in codes.items()}))
