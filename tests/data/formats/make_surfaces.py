"""Makes small GIFTI and FreeSurfer files with nibabel, and surfaces.json: what nibabel reads back from them."""
import base64
import gzip
import json
import struct
from pathlib import Path

import nibabel as nib
import numpy as np
from nibabel.freesurfer import io as freesurfer
from nibabel.gifti import GiftiDataArray, GiftiImage, GiftiLabel, GiftiLabelTable

folder = Path(__file__).parent / "surfaces"
folder.mkdir(exist_ok=True)

# An octahedron, distorted so that no two coordinates are the same.
points = np.array([[30, 0.5, 1], [-31, 2, 3], [4, 32, 5], [6, -33, 7], [8, 9, 34], [10, 11, -35.25]], "f4")
faces = np.array([[0, 2, 4], [2, 1, 4], [1, 3, 4], [3, 0, 4], [2, 0, 5], [1, 2, 5], [3, 1, 5], [0, 3, 5]], "i4")


def surface(encoding, **options):
    return GiftiImage(darrays=[
        GiftiDataArray(points, "NIFTI_INTENT_POINTSET", "NIFTI_TYPE_FLOAT32", encoding=encoding, **options),
        GiftiDataArray(faces, "NIFTI_INTENT_TRIANGLE", "NIFTI_TYPE_INT32", encoding=encoding, **options)])


for name, encoding in [("text", "ASCII"), ("base64", "B64BIN"), ("packed", "B64GZ")]:
    nib.save(surface(f"GIFTI_ENCODING_{encoding}"), folder / f"{name}.surf.gii")
# nibabel writes the computer's own byte order only.
swapped = (folder / "base64.surf.gii").read_text().replace("LittleEndian", "BigEndian")
for array, kind in [(points, ">f4"), (faces, ">i4")]:
    before = base64.b64encode(array.tobytes()).decode()
    assert before in swapped
    swapped = swapped.replace(before, base64.b64encode(array.astype(kind).tobytes()).decode())
(folder / "big_endian.surf.gii").write_text(swapped)
columns = (folder / "text.surf.gii").read_text().replace("RowMajorOrder", "ColumnMajorOrder")
for array in [points, faces]:
    start = columns.index("<Data>", columns.index("POINTSET" if array is points else "TRIANGLE")) + len("<Data>")
    end = columns.index("</Data>", start)
    columns = columns[:start] + " ".join(str(value) for value in array.T.ravel()) + columns[end:]
(folder / "column_major.surf.gii").write_text(columns)
with open(folder / "gzipped.surf.gii.gz", "wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as packed:
    packed.write((folder / "packed.surf.gii").read_bytes())

values = np.array([0.5, -1, np.nan, 3, 4, 5e-3], "f4")
curvature = GiftiDataArray(values, "NIFTI_INTENT_SHAPE", "NIFTI_TYPE_FLOAT32", meta={"Name": "curvature"})
counts = GiftiDataArray(np.arange(6, dtype="u1"), "NIFTI_INTENT_NONE", "NIFTI_TYPE_UINT8")
nib.save(GiftiImage(darrays=[curvature, counts]), folder / "maps.shape.gii")
matrix = GiftiDataArray(np.arange(12, dtype="f4").reshape(6, 2), "NIFTI_INTENT_NONE", "NIFTI_TYPE_FLOAT32")
nib.save(GiftiImage(darrays=[matrix]), folder / "matrix.func.gii")

table = GiftiLabelTable()
for key, label, color in [(0, "???", (1, 1, 1, 0)), (7, "L_V1_ROI", (1, 0.5, 0, 1)), (3, "R_MT_ROI", (0, 0, 1, 1))]:
    entry = GiftiLabel(key, *color)
    entry.label = label
    table.labels.append(entry)
keys = GiftiDataArray(np.array([7, 3, 0, 3, 99, 7], "i4"), "NIFTI_INTENT_LABEL", "NIFTI_TYPE_INT32")
nib.save(GiftiImage(darrays=[keys], labeltable=table), folder / "areas.label.gii")

freesurfer.write_geometry(folder / "lh.octahedron", points, faces, "created by nibabel on Thu Jan  1 00:00:00 1970")
freesurfer.write_morph_data(folder / "lh.curv", values)
names = ["unknown", "L_V1_ROI", "MT", "corpuscallosum"]
colors = np.array([[25, 5, 25, 0, 0], [255, 128, 0, 0, 0], [0, 0, 255, 40, 0], [1, 2, 3, 255, 0]])
colors[:, 4] = colors[:, 0] + 256 * colors[:, 1] + 65536 * colors[:, 2]
labels = np.array([1, 2, 0, 2, 3, 1])
freesurfer.write_annot(folder / "lh.areas.annot", labels, colors, names, fill_ctab=False)


def text(value):
    return struct.pack(">i", len(value) + 1) + value.encode() + b"\0"


# The older colour table: no version, entries in order. One vertex has a colour that the table lacks.
old = struct.pack(">i", 6)
for vertex in [5, 4, 3, 2, 1, 0]:
    old += struct.pack(">ii", vertex, 12345 if vertex == 4 else colors[labels[vertex], 4])
old += struct.pack(">ii", 1, 4) + text("colours.txt")
for name, color in zip(names, colors):
    old += text(name) + struct.pack(">iiii", *color[:4])
(folder / "lh.old.annot").write_bytes(old)

read_points, read_faces = freesurfer.read_geometry(folder / "lh.octahedron")
assert all(np.array_equal(nib.load(folder / f"{name}.surf.gii").darrays[0].data, points) for name in ["text", "packed"])
assert np.array_equal(nib.load(folder / "big_endian.surf.gii").darrays[1].data, faces)
expected = {
    "points": read_points.tolist(),
    "faces": read_faces.tolist(),
    "annot": [int(label) for label in freesurfer.read_annot(folder / "lh.areas.annot")[0]],
    "curv": [None if np.isnan(value) else float(value) for value in freesurfer.read_morph_data(folder / "lh.curv")],
}
(folder / "surfaces.json").write_text(json.dumps(expected, indent=1) + "\n")
