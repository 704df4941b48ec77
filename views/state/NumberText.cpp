#include "views/state/NumberText.h"

#include <QLocale>
#include <QObject>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace brainlike {
namespace {

const QChar minusSign(0x2212);

QString notComputed() {
    return QStringLiteral("not computed");
}

QString fixedText(double value, int decimals) {
    QString text = QString::number(std::abs(value), 'f', decimals);
    return value < 0 ? minusSign + text : text;
}

/// Decimals that leave `digits` significant digits, after rounding.
int decimalsFor(double value, int digits) {
    const double size = std::abs(value);
    int decimals = std::max(0, digits - 1 - static_cast<int>(std::floor(std::log10(size))));
    const double rounded = std::round(size * std::pow(10, decimals)) / std::pow(10, decimals);
    if (decimals > 0 && std::floor(std::log10(rounded)) > std::floor(std::log10(size)))
        --decimals;
    return decimals;
}

int scoreDecimals(double score) {
    return std::abs(score) >= 0.00995 || score == 0 ? 3 : std::min(4, decimalsFor(score, 2));
}

QString trimmed(double value, int digits) {
    QString text = QString::number(value, 'f', decimalsFor(value, digits));
    if (text.contains('.')) {
        while (text.endsWith('0'))
            text.chop(1);
        if (text.endsWith('.'))
            text.chop(1);
    }
    return text;
}

} // namespace

QString scoreText(double score) {
    const double size = std::abs(score);
    if (!std::isfinite(score))
        return notComputed();
    if (size == 0)
        return QStringLiteral("0");
    if (size < 0.00005)
        return score < 0 ? QString(">") + minusSign + "0.0001" : QStringLiteral("<0.0001");
    return fixedText(score, scoreDecimals(score));
}

QString valueText(double value) {
    constexpr int digits = 4;
    if (!std::isfinite(value))
        return QObject::tr("no value");
    const double size = std::abs(value);
    if (size >= 1000 && size < 1e9)
        return countText(std::llround(value));
    QString text = QString::number(size, 'g', digits);
    text.replace("e-", QString("e") + minusSign);
    return value < 0 ? minusSign + text : text;
}

QString scoreText(double score, double spread) {
    if (!std::isfinite(score) || !std::isfinite(spread))
        return scoreText(score);
    const int decimals = scoreDecimals(score);
    const double smallest = std::pow(10, -decimals);
    const QString spreadText =
        spread > 0 && spread < smallest / 2 ? "<" + fixedText(smallest, decimals) : fixedText(spread, decimals);
    return scoreText(score) + QStringLiteral(" ± ") + spreadText;
}

QString countText(std::int64_t count) {
    QString digits = QString::number(std::abs(count));
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, ',');
    return count < 0 ? minusSign + digits : digits;
}

QString stepText(std::int64_t step) {
    return countText(step);
}

QString interpolatedStepText(double step) {
    if (!std::isfinite(step))
        return notComputed();
    const double unit = step < 1 ? 1 : std::max(1.0, std::pow(10, std::floor(std::log10(step)) - 2));
    return countText(std::llround(std::round(step / unit) * unit));
}

QString checkpointText(std::int64_t step) {
    return step == 0 ? QStringLiteral("untrained") : QStringLiteral("step ") + stepText(step);
}

QString shortStepText(std::int64_t step) {
    struct Unit {
        double size;
        const char* suffix;
    };
    constexpr std::array units{Unit{1e9, "B"}, Unit{1e6, "M"}, Unit{1e3, "k"}};
    for (const Unit& unit : units)
        if (static_cast<double>(step) >= unit.size)
            return trimmed(static_cast<double>(step) / unit.size, 3) + unit.suffix;
    return QString::number(step);
}

QString imagesText(double images) {
    if (!std::isfinite(images))
        return notComputed();
    const QString suffix = QStringLiteral(" images");
    if (images < 10000)
        return countText(std::llround(images)) + suffix;
    if (images < 999500)
        return trimmed(images / 1e3, 3) + " k" + suffix;
    if (images < 999.5e6)
        return trimmed(images / 1e6, 3) + " M" + suffix;
    return trimmed(images / 1e9, 3) + " B" + suffix;
}

QString millisecondsText(double seconds) {
    if (!std::isfinite(seconds))
        return notComputed();
    const long long milliseconds = std::llround(seconds * 1000);
    return countText(milliseconds) + QStringLiteral(" ms");
}

QString percentText(double share) {
    if (!std::isfinite(share))
        return notComputed();
    const double percent = share * 100;
    if (percent == 0)
        return QStringLiteral("0 %");
    return fixedText(percent, decimalsFor(percent, 2)) + QStringLiteral(" %");
}

QString probabilityText(double p) {
    if (!std::isfinite(p))
        return QStringLiteral("undefined");
    if (p < 1e-300)
        return QStringLiteral("<1e\u2212300"); // no exact zero: smaller than a number can be told from it
    return p < 0.0001 ? QString::number(p, 'e', 0).replace('-', QChar(0x2212)) : QString::number(p, 'g', 2);
}

QString unitName(const std::string& id) {
    const QString text = QString::fromStdString(id);
    if (text.startsWith("lh:") || text.startsWith("rh:"))
        return text.mid(3) + (text.startsWith("lh:") ? QStringLiteral(" (left)") : QStringLiteral(" (right)"));
    return text;
}

QString halfTimeIntervalText(const BootstrapInterval& interval) {
    if (std::isnan(interval.low) || std::isnan(interval.high))
        return {};
    const auto end = [](double step) {
        if (std::isfinite(step))
            return interpolatedStepText(step);
        return step < 0 ? QObject::tr("≤ first step") : QObject::tr("not reached");
    };
    QString text = QObject::tr("95 % %1 to %2").arg(end(interval.low), end(interval.high));
    const auto share = [&](int count) { return percentText(static_cast<double>(count) / interval.defined); };
    QStringList censored;
    if (interval.below > 0)
        censored << QObject::tr("%1 ≤ first step").arg(share(interval.below));
    if (interval.above > 0)
        censored << QObject::tr("%1 not reached").arg(share(interval.above));
    return censored.isEmpty() ? text : text + QObject::tr("; of resamples %1").arg(censored.join(QStringLiteral(", ")));
}

} // namespace brainlike
