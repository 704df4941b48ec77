"""Makes small CIFTI-2 and MGH files with nibabel, and cifti.json: what nibabel reads back from them."""
import gzip
import json
from pathlib import Path

import nibabel as nib
import numpy as np
from nibabel import cifti2

folder = Path(__file__).parent / "cifti"
folder.mkdir(exist_ok=True)

left = cifti2.BrainModelAxis.from_surface([0, 2, 3, 5], 6, name="CortexLeft")
right = cifti2.BrainModelAxis.from_surface([1, 4, 6], 7, name="CortexRight")
voxels = cifti2.BrainModelAxis.from_mask(np.ones((1, 1, 2), bool), affine=np.eye(4), name="ThalamusLeft")
dense = left + voxels + right
scalars = cifti2.ScalarAxis(["first & best", "second"])
values = np.array([[1.5, -2.25, 3e-3, 4, 100, 200, 7, 8, -9], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]], "f4")
table = {0: ("???", (1, 1, 1, 0)), 1: ("R_V1_ROI", (1, 0, 0, 1)), 181: ("L_V1_ROI", (0, 0, 1, 1)),
         182: ("L_MT_ROI", (0, 1, 0, 1))}
labels = cifti2.LabelAxis(["areas"], table)
keys = np.array([[181, 181, 182, 0, 0, 0, 1, 0, 1]], "f4")
parcels = cifti2.ParcelsAxis(
    ["L_V1_ROI", "R_MT_ROI"], [np.zeros((0, 3), int)] * 2,
    [{"CIFTI_STRUCTURE_CORTEX_LEFT": np.array([0, 2])}, {"CIFTI_STRUCTURE_CORTEX_RIGHT": np.array([1])}],
    nvertices={"CIFTI_STRUCTURE_CORTEX_LEFT": 6, "CIFTI_STRUCTURE_CORTEX_RIGHT": 7})


def save(data, axes, name, dtype=None, swapped=False):
    image = cifti2.Cifti2Image(data, axes)
    if dtype:
        image.nifti_header.set_data_dtype(dtype)
    if swapped:
        image._nifti_header = image.nifti_header.as_byteswapped()
    nib.save(image, folder / name)
    return nib.load(folder / name).get_fdata().tolist()


back = {"dense": save(values, (scalars, dense), "dense.dscalar.nii", "f4"),
        "labels": save(keys, (labels, dense), "areas.dlabel.nii", "i4"),
        "parcels": save(values[:, :2], (scalars, parcels), "parcels.pscalar.nii", "f8")}
(folder / "dense.dscalar.nii.gz").write_bytes(
    gzip.compress((folder / "dense.dscalar.nii").read_bytes(), mtime=0))

maps = np.arange(10, dtype="f4").reshape(5, 1, 1, 2) / 4 - 1
for name, data, dtype in [("lh.two.mgh", maps, "f4"), ("lh.short.mgz", (maps * 4).astype("i2"), "i2")]:
    image = nib.MGHImage(data, np.eye(4))
    nib.save(image, folder / name)
    back[name] = nib.load(folder / name).get_fdata().reshape(5, 2).T.tolist()
(folder / "cifti.json").write_text(json.dumps(back, indent=1) + "\n")
