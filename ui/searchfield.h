#pragma once

#include <QLineEdit>

namespace handrail::ui {

/// Where one types to find something. What Qt puts into a line to press has a name here, too: whoever has the window
/// read out would hear of a button without one.
class SearchField : public QLineEdit {
    Q_OBJECT
public:
    /// `object` is for tests; `name` is what is read out.
    SearchField(const QString& object, const QString& placeholder, const QString& name, QWidget* parent = nullptr);
    /// Puts the glass before the text.
    void addGlass();

private:
    void nameButtons();
};

}  // namespace handrail::ui
