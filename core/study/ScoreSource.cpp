#include "core/study/ScoreSource.h"

#include "core/templates/TemplateFinder.h"

namespace brainlike {

std::optional<ImportedMap> ScoreSource::importedMap(int) const {
    return std::nullopt;
}

Template ScoreSource::findTemplate() const {
    return TemplateFinder().find(index().templateName);
}

} // namespace brainlike
