// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/views.h"

#include "widgets/models/accuracy_model.h"
#include "widgets/models/memory_model.h"
#include "widgets/pagemap/page_map_page.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/table_view.h"
#include "widgets/view/view.h"

#include <QHeaderView>
#include <QVBoxLayout>

#include <functional>
#include <utility>

namespace palimpsest {

namespace {

/// A view that is one widget: its results are handed to a function, which says whether there is something to show.
class PlainView : public View {
public:
    using Show = std::function<bool(const RunResults&)>;

    PlainView(Selection& selection, QWidget* parent, QString id, QString title, QString hint,
        QWidget* content, Show show)
        : View(selection, parent)
        , m_id(std::move(id))
        , m_title(std::move(title))
        , m_hint(std::move(hint))
        , m_page(new EmptyPage(content, this))
        , m_show(std::move(show))
    {
        auto* const layout = new QVBoxLayout(this);
        layout->setContentsMargins({});
        layout->addWidget(m_page);
        m_page->showHint(m_hint);
    }

    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] QString title() const override { return m_title; }
    void setResults(const std::shared_ptr<const RunResults>& results) override
    {
        if (m_show(results ? *results : RunResults {}))
            m_page->showContent();
        else
            m_page->showHint(m_hint);
    }
    bool paintTo(QPainter&, const QRectF&) const override { return false; }
    [[nodiscard]] QString csv() const override { return {}; }

private:
    QString m_id;
    QString m_title;
    QString m_hint;
    EmptyPage* m_page;
    Show m_show;
};

template <class Model>
View* tableView(
    Selection& selection, QWidget* parent, const QString& id, const QString& title, const QString& hint)
{
    auto* const table = new TableView;
    auto* const model = new Model(table);
    table->setModel(model);
    table->setAccessibleName(title);
    return new PlainView(
        selection, parent, id, title, hint, table, [table, model](const RunResults& results) {
            model->setReport(results.report);
            table->fitColumns();
            return results.report != nullptr;
        });
}

} // namespace

std::vector<View*> makeViews(Selection& selection, QWidget* parent)
{
    View* const accuracy
        = tableView<AccuracyModel>(selection, parent, QStringLiteral("accuracy"), View::tr("Accuracy"),
            View::tr(
                "No accuracy yet.\n\nThe stage evaluate measures it. F5 runs every stage that is not done."));
    View* const memory = tableView<MemoryModel>(selection, parent, QStringLiteral("memory"),
        View::tr("Memory"),
        View::tr(
            "No bytes are counted yet.\n\nThe stages place and evaluate do it. F5 runs every stage that is "
            "not done."));
    return { new PageMapPage(selection, parent), accuracy, memory };
}

} // namespace palimpsest
