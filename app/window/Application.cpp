#include "app/window/Application.h"

#include "app/window/MainWindow.h"
#include "core/base/Error.h"
#include "core/base/Version.h"
#include "views/cortex/CortexWidget.h"
#include "views/state/Theme.h"

#include <QApplication>
#include <QStyleFactory>

#include <functional>

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

int runApplication(const std::function<void(MainWindow&)>& start) {
    requireDisplay();
    prepareGraphics();
    int argumentCount = 1;
    char name[] = "brainlike";
    char* arguments[] = {name, nullptr};
    QApplication application(argumentCount, arguments);
    QApplication::setApplicationName("Brainlike");
    QApplication::setApplicationVersion(version);
    QApplication::setDesktopFileName("brainlike");
    applyTheme(application);
    MainWindow window;
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
