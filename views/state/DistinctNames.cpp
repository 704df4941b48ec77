#include "views/state/DistinctNames.h"

#include <QSet>

#include <algorithm>
#include <vector>

namespace brainlike {
namespace {

/// Words that all names share at one end.
/// @param fromEnd  counts those that names end with
qsizetype sharedWords(const std::vector<QStringList>& names, bool fromEnd) {
    const auto wordOf = [fromEnd](const QStringList& words, qsizetype at) {
        return fromEnd ? words[words.size() - 1 - at] : words[at];
    };
    qsizetype shared = 0;
    while (std::ranges::all_of(names, [&](const QStringList& words) {
        return shared < words.size() && wordOf(words, shared) == wordOf(names.front(), shared);
    }))
        ++shared;
    return shared;
}

bool isSeparator(const QString& word) {
    return std::ranges::none_of(word, [](QChar sign) { return sign.isLetterOrNumber(); });
}

} // namespace

QStringList distinctNames(const QStringList& names) {
    if (names.size() < 2)
        return names;
    std::vector<QStringList> words;
    for (const QString& name : names)
        words.push_back(name.split(' ', Qt::SkipEmptyParts));
    const qsizetype first = sharedWords(words, false);
    const qsizetype last = sharedWords(words, true);
    QStringList distinct;
    for (const QStringList& all : words) {
        QStringList left = all.mid(first, std::max<qsizetype>(0, all.size() - first - last));
        while (!left.isEmpty() && isSeparator(left.front()))
            left.removeFirst();
        while (!left.isEmpty() && isSeparator(left.back()))
            left.removeLast();
        distinct << left.join(' ');
    }
    const bool areTold =
        !distinct.contains(QString()) && QSet<QString>(distinct.begin(), distinct.end()).size() == distinct.size();
    return areTold ? distinct : names;
}

} // namespace brainlike
