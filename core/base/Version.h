#pragma once

namespace brainlike {
/// Version written into every file and printed by `brainlike --version`.
inline constexpr const char* version = "0.1.0";
} // namespace brainlike
