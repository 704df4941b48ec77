// What a map's colour bar or legend says.

#include "views/state/ColorBar.h"
#include "views/state/NumberText.h"

#include <QObject>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace brainlike {
namespace {

/// Label maps with more labels than this name only the one that is pointed at.
constexpr std::size_t mostLabels = 24;

QString titleFor(MapKind kind) {
    switch (kind) {
    case MapKind::HalfTime:
        return QObject::tr("Half-time (steps)");
    case MapKind::Difference:
        return QObject::tr("ΔR (Pearson)");
    case MapKind::TValue:
        return QObject::tr("t");
    case MapKind::QValue:
        return QObject::tr("−log₁₀ q");
    default:
        return QObject::tr("R (Pearson)");
    }
}

QString paleNote(const ColorScale& strength) {
    const double opaque = strength.threshold + strength.fade * (strength.high - strength.low);
    return QObject::tr("Pale where R is below %1")
        .arg(QString::fromStdString(tickText(opaque, 0.001 * std::ceil(1000 * opaque))));
}

QString shortTitle(const QString& title) {
    constexpr qsizetype longest = 18; // a column beside the cortex has room for
    return title.size() <= longest ? title : title.left(longest / 2) + "…" + title.right(longest / 2 - 1);
}

QString joinedNotes(const QString& first, const QString& second) {
    return first.isEmpty() ? second : first + '\n' + second;
}

bool areAlike(Rgba8 a, Rgba8 b) {
    constexpr int hardlySeen = 24;
    return std::abs(a.r - b.r) <= hardlySeen && std::abs(a.g - b.g) <= hardlySeen && std::abs(a.b - b.b) <= hardlySeen;
}

/// Names and colours of the labels that occur, or of the pointed one where there are too many.
ColorBar labelLegend(const MapColors& colors, Rgba8 ground, std::optional<int> pointed) {
    ColorBar legend{.title = shortTitle(QString::fromStdString(colors.title)), .ground = ground};
    for (const LabelColor& label : colors.labels) {
        const QString name = QString::fromStdString(label.name);
        // The two hemispheres' areas of one name.
        const auto known = std::ranges::find_if(legend.swatches, [&](const auto& swatch) {
            return swatch.second == name && areAlike(swatch.first, label.color);
        });
        if (label.label == pointed)
            legend.pointed = static_cast<std::size_t>(known - legend.swatches.begin());
        if (known == legend.swatches.end())
            legend.swatches.emplace_back(label.color, name);
    }
    return legend.swatches.size() > mostLabels ? shortLegend(legend) : legend;
}

/// "Thickness (mm)".
QString nameWithUnit(const MapColors& colors) {
    QString name = QString::fromStdString(colors.title);
    if (colors.kind == MapKind::Property && !name.isEmpty())
        name[0] = name[0].toUpper();
    return colors.origin.unit.empty() ? name
                                      : QStringLiteral("%1 (%2)").arg(name, QString::fromStdString(colors.origin.unit));
}

QString significanceNote(const MapColors& colors) {
    const QString name = QString::fromStdString(colors.significanceName);
    switch (colors.significance) {
    case Significance::Hide:
        return name.isEmpty() ? QObject::tr("Only q < 0.01") : QObject::tr("Only p < 0.01 by %1").arg(name);
    case Significance::Fade:
        return name.isEmpty() ? QString() : QObject::tr("p: %1").arg(name);
    case Significance::Ignore:
        break;
    }
    return {};
}

/// "line: ± 3", "line: q < 0.01": where the line around a map runs.
QString contourText(const MapColors& colors) {
    if (!colors.labels.empty())
        return QObject::tr("line: borders");
    const bool isByScore = colors.kind == MapKind::BestLayer && colors.strength;
    const ColorScale& scale = isByScore ? *colors.strength : colors.scale;
    QStringList parts;
    if (scale.cuts()) {
        const QString threshold = valueText(scale.threshold);
        parts << (scale.isTwoTailed ? QObject::tr("± %1") : QObject::tr("≥ %1")).arg(threshold);
    }
    if (colors.significance != Significance::Ignore)
        parts << (colors.significanceName.empty() ? QObject::tr("q < 0.01") : QObject::tr("p < 0.01"));
    return parts.isEmpty() ? QObject::tr("no threshold: no line") : QObject::tr("line: %1").arg(parts.join(", "));
}

ColorBar barOf(const MapColors& colors, Rgba8 ground, std::optional<int> pointed) {
    if (!colors.labels.empty())
        return labelLegend(colors, ground, pointed);
    if (colors.kind == MapKind::BestLayer) {
        ColorBar bar = layerBar(colors.layerNames, colors.strength.value_or(colors.scale), ground);
        QStringList notes{bar.note};
        if (colors.hasMargins)
            notes << QObject::tr("Paler where the winner's margin is below its SEM");
        notes << significanceNote(colors);
        notes.removeAll(QString());
        bar.note = notes.join('\n');
        bar.vision = colors.vision;
        bar.significance = colors.significance;
        return bar;
    }
    ColorBar bar = scoreBar(colors.scale, ground);
    bar.title = isOfScores(colors.kind) ? titleFor(colors.kind) : shortTitle(nameWithUnit(colors));
    bar.isSteps = colors.kind == MapKind::HalfTime;
    bar.isCutLow = colors.isCutLow;
    bar.isCutHigh = colors.isCutHigh;
    bar.significance = colors.significance;
    if (colors.kind == MapKind::HalfTime) {
        const QString first = colors.firstStep == 0 ? QObject::tr("untrained") : shortStepText(colors.firstStep);
        bar.swatches = {{colors.censoredColor(), QObject::tr("≤ first (%1)").arg(first)},
                        {colors.noneColor(), QObject::tr("none (final R ≤ 0)")}};
        if (colors.strength && colors.strength->fade > 0)
            bar.note = paleNote(*colors.strength);
    }
    bar.isOfOtherMap = !colors.significanceName.empty();
    if (const QString note = significanceNote(colors); !note.isEmpty())
        bar.note = note;
    if (const QString origin = originText(colors.origin, QStringLiteral("\n")); !origin.isEmpty())
        bar.note = origin;
    return bar;
}

} // namespace

