#include "app/cli/Interrupt.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace brainlike {
namespace {

/// The handler's end of the pipe. Signals reach any thread, also those that libraries have started before main.
int notifyEnd = -1;

extern "C" void noteSignal(int) {
    const int kept = errno;
    [[maybe_unused]] const ssize_t written = ::write(notifyEnd, "s", 1);
    errno = kept;
}

/// Returns at the next signal.
void waitForSignal(int descriptor) {
    char byte = 0;
    while (::read(descriptor, &byte, 1) < 0 && errno == EINTR) {
    }
}

std::stop_source startWatching() {
    std::stop_source source;
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "the signal pipe cannot be made");
    notifyEnd = ends[1];
    std::thread([source, readEnd = ends[0]]() mutable {
        waitForSignal(readEnd);
        source.request_stop();
        waitForSignal(readEnd);
        ::_exit(130);
    }).detach();
    struct sigaction action {};
    action.sa_handler = noteSignal;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    return source;
}

} // namespace

std::stop_token interruptToken() {
    static const std::stop_source source = startWatching();
    return source.get_token();
}

} // namespace brainlike
