"""What Word keeps besides words: automatic numbers, tracked changes, controls, notes, boxes, signs of its fonts."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from fractions import Fraction

import pytest

from chiso.decree.document.faults import DocumentError
from chiso.decree.document.reader import read_bytes
from chiso.decree.document.shape import Document
from chiso.decree.draft import Draft, drafts_of
from tests.decree.makers.docx import WORD, docx, package, paragraph
from tests.decree.makers.printed import PCell, PParagraph, PTable

HEAD = "".join(
    paragraph(text, bold=True, centred=True)
    for text in (
        "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN",
        "Số: 12/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "BỘ CHỈ SỐ CHUYỂN ĐỔI SỐ CỦA CÁC XÃ, PHƯỜNG",
    )
)
COLUMNS = ("STT", "Tiêu chí", "Điểm tối đa", "Cách tính điểm")


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(*runs: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{''.join(runs)}</w:p>"


def cell(content: str) -> str:
    return f"<w:tc><w:tcPr/>{content if content.startswith('<') else line(run(content))}</w:tc>"


def row(*cells: str, look: str = "") -> str:
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cell(one) for one in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{row(*COLUMNS)}{''.join(rows)}</w:tbl>"


def listed(number: int, level: int = 0, text: str = "") -> str:
    return line(run(text), look=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def numbering(*shapes: str, lists: str = "") -> str:
    """Write the lists of a document: shapes by number, and lists that use them."""
    abstract = "".join(f'<w:abstractNum w:abstractNumId="{at}">{one}</w:abstractNum>' for at, one in enumerate(shapes))
    used = lists or "".join(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(len(shapes))
    )
    return f'<w:numbering xmlns:w="{WORD}">{abstract}{used}</w:numbering>'


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


OUTLINE = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.")


def read(body: str, **parts: str) -> Document:
    return read_bytes(package(HEAD + body, **parts), "van-ban.docx")


def draft(body: str, **parts: str) -> Draft:
    (only,) = drafts_of(read(body, **parts))
    return only


def cells(document: Document) -> list[tuple[str, ...]]:
    return [one.texts for one in next(document.tables()).rows[1:]]


def maxima(one: Draft) -> dict[str, Fraction | None]:
    return {code: row.max_points for code, row in one.framework.criteria.items()}


def test_numbers_that_word_counts_are_the_codes() -> None:
    rows = [
        row(listed(1), "Chính quyền số", "30", ""),
        row(listed(1, 1), "Có kế hoạch", "10", "Có: 10 điểm; không: 0 điểm"),
        row(listed(1, 1), "Có báo cáo", "20", "Có: 20 điểm; không: 0 điểm"),
        row(listed(1), "Xã hội số", "20", ""),
        row(listed(1, 1), "Số lớp", "20", "Mỗi lớp 5 điểm, tối đa 20 điểm"),
    ]
    assert maxima(draft(table(*rows), numbering=numbering(OUTLINE))) == {"1.1": 10, "1.2": 20, "2.1": 20}


def test_items_that_word_numbers_in_a_cell_are_its_lines() -> None:
    shapes = numbering(level(0, "lowerLetter", "%1)"), level(0, "bullet", "\uf0b7"))
    rule = "".join([listed(1, text="Có: 10 điểm"), listed(1, text="Không: 0 điểm"), listed(2, text="Ghi rõ")])
    assert cells(read(table(row("1", "Có kế hoạch", "10", rule)), numbering=shapes)) == [
        ("1", "Có kế hoạch", "10", "a) Có: 10 điểm\nb) Không: 0 điểm\n- Ghi rõ")
    ]


@pytest.mark.parametrize(
    ("lists", "labels"),
    [
        ("", ["1.", "2.", "1."]),  # another shape counts for itself
        ('<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>', ["1.", "2.", "1."]),
        ('<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>', ["1.", "2.", "7."]),
    ],
)
def test_a_list_that_begins_anew(lists: str, labels: list[str]) -> None:
    shape = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    second = f'<w:num w:numId="2"><w:abstractNumId w:val="{0 if lists else 1}"/>{lists}</w:num>'
    body = table(row(listed(1), "a", "1", ""), row(listed(1), "b", "1", ""), row(listed(2), "c", "1", ""))
    found = cells(read(body, numbering=numbering(OUTLINE, OUTLINE, lists=shape + second)))
    assert [texts[0] for texts in found] == labels


def test_a_list_that_goes_on_and_numbers_written_in_arabic_below_roman() -> None:
    shape = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    lists = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="0"/></w:num>' for at in (1, 2))
    body = table(*(row(listed(*at), "x", "1", "") for at in ((1, 0), (1, 1), (2, 1), (2, 0), (1, 1))))
    found = cells(read(body, numbering=numbering(shape, lists=lists)))
    assert [texts[0] for texts in found] == ["I.", "1.1", "1.2", "II.", "2.1"]


def test_a_style_numbers_as_the_one_it_is_based_on() -> None:
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style><w:style w:styleId="C"><w:basedOn w:val="A"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    styled = [line(look=f'<w:pStyle w:val="{name}"/>') for name in "ABC"]
    found = cells(read(table(*(row(one, "x", "1", "") for one in styled)), numbering=numbering(OUTLINE), styles=styles))
    assert [texts[0] for texts in found] == ["1.", "2.", ""]


OLD = '<w:del w:id="1"><w:r><w:delText>{}</w:delText></w:r></w:del>'
NEW = '<w:ins w:id="2"><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:ins>'


def test_what_is_deleted_is_not_read_and_what_is_inserted_is() -> None:
    rows = [
        row(
            "1",
            line(run("Có "), OLD.format("báo cáo"), NEW.format("kế hoạch")),
            line(OLD.format("5"), NEW.format("10")),
            "",
        ),
        row("2", OLD.format("Bỏ"), OLD.format("9"), "", look="<w:del/>")
        .replace("<w:t ", "<w:delText ")
        .replace("</w:t>", "</w:delText>"),
        row("3", "Có trang tin", "20", "", look="<w:ins/>"),
    ]
    assert cells(read(table(*rows))) == [("1", "Có kế hoạch", "10", ""), ("3", "Có trang tin", "20", "")]


def test_a_row_that_is_deleted_counts_no_number() -> None:
    rows = [row(listed(1), f"Việc {at}", "1", "", look="<w:del/>" if at == 2 else "") for at in (1, 2, 3)]
    found = cells(read(table(*rows), numbering=numbering(OUTLINE)))
    assert [texts[:2] for texts in found] == [("1.", "Việc 1"), ("2.", "Việc 3")]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    joined = line(run("Có kế hoạch"), look="<w:rPr><w:del/></w:rPr>") + line(run("được phê duyệt"))
    gone = line(OLD.format("Bỏ"), look="<w:rPr><w:del/></w:rPr><w:numPr><w:numId w:val='1'/></w:numPr>")
    found = read(table(row("1", joined, "10", gone + listed(1, text="Có: 10 điểm"))), numbering=numbering(OUTLINE))
    assert cells(found) == [("1", "Có kế hoạch được phê duyệt", "10", "1. Có: 10 điểm")]


def test_properties_from_before_a_change_do_not_count() -> None:
    was = '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    spans = "<w:tc><w:tcPr><w:tcPrChange><w:tcPr><w:gridSpan w:val='3'/></w:tcPr></w:tcPrChange></w:tcPr><w:p/></w:tc>"
    body = table(f"<w:tr>{cell('1')}{cell(line(run('Có kế hoạch'), look=was))}{cell('10')}{spans}</w:tr>")
    assert cells(read(body, numbering=numbering(OUTLINE))) == [("1", "Có kế hoạch", "10", "")]


def test_controls_are_read_and_what_they_ask_for_is_not() -> None:
    filled = f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{line(run('Có: 10 điểm'))}</w:sdtContent></w:sdt>"
    asking = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{line(run('Click or tap here to enter text.'))}</w:sdtContent></w:sdt>"
    )
    whole = f"<w:sdt><w:sdtContent>{row('2', 'Có báo cáo', '20', asking)}</w:sdtContent></w:sdt>"
    assert cells(read(table(row("1", "Có kế hoạch", "10", filled), whole))) == [
        ("1", "Có kế hoạch", "10", "Có: 10 điểm"),
        ("2", "Có báo cáo", "20", ""),
    ]


NOTES = (
    f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
    '</w:footnote><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Không tính xã đảo.</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)
RAISED = '<w:vertAlign w:val="superscript"/>'


def test_marks_of_footnotes_are_no_digits_and_their_words_are_listed() -> None:
    points = line(run("10"), '<w:r><w:footnoteReference w:id="1"/></w:r>')
    typed = line(run("10"), run("1", RAISED))
    found = read(table(row("1", "Có kế hoạch", points, ""), row("2", "Diện tích (km", typed, "")), footnotes=NOTES)
    assert [texts[2] for texts in cells(found)] == ["10", "10"]
    assert [(one.text, one.reason) for one in found.dropped] == [("1", "footnote"), ("Không tính xã đảo.", "footnote")]
    power = line(run("Diện tích (km"), run("2", RAISED), run(")"))
    assert cells(read(table(row("1", power, "10", ""))))[0][1] == "Diện tích (km2)"


def test_words_that_are_hidden_or_struck_out_are_listed() -> None:
    shown = line(
        run("Có kế hoạch"),
        run(" nội bộ", "<w:vanish/>"),
        run(" cũ", "<w:strike/>"),
        run(" năm", '<w:strike w:val="0"/>'),
    )
    found = read(table(row("1", shown, "10", "")))
    assert cells(found)[0][1] == "Có kế hoạch năm"
    assert [(one.text, one.reason) for one in found.dropped] == [("nội bộ", "hidden"), ("cũ", "struck_out")]


def test_words_in_a_box_are_read_once() -> None:
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:txbxContent>{line(run('MẬT'))}</w:txbxContent></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        f"{line(run('MẬT'))}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        f"{run('Điều 1. Ban hành')}</w:p>"
    )
    assert [one.text for one in read(box + table(row("1", "a", "1", ""))).paragraphs()][4:] == [
        "MẬT",
        "Điều 1. Ban hành",
    ]


def test_a_table_in_a_cell_says_what_each_of_its_rows_gives() -> None:
    inner = "<w:tbl>" + row("Mức đạt", "Điểm") + row("Từ 90% trở lên", "10") + row("Dưới 90%", "5") + "</w:tbl><w:p/>"
    one = draft(
        table(row("1", "Chính quyền số", "10", ""), row("1.1", "Tỷ lệ hồ sơ trực tuyến", "10", inner))
    ).framework.criteria["1.1"]
    assert (one.printed_rule, one.effective_rule.kind) == ("- Từ 90% trở lên: 10 điểm\n- Dưới 90%: 5 điểm", "steps")


def test_signs_of_word_and_of_its_fonts() -> None:
    rule = line(
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>',
        run(" 90%; \uf0a3 5"),
        "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>",
        run("6 \u00a0\u202fđiểm\u00ad", ""),
        '<w:r><w:tab/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
    )
    assert cells(read(table(row("1", "a", "1", rule))))[0][3] == "≥ 90%; ≤ 5-6 điểm ✓"


@pytest.mark.parametrize("form", ["NFD", "NFKD"])
def test_letters_taken_apart_are_put_together(form: str) -> None:
    def blocks(change: bool) -> list[PParagraph | PTable]:
        def said(text: str) -> str:
            return unicodedata.normalize(form, text) if change else text

        rows: Sequence[Sequence[str]] = [
            COLUMNS,
            ("I", "Chính quyền số", "10", ""),
            ("1", "Có kế hoạch", "10", "Có: 10 điểm; không: 0 điểm"),
        ]
        return [
            PParagraph(said("ỦY BAN NHÂN DÂN TỈNH MẪU SƠN")),
            PTable([[PCell(said(text)) for text in one] for one in rows], 1),
        ]

    one, other = (drafts_of(read_bytes(docx(blocks(change)), "x"))[0] for change in (False, True))
    assert one.data == other.data


def test_a_tone_before_the_roof_of_its_letter_and_the_other_capital_d() -> None:
    said = "Tỷ lệ \u00d0iểm".replace("ể", "e\u0309\u0302")
    assert cells(read(table(row("1", said, "1", ""))))[0][1] == "Tỷ lệ Điểm"


@pytest.mark.parametrize(
    "text",
    [
        "Bé tiªu chÝ ®¸nh gi¸ cña ñy ban nh©n d©n: sè ®iÓm c¸c tiªu chÝ",
        "Boä tieâu chí ñaùnh giaù cuûa uûy ban nhaân daân: soá ñieåm caùc tieâu chí",
    ],
    ids=["tcvn3", "vni"],
)
def test_old_encodings_are_named(text: str) -> None:
    rows = [[PCell(text) for _ in range(3)] for _ in range(4)]
    with pytest.raises(DocumentError) as raised:
        drafts_of(read_bytes(docx([PParagraph(text), PTable(rows, 1)]), "x"))
    assert raised.value.code == "R124"


def test_documents_that_keep_to_the_standard_and_parts_with_other_names() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = HEAD + table(row("1", "Có kế hoạch", "10", ""))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
            'Target="/word/document2.xml" '
            'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"/>'
            "</Relationships>",
        )
        archive.writestr("word/document2.xml", f'<w:document xmlns:w="{strict}"><w:body>{body}</w:body></w:document>')
    assert cells(read_bytes(out.getvalue(), "x")) == [("1", "Có kế hoạch", "10", "")]
