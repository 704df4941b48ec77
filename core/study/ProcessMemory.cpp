#include "core/study/ProcessMemory.h"

#include "core/formats/ArrayInfo.h"

#include <fstream>
#include <unistd.h>

namespace brainlike {

double residentBytes() {
    std::ifstream stream("/proc/self/statm");
    double total = 0;
    double resident = 0;
    stream >> total >> resident;
    return stream ? resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) : 0;
}

double defaultMemory() {
    return 0.75 * static_cast<double>(physicalMemory());
}

} // namespace brainlike
