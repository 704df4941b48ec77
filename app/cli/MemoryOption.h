#pragma once

#include <string_view>

namespace brainlike {

/// Bytes from "4G", "512M", "1.5G" or a plain number; K, M, G and T are powers of 1024.
/// @throws UsageError unless it is a number above 0
[[nodiscard]] double bytesFrom(std::string_view text);

/// Has the C library give large blocks back to the system as soon as they are freed, so that the process never holds
/// much more than it uses. For commands that keep to a memory budget.
void giveMemoryBackAtOnce();

} // namespace brainlike
