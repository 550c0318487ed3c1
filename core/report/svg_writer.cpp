// SPDX-License-Identifier: Apache-2.0
#include "core/report/svg_writer.h"

#include "core/report/number_format.h"

namespace palimpsest {

std::string xmlEscaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string svgNumber(double value)
{
    std::string text = fixedText(value, 2);
    if (text.find('.') == std::string::npos)
        return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
    return text;
}

std::string svgPercent(double fraction)
{
    return svgNumber(fraction * 100.0) + "%";
}

SvgWriter::SvgWriter(const ChartText& text, Attributes attributes)
{
    start("svg", attributes);
    m_out += " role=\"img\" aria-labelledby=\"" + xmlEscaped(text.id) + "-title " + xmlEscaped(text.id)
        + "-desc\">\n";
    m_open.push_back("svg");
    m_out += "<title id=\"" + xmlEscaped(text.id) + "-title\">" + xmlEscaped(text.title) + "</title>\n";
    m_out += "<desc id=\"" + xmlEscaped(text.id) + "-desc\">" + xmlEscaped(text.description) + "</desc>\n";
}

void SvgWriter::start(const char* tag, Attributes attributes)
{
    m_out += "<" + std::string(tag);
    for (const auto& [name, value] : attributes)
        m_out += " " + std::string(name) + "=\"" + xmlEscaped(value) + "\"";
}

void SvgWriter::open(const char* tag, Attributes attributes)
{
    start(tag, attributes);
    m_out += ">\n";
    m_open.push_back(tag);
}

void SvgWriter::close()
{
    m_out += "</" + std::string(m_open.back()) + ">\n";
    m_open.pop_back();
}

void SvgWriter::element(const char* tag, Attributes attributes)
{
    start(tag, attributes);
    m_out += "/>\n";
}

void SvgWriter::element(const char* tag, Attributes attributes, const std::string& title)
{
    start(tag, attributes);
    m_out += "><title>" + xmlEscaped(title) + "</title></" + tag + ">\n";
}

void SvgWriter::text(const std::string& content, Attributes attributes)
{
    start("text", attributes);
    m_out += ">" + xmlEscaped(content) + "</text>\n";
}

void SvgWriter::rowTitle(const std::string& label, const std::string& value, double y)
{
    m_out += "<text x=\"0\" y=\"" + svgNumber(y) + "\"><tspan class=\"label\">" + xmlEscaped(label)
        + "</tspan><tspan class=\"value\" dx=\"10\">" + xmlEscaped(value) + "</tspan></text>\n";
}

std::string SvgWriter::finish() &&
{
    while (!m_open.empty())
        close();
    return std::move(m_out);
}

} // namespace palimpsest
