#pragma once

#include <QWidget>

namespace brainlike {

/// What the window shows before anything is open: open a file, or try the demo study.
class WelcomePage : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePage(QWidget* parent = nullptr);

Q_SIGNALS:
    void openRequested();
    void demoRequested();
};

} // namespace brainlike
