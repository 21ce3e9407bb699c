"""Makes the LMDB files of this folder with liblmdb itself (python3-lmdb) and libvips; the tests need neither.

pictures.mdb: keys like those of LSUN; small WebP pictures, which lie in the leaf pages, and larger JPEG ones on overflow pages.
deep.mdb:     long keys, so that few of them need three levels of pages; the values are texts.
sizes.mdb:    not made here, but by python3-lmdb as well: ten pictures in 16, 32 and 64, under keys SIZE-INDEX and 'length', as tools for
              StyleGAN2 write them.
Each *.txt lists key, length and SHA-256 of the values in key order, as liblmdb reads them.
"""
import ctypes
import hashlib
import os
import random
import shutil
import tempfile

import lmdb

FOLDER = os.path.dirname(os.path.abspath(__file__))
vips = ctypes.CDLL("libvips.so.42")
vips.vips_image_new_from_memory_copy.restype = ctypes.c_void_p
vips.vips_image_new_from_memory_copy.argtypes = [ctypes.c_char_p, ctypes.c_size_t] + [ctypes.c_int] * 4
vips.vips_image_write_to_file.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
vips.vips_init(b"fixtures")


def picture(number, width, height, suffix):
    draw = random.Random(number)
    noise = 1 if suffix.startswith(".webp") else 40
    pixels = bytes(
        min(255, (x * 255 // width * (c + 1) // 3 + y * 3 + number * 9 + draw.randrange(noise)) % 256)
        for y in range(height) for x in range(width) for c in range(3))
    image = vips.vips_image_new_from_memory_copy(pixels, len(pixels), width, height, 3, 0)
    path = os.path.join(tempfile.gettempdir(), "fixture" + suffix.split("[")[0])
    assert vips.vips_image_write_to_file(image, (path + suffix[suffix.find("["):]).encode(), None) == 0
    with open(path, "rb") as file:
        return file.read()


def make(name, entries, removed):
    work = tempfile.mkdtemp()
    env = lmdb.open(work, map_size=1 << 20)
    # Several transactions, so that both meta pages are used and pages of old states lie in between.
    for start in range(0, len(entries), 10):
        with env.begin(write=True) as txn:
            for key, value in entries[start:start + 10]:
                txn.put(key, value)
    with env.begin(write=True) as txn:
        for key in removed:
            txn.delete(key)
    with env.begin() as txn, open(os.path.join(FOLDER, name + ".txt"), "w") as listing:
        print(name, env.stat(), len(env.readers()))
        for key, value in txn.cursor():
            listing.write(f"{key.decode()} {len(value)} {hashlib.sha256(value).hexdigest()}\n")
    env.close()
    shutil.move(os.path.join(work, "data.mdb"), os.path.join(FOLDER, name + ".mdb"))


def main():
    entries = []
    for i in range(24):
        key = hashlib.sha1(str(i).encode()).hexdigest().encode()
        large = i % 8 == 5
        entries.append((key, picture(i, 64 if large else 24, 64 if large else 16, ".jpg[Q=95]" if large else ".webp[Q=80]")))
    make("pictures", entries, [entries[3][0], entries[13][0]])
    words = [(f"{i:04d}-".encode() + b"k" * 470, f"value {i}".encode()) for i in range(60)]
    random.Random(1).shuffle(words)
    make("deep", words, [])


main()
