"""Makes published.json: four published properties of the 180 areas of HCP-MMP1, each a mean over the area's vertices.

    python make_published.py MAPS   the folder with derived_glasser180_lh_maps.csv and SA_brainmaps_glasser.csv

The first table holds the means of the maps of HCP S1200 (fsLR 32k) over the left areas, vertices of value 0 (no
measurement) left out; the second one is that of the review it cites, with its regions in the order of
SA_glasser_regions.csv.
"""
import csv
import json
import sys
from pathlib import Path

maps = Path(sys.argv[1])
hcp = {row["area"]: row for row in csv.DictReader(open(maps / "derived_glasser180_lh_maps.csv"))}
review = dict(zip([row["region"] for row in csv.DictReader(open(maps / "SA_glasser_regions.csv"))],
                  csv.DictReader(open(maps / "SA_brainmaps_glasser.csv"))))
assert list(hcp) == list(review) and len(hcp) == 180

S1200 = ("Van Essen DC et al. The WU-Minn Human Connectome Project: an overview. NeuroImage 2013;80:62-79. "
         "doi:10.1016/j.neuroimage.2013.05.041")
AREAS = ("Glasser MF et al. A multi-modal parcellation of human cerebral cortex. Nature 2016;536:171-178. "
         "doi:10.1038/nature18933")
NEUROMAPS = ("Markello RD et al. neuromaps: structural and functional interpretation of brain maps. Nat Methods "
             "2022;19:1472-1479. doi:10.1038/s41592-022-01625-w")
properties = [
    {"name": "expansion", "label": "Evolutionary expansion", "unit": "", "hemisphere": "lh",
     "description": "expansion of the cortical surface from macaque to human, larger is more; the scale of the source, "
                    "which states no unit",
     "source": "Hill 2010, as averaged in the areas of the left hemisphere by Sydnor 2021; the map of Hill 2010 is of "
               "the right hemisphere",
     "citations": ["Hill J et al. Similar patterns of cortical expansion during human development and evolution. PNAS "
                   "2010;107:13135-13140. doi:10.1073/pnas.1001229107",
                   "Sydnor VJ et al. Neurodevelopment of the association cortices: Patterns, mechanisms, and "
                   "implications for psychopathology. Neuron 2021;109:2820-2846. doi:10.1016/j.neuron.2021.06.016"]},
    {"name": "thickness", "label": "Cortical thickness", "unit": "mm", "hemisphere": "lh",
     "description": "mean thickness of the cortex",
     "source": "HCP S1200 group average, MSMAll, fsLR 32k; mean over the vertices of each left area",
     "citations": [S1200, AREAS]},
    {"name": "timescale", "label": "Intrinsic timescale", "unit": "ms", "hemisphere": "lh",
     "description": "intrinsic timescale of source-reconstructed MEG at rest",
     "source": "Shafiei 2021 (HCP, 33 subjects; fsLR 4k resampled to 32k); mean over the vertices of each left area "
               "that have a value",
     "citations": ["Shafiei G, Baillet S, Misic B. Human electromagnetic and haemodynamic networks systematically "
                   "converge in unimodal cortex and diverge in transmodal cortex. PLoS Biol 2022;20:e3001735. "
                   "doi:10.1371/journal.pbio.3001735", NEUROMAPS]},
    {"name": "myelin", "label": "Myelin (T1w/T2w)", "unit": "", "hemisphere": "lh",
     "description": "ratio of T1-weighted to T2-weighted intensity, larger is more myelin",
     "source": "HCP S1200 group average, bias corrected, MSMAll, fsLR 32k; mean over the vertices of each left area",
     "citations": ["Glasser MF, Van Essen DC. Mapping human cortical areas in vivo based on myelin content as revealed "
                   "by T1- and T2-weighted MRI. J Neurosci 2011;31:11597-11616. doi:10.1523/JNEUROSCI.2180-11.2011",
                   S1200]}]
rows = [[area, round(float(review[area]["Evolution.Expansion"]), 3), round(float(row["hcps1200_thickness_lh"]), 3),
         round(float(row["hcps1200_megtimescale_lh"]), 2), round(float(row["hcps1200_myelin_lh"]), 3)]
        for area, row in hcp.items()]
head = {"format": "brainlike-properties", "version": 1, "parcellation": "HCP-MMP1", "properties": properties}
text = json.dumps(head, indent=2, ensure_ascii=False)[:-2]
text += ',\n  "areas": [\n' + ",\n".join("    " + json.dumps(row) for row in rows) + "\n  ]\n}\n"
json.loads(text)
(Path(__file__).parent / "published.json").write_text(text)
