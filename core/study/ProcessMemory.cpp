#include "core/study/ProcessMemory.h"

#include "core/formats/ArrayInfo.h"

#include <fstream>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <unistd.h>

namespace brainlike {

double residentBytes() {
    std::ifstream stream("/proc/self/statm");
    double total = 0;
    double resident = 0;
    stream >> total >> resident;
    return stream ? resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) : 0;
}

void keepFreedMemory() {
#ifdef __GLIBC__
    constexpr int most = 1 << 30; // bytes
    mallopt(M_MMAP_THRESHOLD, most);
    mallopt(M_TRIM_THRESHOLD, most);
    mallopt(M_ARENA_MAX, 1); // threads use each other's
#endif
}

double defaultMemory() {
    return 0.75 * static_cast<double>(physicalMemory());
}

} // namespace brainlike
