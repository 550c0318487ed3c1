// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/setting_editor.h"

#include "widgets/project/number_field.h"
#include "widgets/project/path_field.h"
#include "widgets/project/setting_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <nlohmann/json.hpp>

#include <utility>
#include <vector>

namespace palimpsest {

namespace {

QString quoted(const QString& text)
{
    return QString::fromStdString(Json(text.toStdString()).dump());
}

QString textOf(const Json& value)
{
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
}

void fill(QWidget* editor, QWidget* field)
{
    auto* const layout = new QHBoxLayout(editor);
    layout->setContentsMargins({});
    layout->addWidget(field);
    editor->setFocusProxy(field);
}

/// A wheel that scrolls the form over a choice does not change it.
class ChoiceBox : public QComboBox {
protected:
    void wheelEvent(QWheelEvent* event) override
    {
        if (hasFocus())
            QComboBox::wheelEvent(event);
        else
            event->ignore();
    }
};

class NumberEditor : public SettingEditor {
public:
    NumberEditor(const SettingInfo& info, NumberField::Kind kind, QWidget* parent)
        : SettingEditor(parent)
        , m_field(new NumberField(kind, QString::fromStdString(info.unit)))
    {
        fill(this, m_field);
        connect(m_field, &NumberField::edited, this, [this] { Q_EMIT edited(json()); });
        connect(m_field, &QAbstractSpinBox::editingFinished, this, &SettingEditor::finished);
    }
    void showValue(const Json& value) override
    {
        const QString whole
            = value.is_number_float() ? QString::number(value.get<double>(), 'g', 15) : QString();
        m_field->setText(whole.isEmpty() || whole.toDouble() != value.get<double>() ? textOf(value) : whole);
    }
    [[nodiscard]] QString json() const override { return m_field->json(); }
    [[nodiscard]] QWidget* field() override { return m_field; }
    void setAllowed(std::function<bool(const QString&)> isAllowed) override
    {
        m_field->setAllowed(std::move(isAllowed));
    }

private:
    NumberField* m_field;
};

class ChoiceEditor : public SettingEditor {
public:
    ChoiceEditor(const SettingInfo& info, QWidget* parent)
        : SettingEditor(parent)
        , m_box(new ChoiceBox)
    {
        fill(this, m_box);
        m_box->setFocusPolicy(Qt::StrongFocus);
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_box->setMinimumContentsLength(6);
        for (const std::string& choice : info.choices)
            m_box->addItem(QString::fromStdString(choice));
        connect(m_box, &QComboBox::activated, this, [this] {
            Q_EMIT edited(json());
            Q_EMIT finished();
        });
    }
    void showValue(const Json& value) override { m_box->setCurrentIndex(m_box->findText(textOf(value))); }
    [[nodiscard]] QString json() const override { return quoted(m_box->currentText()); }
    [[nodiscard]] QWidget* field() override { return m_box; }

private:
    QComboBox* m_box;
};

class SwitchEditor : public SettingEditor {
public:
    explicit SwitchEditor(QWidget* parent)
        : SettingEditor(parent)
        , m_box(new QCheckBox)
    {
        fill(this, m_box);
        connect(m_box, &QCheckBox::clicked, this, [this] {
            Q_EMIT edited(json());
            Q_EMIT finished();
        });
    }
    void showValue(const Json& value) override { m_box->setChecked(value.is_boolean() && value.get<bool>()); }
    [[nodiscard]] QString json() const override
    {
        return m_box->isChecked() ? QStringLiteral("true") : QStringLiteral("false");
    }
    [[nodiscard]] QWidget* field() override { return m_box; }

private:
    QCheckBox* m_box;
};

/// A list of choices, a box each. The recipe has one such list, of baselines.
class ChoicesEditor : public SettingEditor {
public:
    ChoicesEditor(const SettingInfo& info, QWidget* parent)
        : SettingEditor(parent)
    {
        auto* const layout = new QVBoxLayout(this);
        layout->setContentsMargins({});
        layout->setSpacing(0);
        for (const std::string& choice : info.choices) {
            auto* const box = new QCheckBox(choiceLabel(QString::fromStdString(choice)));
            layout->addWidget(box);
            m_boxes.push_back(box);
            m_choices.push_back(choice);
            connect(box, &QCheckBox::clicked, this, [this] {
                Q_EMIT edited(json());
                Q_EMIT finished();
            });
        }
        setFocusProxy(m_boxes.front());
    }
    void showValue(const Json& value) override
    {
        for (std::size_t i = 0; i < m_boxes.size(); ++i) {
            bool isIn = false;
            for (const Json& item : value)
                isIn = isIn || item == m_choices[i];
            m_boxes[i]->setChecked(isIn);
        }
    }
    [[nodiscard]] QString json() const override
    {
        Json list = Json::array();
        for (std::size_t i = 0; i < m_boxes.size(); ++i)
            if (m_boxes[i]->isChecked())
                list.push_back(m_choices[i]);
        return QString::fromStdString(list.dump());
    }
    [[nodiscard]] QWidget* field() override { return m_boxes.front(); }

private:
    std::vector<QCheckBox*> m_boxes;
    std::vector<std::string> m_choices; ///< one a box
};

/// A list as one line, divided by commas.
class ListEditor : public SettingEditor {
public:
    explicit ListEditor(QWidget* parent)
        : SettingEditor(parent)
        , m_line(new QLineEdit)
    {
        fill(this, m_line);
        m_line->setPlaceholderText(SettingEditor::tr("Entries, divided by commas"));
        connect(m_line, &QLineEdit::textEdited, this, [this] { Q_EMIT edited(json()); });
        connect(m_line, &QLineEdit::editingFinished, this, &SettingEditor::finished);
    }
    void showValue(const Json& value) override
    {
        QStringList items;
        for (const Json& item : value)
            items << textOf(item);
        m_line->setText(items.join(QStringLiteral(", ")));
    }
    [[nodiscard]] QString json() const override
    {
        QString text = m_line->text().trimmed();
        if (text.startsWith(u'[') && text.endsWith(u']'))
            text = text.mid(1, text.size() - 2);
        Json list = Json::array();
        if (!text.trimmed().isEmpty())
            for (const QString& item : text.split(u',')) {
                bool isNumber = false;
                const std::int64_t number = item.trimmed().toLongLong(&isNumber);
                list.push_back(isNumber ? Json(number) : Json(item.trimmed().toStdString()));
            }
        return QString::fromStdString(list.dump());
    }
    [[nodiscard]] QWidget* field() override { return m_line; }

private:
    QLineEdit* m_line;
};

class TextEditor : public SettingEditor {
public:
    explicit TextEditor(QWidget* parent)
        : SettingEditor(parent)
        , m_line(new QLineEdit)
    {
        fill(this, m_line);
        connect(m_line, &QLineEdit::textEdited, this, [this] { Q_EMIT edited(json()); });
        connect(m_line, &QLineEdit::editingFinished, this, &SettingEditor::finished);
    }
    void showValue(const Json& value) override
    {
        m_line->setText(textOf(value));
        m_line->setCursorPosition(0);
    }
    [[nodiscard]] QString json() const override { return quoted(m_line->text()); }
    [[nodiscard]] QWidget* field() override { return m_line; }

private:
    QLineEdit* m_line;
};

class PathEditor : public SettingEditor {
public:
    PathEditor(const SettingInfo& info, QWidget* parent)
        : SettingEditor(parent)
        , m_field(new PathField(info.pathKind))
    {
        fill(this, m_field);
        connect(m_field, &PathField::edited, this, [this] { Q_EMIT edited(json()); });
        connect(m_field, &PathField::finished, this, &SettingEditor::finished);
    }
    void showValue(const Json& value) override { m_field->setPath(textOf(value)); }
    [[nodiscard]] QString json() const override { return quoted(m_field->path()); }
    [[nodiscard]] QWidget* field() override { return m_field->line(); }
    void setBaseFolder(const QString& folder) override { m_field->setBaseFolder(folder); }

private:
    PathField* m_field;
};

} // namespace

SettingEditor* SettingEditor::create(const SettingInfo& info, QWidget* parent)
{
    if (info.type == "integer")
        return new NumberEditor(info, NumberField::Kind::Integer, parent);
    if (info.type == "number")
        return new NumberEditor(info, NumberField::Kind::Number, parent);
    if (info.type == "choice")
        return new ChoiceEditor(info, parent);
    if (info.type == "boolean")
        return new SwitchEditor(parent);
    if (info.type == "list" && !info.choices.empty())
        return new ChoicesEditor(info, parent);
    if (info.type == "list")
        return new ListEditor(parent);
    if (info.type == "string" && info.pathKind != PathKind::None)
        return new PathEditor(info, parent);
    if (info.type == "string")
        return new TextEditor(parent);
    return nullptr;
}

} // namespace palimpsest
