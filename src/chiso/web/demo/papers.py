"""Sample documents: small files that open everywhere, and say on their face that they are samples."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter


def sample_paper(heading: str) -> BytesIO:
    """Return a PDF of one page with a heading in letters without diacritics."""
    words = (
        f"BT /F 22 Tf 72 760 Td ({heading}) Tj 0 -36 Td /F 13 Tf (Tai lieu mau, khong co that. Sample document.) Tj ET"
    )
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(words)} >>\nstream\n{words}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("ascii"))
    start = out.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}".encode("ascii"))
    out.write(f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("ascii"))
    out.seek(0)
    return out


def sample_table() -> BytesIO:
    """Return an Excel workbook with one small table."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Tổng hợp (mẫu)")
    for at, row in enumerate([("Tài liệu mẫu, không có thật", ""), ("Hồ sơ tiếp nhận", 1200), ("Trực tuyến", 940)]):
        sheet.write_row(at, 0, row)
    sheet.set_column(0, 0, 32)
    book.close()
    out.seek(0)
    return out
