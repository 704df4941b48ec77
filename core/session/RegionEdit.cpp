#include "core/session/RegionEdit.h"

#include <utility>

namespace brainlike {
namespace {

/// Shows outlines of a set, unless those shown hold them: all areas go with any of the two others.
void showOutlines(Selection& selection, OutlineSet set) {
    if (!selection.outlines)
        selection.regions.outlined = set;
    else if (selection.regions.outlined != set)
        selection.regions.outlined = OutlineSet::Areas;
    selection.outlines = true;
}

} // namespace

void showChosen(Selection& selection) {
    if (selection.regions.areas.empty())
        selection.regions.isolated = false;
    else
        showOutlines(selection, OutlineSet::ChosenAreas);
}

void showRois(Selection& selection) {
    if (!selection.regions.rois.empty())
        showOutlines(selection, OutlineSet::Rois);
}

void makeRoiOfAreas(Selection& selection, const Parcellation& parcellation, std::span<const std::string> areas,
                    const std::string& name) {
    RoiSet set = withoutRoi(*selection.regions.rois, name);
    for (const std::string& area : areas)
        for (const Hemisphere hemisphere : hemispheres)
            set = withVertices(set, name, hemisphere, parcellation.verticesOf(hemisphere, area));
    selection.regions.rois = SharedRois(std::move(set));
    selection.regions.roi = name;
    showRois(selection);
}

void clearPicks(Selection& selection) {
    if (selection.regions.isolated) {
        selection.regions.isolated = false;
        return;
    }
    selection.vertex.reset();
    selection.regions.areas.clear();
}

} // namespace brainlike
