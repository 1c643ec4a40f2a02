"""Writes ``decision-sample.docx``: a made-up decision with a small index, for the page on reading documents."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = Path(__file__).parent
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

HEAD = (
    ("ỦY BAN NHÂN DÂN HUYỆN MẪU", "b"),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b"),
    ("Số: 123/QĐ-UBND", ""),
    ("QUYẾT ĐỊNH", "b"),
    ("Ban hành Bộ chỉ số đánh giá chuyển đổi số cấp xã huyện Mẫu (dữ liệu mẫu)", "b"),
    ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", ""),
    ("Điều 1. Bộ chỉ số gồm 02 chỉ số chính với 05 chỉ số thành phần, thang điểm 50.", ""),
    ("Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.", ""),
    ("PHỤ LỤC", "b"),
    ("BỘ CHỈ SỐ CHUYỂN ĐỔI SỐ CẤP XÃ", "b"),
    ("(Kèm theo Quyết định số 123/QĐ-UBND ngày 15 tháng 01 năm 2025 của Ủy ban nhân dân huyện Mẫu)", ""),
)
TABLE = (
    ("TT", "Chỉ số chính/Chỉ số thành phần", "Điểm tối đa", "Cách tính điểm", "Cơ quan chủ trì", "Thời hạn"),
    ("1", "Nhận thức số", "20", "", "", ""),
    (
        "1.1",
        "Kế hoạch chuyển đổi số hằng năm của xã",
        "10",
        "- Ban hành đúng hạn: Điểm tối đa;\n- Ban hành trễ không quá 10 ngày: 1/2*Điểm tối đa;\n"
        "- Chưa ban hành: 0 điểm.",
        "UBND các xã",
        "Quý I năm 2025",
    ),
    (
        "1.2",
        "Chuyên mục chuyển đổi số trên trang thông tin điện tử",
        "10",
        "- Có: Điểm tối đa;\n- Không: 0 điểm.",
        "Phòng Văn hóa và Thông tin",
        "Thường xuyên",
    ),
    ("2", "Hạ tầng số", "30", "", "", ""),
    (
        "2.1",
        "Tỷ lệ hộ gia đình có kết nối Internet băng rộng",
        "10",
        "a = Số hộ gia đình có kết nối Internet băng rộng;\nb = Tổng số hộ gia đình;\n- Tỷ lệ = a/b\n"
        "- Điểm = Tỷ lệ*Điểm tối đa",
        "UBND các xã",
        "Quý IV năm 2025",
    ),
    (
        "2.2",
        "Tỷ lệ hồ sơ thủ tục hành chính được giải quyết trực tuyến",
        "10",
        "a = Số hồ sơ giải quyết trực tuyến;\nb = Tổng số hồ sơ;\n- Tỷ lệ = a/b\n- Tỷ lệ ≥ 80%: Điểm tối đa;\n"
        "- Tỷ lệ < 80%: Tỷ lệ/80%*Điểm tối đa",
        "Bộ phận một cửa; UBND các xã",
        "Quý IV năm 2025",
    ),
    (
        "2.3",
        "Sáng kiến chuyển đổi số của xã",
        "10",
        "Hội đồng xem xét, quyết định theo tính mới và hiệu quả",
        "Phòng Nội vụ",
        "Quý IV năm 2025",
    ),
)


def paragraph(text: str, look: str = "") -> str:
    """Write one paragraph."""
    bold = "<w:rPr><w:b/></w:rPr>" if look else ""
    centred = '<w:pPr><w:jc w:val="center"/></w:pPr>' if look else ""
    return f'<w:p>{centred}<w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def cell(text: str) -> str:
    """Write one cell, its lines as paragraphs."""
    return f"<w:tc>{''.join(paragraph(line) for line in text.split(chr(10)))}</w:tc>"


def body() -> str:
    """Write the paragraphs and the table."""
    rows = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in TABLE)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    head = "".join(paragraph(text, look) for text, look in HEAD)
    return (
        f"{head}<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{rows}</w:tbl>{paragraph('Nơi nhận:')}"
    )


def main() -> None:
    """Write the document, always the same bytes."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body()}</w:body></w:document>',
    }
    with zipfile.ZipFile(FOLDER / "decision-sample.docx", "w") as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2025, 1, 15, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED
            archive.writestr(info, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')


if __name__ == "__main__":
    main()
