#pragma once

namespace brainlike {

/// An OpenGL 3.2 core context without window or display server (EGL), current on the thread that made it.
class OffscreenContext {
public:
    /// @throws Error with what to install if no EGL device gives such a context
    OffscreenContext();
    ~OffscreenContext();
    OffscreenContext(const OffscreenContext&) = delete;
    OffscreenContext& operator=(const OffscreenContext&) = delete;

    void makeCurrent();
    [[nodiscard]] bool isCurrent() const;

private:
    void* m_display = nullptr;
    void* m_context = nullptr;
};

} // namespace brainlike
