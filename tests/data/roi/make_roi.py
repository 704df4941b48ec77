"""nibabel.json: what nibabel reads of lh.rois.annot and lh.rois.ROI_1.label, which RoiFilesTest compares with what the
program writes, byte by byte. Run: python make_roi.py"""
import json
import nibabel.freesurfer as freesurfer

labels, colors, names = freesurfer.read_annot("lh.rois.annot")
label = freesurfer.read_label("lh.rois.ROI_1.label")
json.dump({"labels": labels.tolist(), "colors": colors[:, :4].tolist(), "names": [name.decode() for name in names],
           "label": label.tolist()}, open("nibabel.json", "w"))
