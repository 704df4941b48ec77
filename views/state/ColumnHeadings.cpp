#include "views/state/ColumnHeadings.h"

#include "core/session/Comparison.h"
#include "core/session/StackEdit.h"
#include "views/state/ComparisonText.h"

#include <QObject>

namespace brainlike {
namespace {

QString heading(const QString& side, const QString& name) {
    return name.isEmpty() ? side : QObject::tr("%1 · %2").arg(side, name);
}

/// A − B is of scores whatever A and B show.
QString differenceHeading(MapKind kind) {
    const bool areScores = kind == MapKind::Score || kind == MapKind::Difference;
    return areScores ? QObject::tr("A − B") : QObject::tr("A − B · scores");
}

} // namespace

std::array<QString, 3> columnHeadings(const Selection& selection, const ScoreIndex& index) {
    const ComparisonText text = isOfScores(selection.map) ? comparisonText(selection, index) : ComparisonText{};
    return {heading(QObject::tr("A"), text.a), heading(QObject::tr("B"), text.b), differenceHeading(selection.map)};
}

QString noOtherSideText(const Selection& selection, const ScoreIndex& index) {
    if (selection.map == MapKind::Imported)
        return QObject::tr("A map of a file has no other side. Choose a map of scores to compare.");
    if (selection.map == MapKind::Property)
        return QObject::tr("A property of the cortex has no other side. Choose a map of scores to compare.");
    const ComparisonText text = comparisonText(selection, index);
    if (!text.noOther.isEmpty())
        return QObject::tr("Nothing to compare with: %1.").arg(text.noOther);
    const bool differs = text.differs.model || text.differs.layer || text.differs.recording;
    return selection.map == MapKind::HalfTime && !differs
               ? QObject::tr("A half-time is of the whole training: all checkpoints have the same one. Compare models, "
                             "layers or subjects.")
               : QString();
}

QString comparedBarTitle(int map, bool isShared, const QString& title) {
    switch (map) {
    case firstMapId:
        return (isShared ? QObject::tr("A, B · %1") : QObject::tr("A · %1")).arg(title);
    case otherMapId:
        return QObject::tr("B · %1").arg(title);
    case differenceMapId:
        return QObject::tr("A − B · %1").arg(title);
    default:
        return title;
    }
}

} // namespace brainlike
