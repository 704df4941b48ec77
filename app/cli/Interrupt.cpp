#include "app/cli/Interrupt.h"

#include <csignal>
#include <pthread.h>
#include <thread>
#include <unistd.h>

namespace brainlike {
namespace {

std::stop_source startWatching() {
    std::stop_source source;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([source, signals]() mutable {
        int received = 0;
        sigwait(&signals, &received);
        source.request_stop();
        sigwait(&signals, &received);
        ::_exit(130);
    }).detach();
    return source;
}

} // namespace

std::stop_token interruptToken() {
    static const std::stop_source source = startWatching();
    return source.get_token();
}

} // namespace brainlike
