#include "views/state/Theme.h"

namespace brainlike {
namespace {

QPalette paletteOf(const QColor& window, const QColor& base, const QColor& text, const QColor& muted,
                   const QColor& accent) {
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, window);
    palette.setColor(QPalette::Button, window);
    palette.setColor(QPalette::ToolTipBase, base);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, text);
    palette.setColor(QPalette::PlaceholderText, muted);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, muted);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, accent);
    return palette;
}

} // namespace

Theme Theme::of(const QPalette& palette) {
    Theme theme;
    theme.window = palette.color(QPalette::Window);
    theme.panel = palette.color(QPalette::Base);
    theme.text = palette.color(QPalette::WindowText);
    theme.dark = theme.window.lightness() < theme.text.lightness();
    theme.mutedText = theme.dark ? QColor(0xa3, 0xa9, 0xb3) : QColor(0x5c, 0x63, 0x6e);
    theme.grid = theme.dark ? QColor(0x3c, 0x41, 0x49) : QColor(0xdd, 0xe0, 0xe5);
    theme.accent = palette.color(QPalette::Highlight);
    // Okabe-Ito hues, told apart with every common colour vision, lightened on dark ground.
    theme.encoding = theme.dark ? QColor(0xf0, 0x8a, 0x4b) : QColor(0xd5, 0x5e, 0x00);
    theme.spatial = theme.dark ? QColor(0x5a, 0xb4, 0xe8) : QColor(0x00, 0x72, 0xb2);
    theme.temporal = theme.dark ? QColor(0x3c, 0xc9, 0x9b) : QColor(0x00, 0x9e, 0x73);
    return theme;
}

QPalette Theme::lightPalette() {
    return paletteOf(QColor(0xf5, 0xf6, 0xf8), QColor(0xff, 0xff, 0xff), QColor(0x1d, 0x21, 0x29),
                     QColor(0x80, 0x87, 0x92), QColor(0x2f, 0x6f, 0xde));
}

QPalette Theme::darkPalette() {
    return paletteOf(QColor(0x1f, 0x22, 0x28), QColor(0x17, 0x19, 0x1e), QColor(0xe8, 0xea, 0xee),
                     QColor(0x7d, 0x84, 0x90), QColor(0x5b, 0x8d, 0xef));
}

} // namespace brainlike
