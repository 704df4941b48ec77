"""Makes the NPY files of NpyFileTest with NumPy."""
from pathlib import Path

import numpy as np

folder = Path(__file__).parent / "npy"
folder.mkdir(exist_ok=True)


def save(name, array, version=None):
    with open(folder / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, array, version=version)


matrix = np.arange(6, dtype="<f4").reshape(2, 3) / 4
save("float32", matrix)
save("float64_big_endian_v2", matrix.astype(">f8"), (2, 0))
save("float16_fortran_v3", np.asfortranarray(matrix.astype("<f2")), (3, 0))
save("half_extremes", np.array([0, -0.0, 2**-24, 65504, np.inf, -np.inf, np.nan], "<f2"))
save("cube_fortran", np.asfortranarray(np.arange(24, dtype="<f8").reshape(2, 3, 4)))
for name in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
    save(f"{name}_little", np.array([0, 1, 100], f"<{name}"))
    save(f"{name}_big", np.array([0, 1, 100], f">{name}"))
save("int64_negative", np.array([-1, 2**62], "<i8"))
save("uint64_large", np.array([1, 2**63], "<u8"))
save("bool", np.array([True, False]))
save("scalar", np.array(1.5))
save("empty", np.zeros((0, 5), "<f4"))
save("texts", np.array(["lh:V1", "Größe", "", "🧠λ"]))
save("texts_big_endian", np.array(["a", "λ"], dtype=">U3"))
save("bytes", np.array([b"ab", b"c"]))
save("complex", np.array([1j]))
save("records", np.zeros(2, [("a", "f4")]))