QString originText(const ValueOrigin& origin, const QString& separator) {
    QStringList parts;
    if (origin.isByArea)
        parts << QObject::tr("Mean of each area");
    if (origin.onlySide) {
        const QString side = *origin.onlySide == Hemisphere::Left ? QObject::tr("left") : QObject::tr("right");
        parts << (origin.isPublished ? QObject::tr("Published for the %1 hemisphere")
                                     : QObject::tr("Of the %1 hemisphere alone"))
                     .arg(side);
    }
    return parts.join(separator);
}

QString rangeRuleText(MapKind kind, RangeRule rule) {
    switch (rule) {
    case RangeRule::Map:
        return QObject::tr("Full range of this map: lowest to highest value");
    case RangeRule::Percentile2:
        return QObject::tr("Percentiles 2 to 98 of this map");
    case RangeRule::Percentile5:
        return QObject::tr("Percentiles 5 to 95 of this map");
    case RangeRule::Study:
        break;
    }
    switch (kind) {
    case MapKind::Score:
    case MapKind::BestLayer:
        return QObject::tr("0 to 99.5 % of the best scores, the same at every checkpoint");
    case MapKind::HalfTime:
        return QObject::tr("First to last trained checkpoint");
    case MapKind::Difference:
        return QObject::tr("± 99.5 % of |ΔR|, the same at every checkpoint");
    case MapKind::TValue:
        return QObject::tr("± 95 % of |t|, the same at every checkpoint");
    case MapKind::QValue:
        return QObject::tr("0 to 99.5 % of −log₁₀ q, the same at every checkpoint");
    case MapKind::Imported:
    case MapKind::Property:
        break;
    }
    return QObject::tr("99 % of the values, to round numbers");
}

ColorBar scoreBar(const ColorScale& scale, Rgba8 ground) {
    return {.title = QObject::tr("R (Pearson)"), .scale = scale, .layers = {}, .ground = ground, .note = {}};
}

ColorBar valueBar(const QString& title, const ColorScale& scale, Rgba8 ground) {
    ColorBar bar = scoreBar(scale, ground);
    bar.title = shortTitle(title);
    return bar;
}

ColorBar layerBar(const std::vector<std::string>& layerNames, const ColorScale& scale, Rgba8 ground) {
    ColorBar bar{.title = QObject::tr("Best layer"), .scale = {}, .layers = {}, .ground = ground, .note = {}};
    for (const std::string& name : layerNames)
        bar.layers << QString::fromStdString(name);
    const double opaque = scale.threshold + scale.fade * (scale.high - scale.low);
    const QString limit = QString::fromStdString(tickText(opaque, 0.001 * std::ceil(1000 * opaque)));
    if (scale.fade > 0)
        bar.note = QObject::tr("Pale where R is below %1").arg(limit);
    else if (scale.threshold > 0)
        bar.note = QObject::tr("Shown where R is at least %1").arg(limit);
    return bar;
}

ColorBar shortLegend(const ColorBar& legend) {
    ColorBar shorter = legend;
    if (legend.hasLine) {
        const auto line = legend.swatches.back();
        shorter.swatches.pop_back();
        shorter.hasLine = false;
        shorter = shortLegend(shorter);
        shorter.swatches.push_back(line);
        shorter.hasLine = true;
        return shorter;
    }
    shorter.swatches.clear();
    shorter.pointed.reset();
    if (legend.pointed) {
        shorter.swatches.push_back(legend.swatches.at(*legend.pointed));
        shorter.pointed = 0;
    }
    // Areas of one name on both hemispheres may differ in colour.
    QSet<QString> names;
    for (const auto& [color, name] : legend.swatches)
        names.insert(name);
    if (legend.swatches.size() > shorter.swatches.size())
        shorter.note = QObject::tr("%1 labels").arg(names.size());
    return shorter;
}

ColorBar mapBar(const MapColors& colors, Rgba8 ground, std::optional<int> pointed) {
    ColorBar bar = barOf(colors, ground, pointed);
    if (colors.isOnlyContour)
        bar = {.title = bar.title, .ground = ground};
    if (colors.contour) {
        bar.swatches.emplace_back(*colors.contour, contourText(colors));
        bar.hasLine = true;
    }
    if (!colors.note.empty())
        bar.note = joinedNotes(bar.note, QString::fromStdString(colors.note));
    bar.opacity = colors.isOnlyContour ? 1 : colors.opacity;
    if (!colors.detail.empty())
        bar.title = shortTitle((colors.kind == MapKind::Score ? QObject::tr("R") : bar.title) + " · " +
                               QString::fromStdString(colors.detail));
    if (!colors.maskedBy.empty()) {
        const QString mask = QObject::tr("Where %1 is coloured").arg(QString::fromStdString(colors.maskedBy));
        bar.note = joinedNotes(bar.note, mask);
    }
    return bar;
}

} // namespace brainlike
