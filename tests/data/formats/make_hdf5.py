"""Makes h5py.h5: what NumPy users write with h5py, for Hdf5FileTest."""
from pathlib import Path

import h5py
import numpy as np

folder = Path(__file__).parent
with h5py.File(folder / "h5py.h5", "w") as file:
    file["half"] = np.array([0.5, -2, 1024], "f2")
    file["big_endian"] = np.array([1.5, -3], ">f8")
    file["unsigned"] = np.array([0, 65535], "u2")
    file["fixed"] = np.array([b"ab", b"cde"])
    file["variable"] = np.array(["λ", "layer"], dtype=h5py.string_dtype())
    file["compound"] = np.zeros(2, [("a", "f4"), ("b", "i4")])
    file["dangling"] = h5py.SoftLink("/nowhere")
    file["nothing"] = h5py.Empty(h5py.string_dtype())
    file.create_dataset("compressed", data=np.arange(6, dtype="f4").reshape(2, 3), chunks=(1, 3), compression="gzip")
    file.attrs["text"] = "Größe"
    file.attrs["count"] = 3
