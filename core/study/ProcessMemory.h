#pragma once

namespace brainlike {

/// Bytes of memory that this process holds now (its resident set); 0 where the system does not tell.
[[nodiscard]] double residentBytes();

/// The budget where the user names none: three quarters of this computer's memory.
[[nodiscard]] double defaultMemory();

} // namespace brainlike
