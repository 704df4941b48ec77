#include "core/session/Selection.h"

#include "core/base/Error.h"
#include "core/session/Comparison.h"
#include "core/session/MapColors.h"
#include "core/session/RegionEdit.h"
#include "core/session/SelectionChange.h"
#include "core/session/SelectionDefaults.h"

#include <QtTest>

#include <nlohmann/json.hpp>
#include <string>
#include <tuple>

using namespace brainlike;

namespace {

Selection fullSelection() {
    Selection selection;
    selection.model = "human";
    selection.step = 200000;
    selection.layer = "block.7";
    selection.recording = "sub-01-fmri";
    selection.map = MapKind::BestLayer;
    selection.vertex = VertexId{Hemisphere::Right, 123};
    selection.time = 0.1;
    selection.sensors = {"MLT11", "MRT12"};
    selection.images = {"image00003", "image00017"};
    selection.windows = {{"early", 0.05, 0.15}};
    selection.surface = "pial";
    selection.cameraPreset = "left";
    selection.outlines = false;
    selection.linkedCameras = false;
    selection.cameras = {{.turn = {0.6, 0, 0.8, 0}, .zoom = 2, .shift = {3, -1.5}}, {}};
    selection.property = "myelin";
    selection.areaMeans = true;
    selection.gap = 30;
    selection.underlay = "depth";
    selection.range = ColorRange{0.0, 0.4};
    selection.threshold = 0.05;
    selection.rangeRule = RangeRule::Percentile5;
    selection.symmetric = true;
    selection.oneTailed = true;
    selection.colorMap = "roma";
    selection.difference = {DifferenceBase::Step, "", 1000};
    selection.isCompared = true;
    selection.significance = Significance::Fade;
    selection.colorVision = "tritanopia";
    selection.otherColors[MapKind::HalfTime] = {.range = ColorRange{1e3, 1e6}, .threshold = 10};
    selection.importedMap = "thickness";
    selection.significanceMap = "thickness p";
    selection.placement = {.isVisible = false, .opacity = 0.75, .mask = 2};
    StackedMap first;
    first.id = 2;
    first.kind = MapKind::TValue;
    first.layer = "";
    first.recording = "sub-02-fmri";
    first.threshold = 2.5;
    first.significance = Significance::Hide;
    StackedMap second;
    second.id = 1;
    second.kind = MapKind::Imported;
    second.importedMap = "areas";
    second.significanceMap = "areas p";
    second.colorMap = "vik";
    second.difference = {DifferenceBase::Layer, "a"};
    second.property = "timescale";
    second.placement = {.isVisible = false, .opacity = 0.5, .mask = firstMapId, .contour = true};
    selection.stack = {first, second};
    RegionChoice& regions = selection.regions;
    regions.outlined = OutlineSet::Rois;
    regions.parcellation = "aparc";
    regions.areas = {"V1", "MT"};
    regions.rois = SharedRois(withVertices({}, "ROI 1", Hemisphere::Right, std::vector{3, 4, 5, 90}));
    regions.roi = "ROI 1";
    regions.isolated = regions.areaNames = regions.significanceContour = regions.thresholdContour = true;
    return selection;
}

StackedMap mapOf(int id, MapKind kind) {
    StackedMap map;
    map.id = id;
    map.kind = kind;
    return map;
}

ScoreIndex twoModels() {
    ScoreIndex index;
    index.vertexCounts = {100, 100};
    index.models = {{.id = "human", .steps = {0, 1000, 100000}, .layerNames = {"a", "b"}, .layerDepths = {0, 1}},
                    {.id = "cells", .steps = {0, 900, 9000}, .layerNames = {"a", "c"}, .layerDepths = {0, 1}}};
    index.fmri = {{"s1", "s1", 10}};
    index.times = {-0.1, 0.0, 0.1};
    return index;
}

std::string problemWith(const nlohmann::json& json) {
    try {
        (void)selectionFromJson(json);
    } catch (const FormatError& error) {
        return error.details().place;
    }
    return "accepted";
}

} // namespace

class SelectionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonRoundTripKeepsEverything() {
        QVERIFY(selectionFromJson(toJson(fullSelection())) == fullSelection());
        QVERIFY(selectionFromJson(toJson(Selection{})) == Selection{});
    }

    void camerasAreAsShortAsTheyCanBe() {
        QVERIFY(compactCameras({{}, {}, {}, {}}).empty());
        const CameraChoice near{.zoom = 2};
        QCOMPARE(compactCameras({near, near}), std::vector{near});
        QCOMPARE(compactCameras({near, {}}).size(), std::size_t(2));
        // The two quaternions of a turn, of any length, are one; −0 is 0.
        const auto turned = camerasFromJson({{"turn", {-1.2, 0, -1.6, -0.0}}, {"shift", {-0.0, 0.00001}}}, "");
        QCOMPARE(turned, (std::vector{CameraChoice{.turn = {0.6, 0, 0.8, 0}}}));
        QCOMPARE(toJson(turned).dump(), std::string(R"([{"turn":[0.6,0.0,0.8,0.0]}])"));
        QVERIFY(!toJson(Selection{}).contains("cameras"));
    }

    void camerasAreReadWithCare() {
        QCOMPARE(problemWith({{"cameras", "left"}}), std::string("/cameras"));
        QCOMPARE(problemWith({{"cameras", {3}}}), std::string("/cameras/0"));
        QCOMPARE(problemWith({{"cameras", {{{"turn", {0, 0, 0, 0}}}}}}), std::string("/cameras/0/turn"));
        QCOMPARE(problemWith({{"cameras", {{{"turn", {1, 0}}}}}}), std::string("/cameras/0/turn"));
        QCOMPARE(problemWith({{"cameras", {{{"zoom", 0.1}}}}}), std::string("/cameras/0/zoom"));
        QCOMPARE(problemWith({{"cameras", {{{"shift", {1e6, 0}}}}}}), std::string("/cameras/0/shift"));
    }

    void anotherPresetAndLinkingChangeCameras() {
        Selection selection;
        selection.linkedCameras = false;
        selection.cameras = {CameraChoice{.zoom = 2}, CameraChoice{.zoom = 3}};
        Selection linked = selection;
        linkCameras(linked, true);
        QVERIFY(linked.linkedCameras);
        QCOMPARE(linked.cameras, std::vector{CameraChoice{.zoom = 2}});
        showPreset(selection, "left");
        QCOMPARE(selection.cameraPreset, std::string("left"));
        QVERIFY(selection.cameras.empty());
    }

    void propertiesKeepNoColoursOfOthers() {
        Selection selection;
        selection.threshold = 0.2;
        showProperty(selection, "thickness");
        QCOMPARE(selection.threshold, 0.0);
        selection.threshold = 2.5;
        showProperty(selection, "thickness");
        QCOMPARE(selection.threshold, 2.5);
        showProperty(selection, "myelin");
        QCOMPARE(selection.threshold, 0.0);
        showMap(selection, MapKind::Score);
        QCOMPARE(selection.threshold, 0.2);
        StackedMap map = mapOf(1, MapKind::Property);
        Selection ofStack = selectionFor(selection, map);
        QCOMPARE(ofStack.property, std::string("myelin"));
        showProperty(map, "timescale");
        QCOMPARE(selectionFor(selection, map).property, std::string("timescale"));
        QCOMPARE(problemWith({{"level", "voxel"}}), std::string("/level"));
    }

    void regionsAreReadWithCare() {
        QCOMPARE(problemWith({{"outlined", "some"}}), std::string("/outlined"));
        QCOMPARE(problemWith({{"areas", 3}}), std::string("/areas"));
        QCOMPARE(problemWith({{"rois", 3}}), std::string("/rois"));
        QCOMPARE(problemWith({{"rois", {{{"name", "a"}, {"lh", "4-2"}}}}}), std::string("/rois/0/lh"));
        QCOMPARE(problemWith({{"isolated", "yes"}}), std::string("/isolated"));
    }

    void copiesShareTheirRegions() {
        const Selection first = fullSelection();
        const Selection copy = first;
        QVERIFY(&*copy.regions.rois == &*first.regions.rois);
        QCOMPARE(changedFields(first, copy).size(), std::size_t(0));
        Selection other = first;
        other.regions.rois = SharedRois(withoutRoi(*first.regions.rois, "ROI 1"));
        QCOMPARE(changedFields(first, other), std::set<std::string>{"rois"});
    }

    void regionsOfAnotherSurfaceAreDropped() {
        Selection wanted = fullSelection();
        QCOMPARE(fittedTo(wanted, twoModels()).regions.rois->rois.size(), std::size_t(1));
        wanted.regions.rois = SharedRois(withVertices({}, "ROI 1", Hemisphere::Left, std::vector{100}));
        const Selection fitted = fittedTo(wanted, twoModels());
        QVERIFY(fitted.regions.rois.empty());
        QVERIFY(fitted.regions.roi.empty());
        QCOMPARE(fitted.regions.areas, wanted.regions.areas);
    }

    void choosingShowsOutlines() {
        Selection selection;
        selection.outlines = false;
        selection.regions.areas = {"V1"};
        showChosen(selection);
        QVERIFY(selection.outlines && selection.regions.outlined == OutlineSet::ChosenAreas);
        selection.regions.rois = fullSelection().regions.rois;
        showRois(selection);
        QVERIFY(selection.regions.outlined == OutlineSet::Areas); // both belong to it
        selection.regions.isolated = true;
        selection.vertex = VertexId{};
        clearPicks(selection);
        QVERIFY(!selection.regions.isolated && selection.vertex && !selection.regions.areas.empty());
        clearPicks(selection);
        QVERIFY(!selection.vertex && selection.regions.areas.empty());
        toggleArea(selection.regions, "MT");
        toggleArea(selection.regions, "V2");
        toggleArea(selection.regions, "MT");
        QCOMPARE(selection.regions.areas, std::vector<std::string>{"V2"});
    }

    void sensorsAndWindowsAreReadWithCare() {
        QCOMPARE(problemWith({{"sensors", "MLT11"}}), std::string("/sensors"));
        QCOMPARE(problemWith({{"images", 3}}), std::string("/images"));
        QCOMPARE(problemWith({{"windows", 3}}), std::string("/windows"));
        const nlohmann::json good{{"name", "a"}, {"start", 0.1}, {"end", 0.2}};
        const nlohmann::json backwards{{"name", "a"}, {"start", 0.2}, {"end", 0.1}};
        QCOMPARE(problemWith({{"windows", {good, backwards}}}), std::string("/windows/1"));
        QCOMPARE(problemWith({{"windows", {{{"name", "a"}, {"start", 0.1}}}}}), std::string("/windows/0"));
        const auto none = selectionFromJson({{"windows", nlohmann::json::array()}});
        QVERIFY(none.windows && none.windows->empty());
    }

    void sensorsThatTheScoresLackAreLeftOut() {
        ScoreIndex index = twoModels();
        index.channelNames = {"MLT11", "MZF01"};
        Selection wanted;
        wanted.model = "human";
        wanted.sensors = {"MLT11", "MRT12"};
        QCOMPARE(fittedTo(wanted, index).sensors, std::vector<std::string>{"MLT11"});
    }

    void wrongJsonIsRefusedWithItsPlace() {
        QCOMPARE(problemWith({{"model", 3}}), std::string("/model"));
        QCOMPARE(problemWith({{"map", "rainbow"}}), std::string("/map"));
        QCOMPARE(problemWith({{"range", {1}}}), std::string("/range"));
        QCOMPARE(problemWith({{"vertex", {{"hemisphere", "left"}, {"index", 1}}}}), std::string("/vertex/hemisphere"));
        QCOMPARE(problemWith({{"vertex", {{"hemisphere", "lh"}, {"index", -1}}}}), std::string("/vertex/index"));
        QCOMPARE(problemWith({{"time", "late"}}), std::string("/time"));
        QCOMPARE(problemWith({{"range_rule", "auto"}}), std::string("/range_rule"));
        QCOMPARE(problemWith({{"significance", true}}), std::string("/significance"));
        QCOMPARE(problemWith({{"color_vision", "x-ray"}}), std::string("/color_vision"));
        QCOMPARE(problemWith({{"difference", "model"}}), std::string("/difference"));
        QCOMPARE(problemWith({{"difference", {{"base", "mean"}}}}), std::string("/difference/base"));
        QCOMPARE(problemWith({{"other_colors", {{"q", {{"range", {1, "2"}}}}}}}), std::string("/other_colors/q/range"));
        QCOMPARE(problemWith({{"other_colors", {{"rainbow", nlohmann::json::object()}}}}), std::string("/map"));
        QVERIFY(problemWith(nlohmann::json::array()) != "accepted");
    }

    void everyKindOfMapKeepsItsOwnColours() {
        Selection selection;
        selection.threshold = 0.1;
        showMap(selection, MapKind::BestLayer);
        QCOMPARE(selection.threshold, 0.1);
        showMap(selection, MapKind::HalfTime);
        QCOMPARE(selection.threshold, 0.0);
        selection.range = ColorRange{1e3, 1e6};
        showMap(selection, MapKind::Score);
        QCOMPARE(selection.threshold, 0.1);
        QVERIFY(!selection.range);
        showMap(selection, MapKind::HalfTime);
        QCOMPARE(selection.range, std::optional(ColorRange{1e3, 1e6}));
        showMap(selection, MapKind::Score);
        selection.threshold = 0;
        showMap(selection, MapKind::QValue);
        showMap(selection, MapKind::Score);
        QCOMPARE(selection.threshold, 0.0);
    }

    void changedFieldsHaveTheirJsonNames() {
        Selection after;
        QVERIFY(changedFields({}, after).empty());
        after.layer = "a";
        after.threshold = 0.1;
        const std::set<std::string> expected{"layer", "threshold"};
        QCOMPARE(changedFields({}, after), expected);
        QCOMPARE(changedFields(after, {}), expected);
    }

    void opacityFollowsQ() {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        for (const double q : {0.0, 0.5, 1.0, nan})
            QCOMPARE(opacityOfQ(q, Significance::Ignore), 1.0);
        QCOMPARE(opacityOfQ(0.0099, Significance::Hide), 1.0);
        QCOMPARE(opacityOfQ(0.01, Significance::Hide), 0.0);
        QCOMPARE(opacityOfQ(nan, Significance::Hide), 0.0);
        QCOMPARE(opacityOfQ(0, Significance::Fade), 1.0);
        QCOMPARE(opacityOfQ(0.001, Significance::Fade), 1.0);
        QCOMPARE(opacityOfQ(0.1, Significance::Fade), 0.5);
        QCOMPARE(opacityOfQ(1, Significance::Fade), 0.0);
        QCOMPARE(opacityOfQ(nan, Significance::Fade), 0.0);
    }

    void namesAreFoundOrNothing() {
        Selection selection;
        selection.model = "cells";
        selection.step = 900;
        selection.layer = "c";
        const auto indices = indicesOf(selection, twoModels());
        QVERIFY(indices.has_value());
        QCOMPARE(indices->model, 1);
        QCOMPARE(indices->step, 1);
        QCOMPARE(*indices->layer, 1);
        QVERIFY(!indices->recording);
        selection.step = 901;
        QVERIFY(!indicesOf(selection, twoModels()));
        selection.step = 900;
        selection.layer = "b";
        QVERIFY(!indicesOf(selection, twoModels()));
    }

    /// Recordings of a kind belong together by their subject; who has none of a kind is not taken for another one.
    void aSubjectHasRecordingsOfBothKinds() {
        ScoreIndex index = twoModels();
        index.fmri = {{"f1", "P1", 10}, {"f2", "P2", 10}};
        index.meg = {{"m2", "P2", 10}, {"m3", "P3", 10}};
        Selection selection;
        selection.model = index.models.front().id;
        selection.step = index.models.front().steps.front();
        const auto recording = [&](const char* id, RecordingKind kind) {
            selection.recording = id;
            const auto indices = indicesOf(selection, index, kind);
            return indices ? indices->recording.value_or(-1) : -2;
        };
        QCOMPARE(recording("f1", RecordingKind::Fmri), 0);
        QCOMPARE(recording("f1", RecordingKind::Meg), -2); // P1 has none
        QCOMPARE(recording("f2", RecordingKind::Fmri), 1);
        QCOMPARE(recording("f2", RecordingKind::Meg), 0);
        QCOMPARE(recording("m3", RecordingKind::Meg), 1);
        QCOMPARE(recording("m3", RecordingKind::Fmri), -2);
        QCOMPARE(recording("nobody", RecordingKind::Meg), -2);
        selection.recording = "m3";
        QCOMPARE(subjectOf(selection, index), std::string("P3"));
        QCOMPARE(fittedTo(selection, index).recording, selection.recording);
        QCOMPARE(subjectsOf(index).size(), std::size_t(3));
        QCOMPARE(subjectsOf(index).back().id, std::string("m3"));
        // B is another subject, of a kind that both have.
        selection.recording = "f2";
        selection.difference = {DifferenceBase::Subject, "f1", 0};
        QVERIFY(otherSide(selection, index));
        QVERIFY(!otherSide(selection, index, RecordingKind::Meg));
        selection.difference.name = "m3";
        QVERIFY(!otherSide(selection, index));
        QVERIFY(otherSide(selection, index, RecordingKind::Meg));
    }

    void selectionWithoutAStackSaysNothingOfIt() {
        const nlohmann::json json = toJson(Selection{});
        for (const char* key : {"stack", "opacity", "visible", "mask"})
            QVERIFY2(!json.contains(key), key);
    }

    void refusesWrongStacks_data() {
        QTest::addColumn<QString>("stack");
        QTest::addColumn<QString>("place");
        QTest::newRow("no list") << "{}"
                                 << "/stack";
        QTest::newRow("no object") << "[1]"
                                   << "/stack/0";
        QTest::newRow("unknown map") << "[{'id':1,'map':'r'}]"
                                     << "/stack/0/map";
        QTest::newRow("id of the first map") << "[{'id':0}]"
                                             << "/stack/0/id";
        QTest::newRow("same id") << "[{'id':1},{'id':1}]"
                                 << "/stack/1/id";
        QTest::newRow("masked by itself") << "[{'id':1,'mask':1}]"
                                          << "/stack/0/mask";
        QTest::newRow("masked by nothing") << "[{'id':1,'mask':7}]"
                                           << "/stack/0/mask";
        QTest::newRow("opacity") << "[{'id':1},{'id':2,'opacity':1.5}]"
                                 << "/stack/1/opacity";
        QTest::newRow("range") << "[{'id':1,'range':[1]}]"
                               << "/stack/0/range";
        QTest::newRow("base") << "[{'id':1,'difference':{'base':'x'}}]"
                              << "/stack/0/difference/base";
    }

    void refusesWrongStacks() {
        QFETCH(QString, stack);
        QFETCH(QString, place);
        const auto list = nlohmann::json::parse(stack.replace('\'', '"').toStdString());
        QCOMPARE(problemWith({{"stack", list}}), place.toStdString());
    }

    void mapsOfTheStackFollowTheSelectionWhereTheySayNothing() {
        Selection selection = fullSelection();
        StackedMap map = mapOf(3, MapKind::TValue);
        map.threshold = 4;
        const Selection follows = selectionFor(selection, map);
        QCOMPARE(follows.layer, selection.layer);
        QCOMPARE(follows.recording, selection.recording);
        QCOMPARE(follows.step, selection.step);
        QCOMPARE(follows.threshold, 4.0);
        QVERIFY(follows.map == MapKind::TValue && follows.stack.empty() && !follows.range);
        map.layer = "";
        map.recording = "";
        const Selection own = selectionFor(selection, map);
        QVERIFY(!own.layer && !own.recording);
        map.layer = "block.1";
        QCOMPARE(selectionFor(selection, map).layer.value(), std::string("block.1"));
    }

    void mapsThatGoTakeTheirMasksAlong() {
        std::vector<StackedMap> stack{mapOf(1, MapKind::Score), mapOf(4, MapKind::TValue)};
        stack[0].placement.mask = 4;
        QCOMPARE(nextMapId(stack), 5);
        removeMap(stack, 4);
        QCOMPARE(stack.size(), std::size_t(1));
        QVERIFY(!stack[0].placement.mask);
        QVERIFY(findMap(stack, 1) != nullptr && findMap(stack, 4) == nullptr);
    }

    void changesOfTheStackHaveNames() {
        Selection before;
        before.stack = {mapOf(1, MapKind::Score), mapOf(2, MapKind::TValue)};
        Selection after = before;
        after.stack[1].placement.opacity = 0.5;
        QCOMPARE(changedFields(before, after), std::set<std::string>{"stack/2/opacity"});
        after = before;
        std::swap(after.stack[0], after.stack[1]);
        QCOMPARE(changedFields(before, after), std::set<std::string>{"stack/order"});
        after = before;
        after.stack.push_back(mapOf(3, MapKind::QValue));
        QCOMPARE(changedFields(before, after), std::set<std::string>{"stack/3"});
        QCOMPARE(changedFields(after, before), std::set<std::string>{"stack/3"});
        after = before;
        after.placement.isVisible = false;
        QCOMPARE(changedFields(before, after), std::set<std::string>{"visible"});
    }

    void stackKeepsWhatTheSourceHas() {
        Selection wanted;
        StackedMap thickness = mapOf(1, MapKind::Imported);
        thickness.importedMap = "thickness";
        thickness.significanceMap = "gone";
        StackedMap score = mapOf(2, MapKind::Score);
        score.layer = "c";
        score.recording = "s9";
        score.placement.mask = 1;
        wanted.stack = {thickness, score};
        wanted.placement.mask = 1;
        const Selection fitted = fittedTo(wanted, twoModels());
        QCOMPARE(fitted.stack.size(), std::size_t(1));
        QVERIFY(!fitted.stack[0].layer && !fitted.stack[0].recording && !fitted.stack[0].placement.mask);
        QVERIFY(!fitted.placement.mask);
        ScoreIndex maps;
        maps.importedMaps = {"thickness"};
        const Selection ofMaps = fittedTo(wanted, maps);
        QCOMPARE(ofMaps.stack.size(), std::size_t(1));
        QVERIFY(ofMaps.stack[0].kind == MapKind::Imported && ofMaps.stack[0].significanceMap.empty());
        maps.importedMaps.emplace_back("gone");
        QCOMPARE(fittedTo(wanted, maps).stack[0].significanceMap, std::string("gone"));
    }

    void otherSideHasOneThingReplaced() {
        const ScoreIndex index = [] {
            ScoreIndex subjects = twoModels();
            subjects.fmri.push_back({"s2", "s2", 10});
            return subjects;
        }();
        Selection selection;
        selection.model = "human";
        selection.step = 1000;
        selection.recording = "s1";
        const auto other = [&](const Difference& difference) {
            selection.difference = difference;
            return otherSide(selection, index).value_or(Selection{});
        };
        QCOMPARE(other({DifferenceBase::FirstStep}).step, std::int64_t(0));
        QCOMPARE(other({DifferenceBase::PreviousStep}).step, std::int64_t(0));
        QCOMPARE(other({DifferenceBase::Step, "", 100000}).step, std::int64_t(100000));
        QVERIFY(other({DifferenceBase::Step, "", 1000}) == selection); // scrubbed through
        QVERIFY(!otherSide((other({DifferenceBase::Step, "", 999}), selection), index));
        const Selection cells = other({DifferenceBase::Model, ""});
        QCOMPARE(cells.model, std::string("cells"));
        QCOMPARE(cells.step, std::int64_t(900));
        QVERIFY(other({DifferenceBase::Model, "human"}).model.empty());
        QCOMPARE(other({DifferenceBase::Layer, "b"}).layer, std::optional<std::string>("b"));
        QVERIFY(other({DifferenceBase::Layer, "c"}).model.empty());
        QCOMPARE(other({DifferenceBase::Subject, ""}).recording, std::optional<std::string>("s2"));
        QVERIFY(other({DifferenceBase::Subject, "s1"}).model.empty());
        selection.difference = {DifferenceBase::Model, "cells"};
        QVERIFY(!comparedSide(selection, index));
        selection.isCompared = true;
        QCOMPARE(comparedSide(selection, index)->model, std::string("cells"));
        selection.threshold = 0.2;
        const Selection difference = differenceSide(selection);
        QVERIFY(difference.map == MapKind::Difference && difference.threshold == 0);
        QCOMPARE(difference.model, selection.model);
    }

    void imagesAndSizesAreReplacedWithAllElseEqual() {
        ScoreIndex index;
        for (const auto& [id, type, parameters] :
             {std::tuple("large", "human", 3e8), std::tuple("space", "satellite", 3e8),
              std::tuple("giant", "human", 1e9), std::tuple("cells", "cells", 1e9), std::tuple("untold", "", 0.0)}) {
            ScoredModel& model = index.models.emplace_back();
            model.id = id;
            model.imageType = type;
            if (parameters > 0)
                model.parameters = parameters;
            model.steps = {0, 1000};
            model.layerNames = {"a", "b"};
            model.layerDepths = {0, 1};
        }
        index.fmri = {{.id = "f1", .subject = "one"}, {.id = "f2", .subject = "two"}};
        Selection selection;
        selection.model = "large";
        selection.step = 1000;
        const auto other = [&](DifferenceBase base, const char* name) {
            selection.difference = {base, name};
            const auto found = otherSide(selection, index);
            return found ? found->model : std::string("none");
        };
        QCOMPARE(other(DifferenceBase::ImageType, ""), std::string("space"));
        QCOMPARE(other(DifferenceBase::ImageType, "satellite"), std::string("space"));
        QCOMPARE(other(DifferenceBase::ImageType, "cells"), std::string("none")); // those are larger
        QCOMPARE(other(DifferenceBase::Size, ""), std::string("giant"));
        QCOMPARE(other(DifferenceBase::Size, "1000000000"), std::string("giant"));
        selection.model = "giant";
        QCOMPARE(other(DifferenceBase::ImageType, ""), std::string("cells"));
        selection.model = "untold";
        QCOMPARE(other(DifferenceBase::ImageType, ""), std::string("none"));
        QCOMPARE(other(DifferenceBase::Size, ""), std::string("none"));
        // Beside one subject stands the mean of all.
        selection.difference = {DifferenceBase::Subject, meanOfSubjects};
        QVERIFY(!otherSide(selection, index));
        selection.recording = "f2";
        const auto mean = otherSide(selection, index);
        QVERIFY(mean && !mean->recording);
        selection.difference = {DifferenceBase::Size, "1000000000"};
        QCOMPARE(selectionFromJson(toJson(selection)), selection);
    }

    void freshSelectionGetsTheLastCheckpointOfTheFirstModel() {
        const Selection fitted = fittedTo({}, twoModels());
        QCOMPARE(fitted.model, std::string("human"));
        QCOMPARE(fitted.step, std::int64_t(100000));
        QVERIFY(!fitted.layer && !fitted.recording && !fitted.vertex);
    }

    void changeOfModelKeepsWhatExistsThere() {
        Selection wanted;
        wanted.model = "cells";
        wanted.step = 1000;
        wanted.layer = "b";
        wanted.recording = "s1";
        wanted.vertex = VertexId{Hemisphere::Left, 100};
        wanted.time = 0.07;
        const Selection fitted = fittedTo(wanted, twoModels());
        QCOMPARE(fitted.step, std::int64_t(900));
        QVERIFY(!fitted.layer);
        QCOMPARE(fitted.recording.value(), std::string("s1"));
        QVERIFY(!fitted.vertex);
        QCOMPARE(fitted.time.value(), 0.1);
        wanted.step = 0;
        QCOMPARE(fittedTo(wanted, twoModels()).step, std::int64_t(0));
        wanted.step = 1;
        QCOMPARE(fittedTo(wanted, twoModels()).step, std::int64_t(900));
    }
};

QTEST_GUILESS_MAIN(SelectionTest)
#include "SelectionTest.moc"
