#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace brainlike {

/// One finished unit: a recording's scores from one layer of one checkpoint.
struct Part {
    std::string unit;                  ///< in words, for messages and people who look into the file
    std::string fingerprint;           ///< of everything the scores depend on (StudyIdentity.h)
    std::vector<float> scores;         ///< a value a dimension; NaN = not computed
    std::vector<std::uint16_t> alphas; ///< chosen λ as index into the grid: [outer] or [outer × dimension]
    std::vector<std::string> warnings; ///< what a person should know, in words
    friend bool operator==(const Part&, const Part&) = default;
};

/// Stands in `Part::alphas` for a target without λ (a constant one).
inline constexpr std::uint16_t noAlpha = 0xFFFF;

/// Writes a part aside and renames it: a reader sees all of it or nothing. Not synced to disk (there are many, and a
/// damaged one is computed again).
///
/// Layout (little endian): "BRNLPART", uint32 version, uint32 length of a JSON header, the header (unit, fingerprint,
/// dimensions, alphas, warnings, created_by), float32 scores, uint16 alphas, uint32 CRC-32 of all before it.
/// @throws FileError
void writePart(const std::filesystem::path& file, const Part& part);

/// @throws FormatError naming the byte if the file is damaged, cut off or something else; FileError
[[nodiscard]] Part readPart(const std::filesystem::path& file);

/// One score of a part, without reading (or checking) the rest.
/// @throws FormatError if the part is no part or has no such dimension; FileError
[[nodiscard]] float readPartScore(const std::filesystem::path& file, std::size_t dimension);

/// Some scores of a part, likewise.
[[nodiscard]] std::vector<float> readPartScores(const std::filesystem::path& file, std::size_t first,
                                                std::size_t count);

/// The checksum that stands at the end of a part.
/// @throws FormatError, FileError
[[nodiscard]] std::uint32_t readPartChecksum(const std::filesystem::path& file);

} // namespace brainlike
