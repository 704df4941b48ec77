#include "tests/support/ChildProcess.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace brainlike::test {
namespace {

/// A nameless file that the child writes to.
class Sink {
public:
    Sink() : m_file(std::tmpfile()) {
        if (m_file == nullptr)
            throw std::runtime_error("no temporary file");
    }
    ~Sink() { std::fclose(m_file); }
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    [[nodiscard]] int descriptor() const { return ::fileno(m_file); }
    [[nodiscard]] std::string text() const {
        std::string all;
        std::rewind(m_file);
        for (int c = std::fgetc(m_file); c != EOF; c = std::fgetc(m_file))
            all += static_cast<char>(c);
        return all;
    }

private:
    std::FILE* m_file;
};

[[noreturn]] void become(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                         const Sink& output, const Sink& errors) {
    std::vector<char*> arguments;
    for (const auto& argument : command)
        arguments.push_back(::strdup(argument.c_str()));
    arguments.push_back(nullptr);
    for (const auto& variable : environment)
        ::putenv(::strdup(variable.c_str()));
    ::dup2(output.descriptor(), STDOUT_FILENO);
    ::dup2(errors.descriptor(), STDERR_FILENO);
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
}

} // namespace

ChildOutcome runChild(const std::vector<std::string>& command, const std::vector<std::string>& environment) {
    const Sink output;
    const Sink errors;
    const pid_t child = ::fork();
    if (child < 0)
        throw std::runtime_error("no child process");
    if (child == 0)
        become(command, environment, output, errors);
    int status = 0;
    struct rusage usage {};
    if (::wait4(child, &status, 0, &usage) != child)
        throw std::runtime_error("the child process is lost");
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, 1024.0 * static_cast<double>(usage.ru_maxrss), output.text(),
            errors.text()};
}

} // namespace brainlike::test
