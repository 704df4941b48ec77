#pragma once

#include <QStringList>

namespace brainlike {

/// Names without the words that all of them begin or end with, as short as they can be and still be told apart:
/// "Simulated Large · cellular", "Simulated Small · cellular" become "Large", "Small". A single name stays, and so do
/// all where one would be left without a word or two would become the same.
[[nodiscard]] QStringList distinctNames(const QStringList& names);

} // namespace brainlike
