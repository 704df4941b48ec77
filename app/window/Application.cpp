#include "app/window/Application.h"

#include "app/window/MainWindow.h"
#include "core/base/Error.h"
#include "core/base/Version.h"
#include "views/cortex/CortexWidget.h"
#include "views/state/Theme.h"

#include <QApplication>
#include <QOpenGLContext>
#include <QStyleFactory>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <malloc.h>

namespace brainlike {
namespace {

/// Fusion in our light or dark colours, whichever the system uses; $BRAINLIKE_THEME (light, dark) decides over it.
void applyTheme(QApplication& application) {
    const QByteArray wanted = qgetenv("BRAINLIKE_THEME");
    const bool dark = wanted.isEmpty() ? Theme::of(application.palette()).dark : wanted == "dark";
    application.setStyle(QStyleFactory::create("Fusion"));
    application.setPalette(dark ? Theme::darkPalette() : Theme::lightPalette());
}

/// Qt ends the program where it finds no display; say what to do instead.
void requireDisplay() {
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        throw NotFoundError({.what = "There is no display to open a window on",
                             .expected = "an X or Wayland display ($DISPLAY or $WAYLAND_DISPLAY)",
                             .advice = "use `brainlike demo --no-window` or `brainlike figure`, which need none"});
}

/// Qt ends the program where a window with a picture finds no OpenGL; say what to do instead.
void requireGraphics() {
    QOpenGLContext context;
    if (!context.create())
        throw NotFoundError({.what = "The window cannot be drawn: the display gives no OpenGL",
                             .expected = "OpenGL 3.2 of a graphics card or of Mesa's software driver",
                             .advice =
                                 "install a driver (Debian, Ubuntu: apt install libgl1-mesa-dri), or draw pictures "
                                 "with `brainlike figure`, which needs none"});
}

/// Large blocks go back to the system as soon as they are freed, and threads take smaller ones from one heap. By default
/// the C library keeps ever larger blocks, and a heap for each thread: 190 MB and 45 MB with a study on fsaverage.
void returnFreedMemory() {
#ifdef __GLIBC__
    constexpr int largeBlock = 2'000'000; ///< bytes: more than the colours of fsaverage, which are made at every change
    mallopt(M_MMAP_THRESHOLD, largeBlock);
    mallopt(M_ARENA_MAX, 1);
#endif
}

/// Gives back what reading left behind, once nothing has been read for a while.
void trimMemoryAtRest([[maybe_unused]] MainWindow& window) {
#ifdef __GLIBC__
    constexpr int restTime = 1000; ///< milliseconds
    auto* rest = new QTimer(&window);
    rest->setSingleShot(true);
    rest->setInterval(restTime);
    QObject::connect(&window.data().runner(), &JobRunner::idle, rest, qOverload<>(&QTimer::start));
    QObject::connect(rest, &QTimer::timeout, &window,
                     [] { QThreadPool::globalInstance()->start([] { malloc_trim(0); }); });
#endif
}

int runApplication(const std::function<void(MainWindow&)>& start) {
    requireDisplay();
    returnFreedMemory();
    prepareGraphics();
    int argumentCount = 1;
    char name[] = "brainlike";
    char* arguments[] = {name, nullptr};
    QApplication application(argumentCount, arguments);
    QApplication::setApplicationName("Brainlike");
    QApplication::setApplicationVersion(version);
    QApplication::setDesktopFileName("brainlike");
    applyTheme(application);
    requireGraphics();
    MainWindow window;
    trimMemoryAtRest(window);
    window.show();
    start(window);
    return QApplication::exec();
}

} // namespace

int runWindow(const std::vector<std::string>& files) {
    return runApplication([&files](MainWindow& window) {
        if (!files.empty())
            window.open(std::vector<std::filesystem::path>(files.begin(), files.end()));
    });
}

int runDemoWindow(const DemoOptions& options) {
    return runApplication([&options](MainWindow& window) { window.runDemo(options); });
}

} // namespace brainlike
