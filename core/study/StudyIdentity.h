#pragma once

#include "core/study/EncodeUnit.h"
#include "core/study/Study.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace brainlike {

/// Everything a study's scores depend on: name, image ids, encoding options, models with layers and checkpoints,
/// recordings, and a signature of every input file. Models, checkpoints, layers, recordings and inputs are objects by
/// id, so that one may be added without touching the others. Labels, ROIs, windows and the template are left out: they
/// change no unit's scores.
///
/// @throws NotFoundError, FileError for an input file
[[nodiscard]] nlohmann::json studyIdentity(const Study& study);

/// What differs between two identities, a line each ("/options/double: false, now true"); models, checkpoints, layers,
/// recordings and inputs that only one has are no difference.
[[nodiscard]] std::vector<std::string> identityDifferences(const nlohmann::json& kept, const nlohmann::json& now);

/// Checksum (hexadecimal) of what one unit's scores depend on.
[[nodiscard]] std::string unitFingerprint(const Study& study, const nlohmann::json& identity, const EncodeUnit& unit);

/// Size of a file, and a CRC-32 of blocks spread over it: cheap, and different whenever the data are others.
/// @throws NotFoundError, FileError
[[nodiscard]] nlohmann::json fileSignature(const std::filesystem::path& file);

/// CRC-32 of a text, hexadecimal.
[[nodiscard]] std::string checksumText(std::string_view text);

} // namespace brainlike
