#pragma once

namespace brainlike {

/// Bytes of memory that this process holds now (its resident set); 0 where the system does not tell.
[[nodiscard]] double residentBytes();

/// From now on, memory that is freed stays with this process, to be used again: large matrices come and go with every
/// fold, and the system would clear their pages each time. For commands that compute; does nothing on systems without
/// such a setting.
void keepFreedMemory();

/// The budget where the user names none: three quarters of this computer's memory.
[[nodiscard]] double defaultMemory();

} // namespace brainlike
