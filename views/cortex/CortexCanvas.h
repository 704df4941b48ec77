#pragma once

#include "views/scene/CortexScene.h"
#include "views/scene/SoftwareRenderer.h"

#include <QOpenGLWidget>
#include <QTimer>
#include <vtkSmartPointer.h>

class vtkGenericOpenGLRenderWindow;

namespace brainlike {

/// Shows a CortexScene in a Qt window. Sizes and places of the scene's view are device pixels. Where the graphics
/// driver would draw in software, the program's own renderer does.
class CortexCanvas : public QOpenGLWidget {
    Q_OBJECT
public:
    enum class Redraw { Still, Moving };

    explicit CortexCanvas(QWidget* parent = nullptr);
    ~CortexCanvas() override;

    [[nodiscard]] CortexScene& scene() { return m_scene; }
    [[nodiscard]] const CortexScene& scene() const { return m_scene; }
    /// Colour where there is no brain.
    void setBackground(const QColor& color);
    /// Draws again. While changes follow each other quickly, a driver that draws in software leaves out the smoothing
    /// of edges; the picture that stays has it.
    void redraw(Redraw kind = Redraw::Still);
    /// Size of the picture in device pixels.
    [[nodiscard]] QSize deviceSize() const;
    /// Pictures drawn so far.
    [[nodiscard]] int drawnPictures() const { return m_drawnPictures; }

    /// The picture that stays is asked for: nothing moves.
    [[nodiscard]] bool isSettled() const { return !m_settle.isActive(); }

Q_SIGNALS:
    void resized();

protected:
    void initializeGL() override;
    void paintGL() override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void releaseGraphics();
    void attachWindow();
    void drawInHardware();
    void drawInSoftware();
    void showOnWidget();
    void upload(const RgbaImage& image);
    [[nodiscard]] int sampling() const;

    CortexScene m_scene;
    QColor m_background = Qt::white;
    bool m_isSoftware = false;
    QSize m_laidOut; ///< device pixels that `resized` told of
    int m_drawnPictures = 0;
    SoftwareRenderer m_still, m_moving;        ///< each remembers its own samples
    unsigned m_texture = 0, m_framebuffer = 0; ///< on the graphics card: the picture drawn in software
    QTimer m_settle;                           ///< runs while the picture moves
    vtkSmartPointer<vtkGenericOpenGLRenderWindow> m_window;
};

} // namespace brainlike
