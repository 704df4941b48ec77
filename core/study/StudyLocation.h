#pragma once

#include "core/study/ScoreFile.h"
#include "core/study/Study.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// The study that a scores file was made from: `study.json` beside it, or the file that its parts name.
///
/// @throws NotFoundError naming the places, if none of them holds that study
[[nodiscard]] Study findStudy(const ScoreFile& scores);

/// A study file that somebody points at.
/// @throws ValueError if it is not the one the scores were made from; what readStudy throws
[[nodiscard]] Study readStudyOf(const ScoreFile& scores, const std::filesystem::path& file);

/// Pictures of a study's images: files of its image folder that are named as the image, or as the image and a suffix.
class StudyImages {
public:
    /// Lists the folder; empty where the study names none, or it is not there.
    explicit StudyImages(const Study& study);

    [[nodiscard]] bool isEmpty() const { return m_files.empty(); }
    /// Nothing where there is no such picture.
    [[nodiscard]] std::optional<std::filesystem::path> fileOf(const std::string& image) const;

private:
    std::map<std::string, std::filesystem::path> m_files; ///< by name, with and without suffix
};

/// Every file that a study is made of: its own, image ids, features, what its recordings name, pictures. Some may not
/// be there.
[[nodiscard]] std::vector<std::filesystem::path> inputFilesOf(const Study& study);

} // namespace brainlike
