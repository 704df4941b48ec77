#include "views/training/CheckpointTip.h"

#include "views/state/NumberText.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr std::size_t mostModels = 6;

QString cell(const QString& text, bool isBold = false) {
    return QStringLiteral("<td align=\"right\">%1%2%3&nbsp;&nbsp;</td>")
        .arg(isBold ? QStringLiteral("<b>") : QString(), text, isBold ? QStringLiteral("</b>") : QString());
}

QString valueText(double value) {
    return std::isfinite(value) ? scoreText(value) : QStringLiteral("–");
}

QString differenceText(double value) {
    if (!std::isfinite(value))
        return QStringLiteral("–");
    return (value > 0 ? QStringLiteral("+") : QString()) + scoreText(value);
}

/// Rows of one model; `selected` −1: values alone.
QString rowsOf(const TrainingCurves& model, int pointed, int selected, const Theme& theme) {
    QString rows;
    for (std::size_t curve = 0; curve < model.curves.size(); ++curve) {
        const auto& values = model.curves[curve].values;
        const double value = values.at(static_cast<std::size_t>(pointed));
        rows += QStringLiteral("<tr><td><span style=\"color:%1\">■</span> %2&nbsp;&nbsp;</td>")
                    .arg(curveColor(curve, theme).name(), model.curves[curve].name) +
                cell(valueText(value), true);
        if (selected >= 0 && selected != pointed) {
            const double there = values.at(static_cast<std::size_t>(selected));
            rows += cell(valueText(there)) + cell(differenceText(value - there));
        } else {
            const double share = model.curves[curve].share(static_cast<std::size_t>(pointed));
            rows += cell(std::isfinite(share) ? percentText(share) + QStringLiteral(" of final") : QString());
        }
        rows += QStringLiteral("</tr>");
    }
    return rows;
}

QString headRow(const TrainingCurves& current, int pointed, int selected) {
    if (selected < 0 || selected == pointed)
        return {};
    return QStringLiteral("<tr><td></td>") + cell(checkpointText(current.steps[static_cast<std::size_t>(pointed)])) +
           cell(checkpointText(current.steps[static_cast<std::size_t>(selected)])) +
           cell(QStringLiteral("difference")) + QStringLiteral("</tr>");
}

QString nameRow(const QString& name, const QString& note = {}) {
    return QStringLiteral("<tr><td colspan=\"4\"><b>%1</b>%2</td></tr>").arg(name.toHtmlEscaped(), note);
}

} // namespace

QString checkpointTip(const TrainingCurves& current, const std::vector<const TrainingCurves*>& others, int pointed,
                      int selected, const Theme& theme) {
    const auto at = static_cast<std::size_t>(pointed);
    QString text = QStringLiteral("<p style=\"white-space:pre\"><b>%1</b></p>").arg(current.checkpointLine(at));
    if (!current.computed.at(at))
        return text + QStringLiteral("<p>not computed yet</p>");
    text += QStringLiteral("<table cellspacing=\"0\" cellpadding=\"2\">") + headRow(current, pointed, selected);
    if (!others.empty())
        text += nameRow(current.label);
    text += rowsOf(current, pointed, selected, theme);
    for (std::size_t model = 0; model < std::min(others.size(), mostModels); ++model) {
        const TrainingCurves& other = *others[model];
        const int there = other.checkpointOf(current.steps[at]);
        const int from = selected < 0 ? -1 : other.checkpointOf(current.steps[static_cast<std::size_t>(selected)]);
        text += there < 0 ? nameRow(other.label, QStringLiteral(" has no such checkpoint"))
                          : nameRow(other.label) + rowsOf(other, there, from, theme);
    }
    text += QStringLiteral("</table>");
    if (others.size() > mostModels)
        text += QStringLiteral("<p>and %1 more models</p>").arg(others.size() - mostModels);
    return text;
}

} // namespace brainlike
